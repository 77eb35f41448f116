import { Both } from '../../platform/pages/both.js';
import { renderPage } from '../../platform/pages/layout.js';
import type { Role } from '../../platform/auth/caller.js';
import type { Named } from '../../policy/domain/schema-parts.js';
import { Mistake, MistakeSummary } from '../parts/mistake.js';

/** Where staff who have no account of their own find the account they mean. */
export function renderAccountSearch(mistake: Named | null): string {
  return renderPage({
    title: '按卡号查账户',
    titleEn: 'Find an account by card',
    children: (
      <>
        {mistake ? <MistakeSummary field="number" mistake={mistake} /> : null}
        <p>
          <Both
            zh="工作人员没有自己的学分账户。输入学习者的卡号，或直接打开 /learners/{账户编号}。每次查看都会记入审计。"
            en="Staff have no account of their own: enter a card number, or open /learners/{learnerId}. Every look is in the audit."
          />
        </p>
        <form class="lookup" method="get" action="/cards">
          <div>
            <label for="number">
              <Both zh="学习卡号" en="Card number" />
            </label>
            <p class="hint" id="number-hint">
              <Both zh="15 位数字，空格不影响" en="15 digits; spaces do not matter" />
            </p>
            {mistake ? <Mistake field="number" mistake={mistake} /> : null}
            <input
              id="number"
              name="number"
              inputmode="numeric"
              autocomplete="off"
              maxLength={40}
              aria-describedby={mistake ? 'number-hint number-mistake' : 'number-hint'}
              aria-invalid={mistake ? true : undefined}
            />
          </div>
          <button type="submit">
            <Both zh="查找账户" en="Find" />
          </button>
        </form>
      </>
    ),
  });
}

/** For keys that have no learner behind them and may not look at any. */
export function renderNoAccount(role: Role): string {
  return renderPage({
    title: '这个密钥没有学分账户',
    titleEn: 'This key has no account',
    children: (
      <p>
        <Both
          zh={`您使用的是角色 ${role} 的密钥。学习者请使用登记处给您的个人密钥；办学机构请通过接口登记出勤。`}
          en={`This is a key of the role ${role}. Learners use their own key; providers record attendance through the API.`}
        />
      </p>
    ),
  });
}
