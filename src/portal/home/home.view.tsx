import { Both } from '../../platform/pages/both.js';
import { renderPage } from '../../platform/pages/layout.js';
import { VerifyForm } from '../verification/verify-form.js';

/** The front door: what this bank is, and the two things people come for. */
export function renderHome(): string {
  return renderPage({
    title: '学有所记，学有所得',
    titleEn: 'What you learn is on record',
    children: (
      <>
        <p class="lead">
          <Both
            zh="学分银行为每位市民免费记录终身学习：上过的课变成学时，学时按公开的规则折算成学分，学分可以转换、用于证书，任何人都能验证。"
            en="The credit bank records every citizen’s learning free of charge: classes become study time, study time becomes credit under published rules, and anyone can verify a certificate."
          />
        </p>
        <div class="doors">
          <section>
            <h2>
              <Both zh="查看我的学分" en="See my credit" />
            </h2>
            <p>
              <Both
                zh="可用学分、学时、每一笔的来源，以及离证书还差多少。"
                en="Your credit and study time, where each part came from, and what a certificate still needs."
              />
            </p>
            <p>
              <a class="button" href="/me">
                <Both zh="查看我的学分" en="My credit" />
              </a>
            </p>
            <p class="soft">
              <Both
                zh="登录框里用户名任意填写，密码填写登记处给您的密钥。"
                en="When asked to sign in, use any user name and your key as the password."
              />
            </p>
          </section>
          <section>
            <h2>
              <Both zh="验证证书或成绩单" en="Verify a certificate or transcript" />
            </h2>
            <VerifyForm />
          </section>
        </div>
        <h2>
          <Both zh="可以放心的几件事" en="What you can rely on" />
        </h2>
        <ul>
          <li>
            <Both
              zh="每个数字都能点开，看到课次、时长、规则和记账行。"
              en="Every number opens its story, down to the rule."
            />
          </li>
          <li>
            <Both
              zh="账目只增不改：有错就冲正，两条都看得见。"
              en="Nothing is edited: a mistake is undone by a new entry, and both stay."
            />
          </li>
          <li>
            <Both
              zh="丢了学习卡不会丢学分：学分在账户里，不在卡里。"
              en="A lost card loses nothing: credit is in the account."
            />
          </li>
        </ul>
        <h2>
          <Both zh="给机构和开发者" en="For institutions and developers" />
        </h2>
        <ul class="links">
          <li>
            <a href="/cards">
              <Both zh="按卡号查账户（工作人员）" en="Find an account by card (staff)" />
            </a>
          </li>
          <li>
            <a href="/api/docs">
              <Both zh="接口文档" en="API documentation" />
            </a>
          </li>
          <li>
            <a href="/policy/reference">
              <Both zh="规则包参考：怎样写一家银行的规则" en="How the rules of a bank are written" />
            </a>
          </li>
          <li>
            <a href="/problems">
              <Both zh="问题目录：每一种拒绝的含义" en="Problem catalogue" />
            </a>
          </li>
          <li>
            <a href="/health/ready">
              <Both zh="运行状态" en="Health" />
            </a>
          </li>
        </ul>
      </>
    ),
  });
}
