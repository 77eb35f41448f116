import { shanghaiMinute } from '../../kernel/clock.js';
import type { Verification } from '../../certificates/certificates.port.js';
import { Both } from '../../platform/pages/both.js';
import { renderPage } from '../../platform/pages/layout.js';
import { CertificateContent } from '../certificate/certificate.view.js';
import { HolderFacts, Proof } from '../parts/document-frame.js';
import { TranscriptContent } from '../transcript/transcript.view.js';
import { DOCUMENT_KINDS } from '../words.js';
import { VerifyForm } from './verify-form.js';

/** What a stranger sees: whether the document counts, and everything it really says. */
export function renderVerification(verification: Verification, verifyAddress: string, nowMs: number): string {
  const { snapshot } = verification;
  const kind = DOCUMENT_KINDS[snapshot.kind];
  return renderPage({
    title: `验证结果：${kind.zh}${verification.status === 'valid' ? '有效' : '已撤销'}`,
    titleEn: `${kind.en} ${verification.status}`,
    trail: [{ href: '/verify', name: { zh: '验证', en: 'Verify' } }],
    children: (
      <>
        <Verdict verification={verification} nowMs={nowMs} />
        <h2>
          {snapshot.kind === 'certificate' ? (
            <Both zh={`《${snapshot.programme.title.zh}》`} en={snapshot.programme.title.en} />
          ) : (
            <Both zh="终身学习成绩单" en="Transcript of lifelong learning" />
          )}
        </h2>
        <HolderFacts snapshot={snapshot} />
        {snapshot.kind === 'certificate' ? (
          <CertificateContent snapshot={snapshot} />
        ) : (
          <TranscriptContent snapshot={snapshot} />
        )}
        <Proof document={verification} verifyAddress={verifyAddress} />
        <Meaning />
      </>
    ),
  });
}

function Verdict({ verification, nowMs }: { verification: Verification; nowMs: number }) {
  const { revocation } = verification;
  const checked = (
    <p>
      <Both zh="查询时间" en="Checked" />：{shanghaiMinute(nowMs)}（北京时间）
    </p>
  );
  if (!revocation) {
    return (
      <div class="status good verdict">
        <p>
          ✓ <Both zh="有效" en="Valid" />
        </p>
        {checked}
      </div>
    );
  }
  return (
    <div class="status bad verdict">
      <p>
        ✗ <Both zh="已撤销" en="Revoked" />
      </p>
      <p>
        <Both zh="撤销时间" en="Revoked" />：{shanghaiMinute(revocation.revokedAt)}（北京时间）
      </p>
      <p>
        <Both zh="原因" en="Reason" />：{revocation.reason}
      </p>
      {checked}
    </div>
  );
}

function Meaning() {
  return (
    <>
      <h2>
        <Both zh="这次查询说明什么" en="What this check means" />
      </h2>
      <ul>
        <li>
          <Both
            zh="以上是签发时冻结的全部内容。请与您手上的文件逐项核对：姓名首字、证件号码首尾、学分和每一行来源。"
            en="Above is all that was frozen at issue. Compare it with the paper line by line."
          />
        </li>
        <li>
          <Both
            zh="任何一项不一致，都说明手上的文件被改动过，即使编号是真的。"
            en="If anything differs, the paper was altered, even though its serial is real."
          />
        </li>
        <li>
          <Both
            zh="姓名除首字外不公开；完整姓名以持有人出示的证件为准。"
            en="Only the first character of the name is public; ask the holder for their document."
          />
        </li>
        <li>
          <Both
            zh="状态会变：需要时请重新查询，不要保存截图。"
            en="The status can change: check again instead of keeping a picture."
          />
        </li>
      </ul>
    </>
  );
}

/** No document has this serial: how to tell a slip of the pen from a forgery. */
export function renderUnknownSerial(typed: string): string {
  return renderPage({
    title: '没有这个编号',
    titleEn: 'No document has this serial',
    trail: [{ href: '/verify', name: { zh: '验证', en: 'Verify' } }],
    children: (
      <>
        <div class="status bad">
          <p>
            ✗ <Both zh="本行没有签发过这个编号的文件" en="This bank has issued nothing under this serial" />
          </p>
          <p class="serial">{typed}</p>
        </div>
        <h2>
          <Both zh="先看是不是抄错了" en="First see whether it was copied wrongly" />
        </h2>
        <ul>
          <li>
            <Both
              zh="编号共 14 位，证书以 C 开头，成绩单以 T 开头。"
              en="A serial has 14 characters and begins with C or T."
            />
          </li>
          <li>
            <Both
              zh="编号中间没有字母 I、L、O、U：看起来像它们的是数字 1 和 0。"
              en="Its middle has no I, L, O or U: what looks like them is 1 or 0."
            />
          </li>
          <li>
            <Both
              zh="最后一位是校验位：抄错任何一位，或颠倒相邻两位，编号就对不上，不会显示成别人的文件。"
              en="The last character is a check digit: one wrong character or two swapped ones never lead to somebody else's document."
            />
          </li>
          <li>
            <Both
              zh="逐位核对无误仍然没有，说明本行没有签发过这份文件，请不要采信。"
              en="If every character is right, this bank did not issue the paper: do not rely on it."
            />
          </li>
        </ul>
        <VerifyForm typed={typed} />
      </>
    ),
  });
}

/** The form by itself. */
export function renderVerifyForm(isEmpty: boolean): string {
  return renderPage({
    title: '验证证书或成绩单',
    titleEn: 'Verify a certificate or transcript',
    children: (
      <>
        <p>
          <Both
            zh="任何人都可以查询，不需要登录。结果显示文件是否有效，以及签发时冻结的全部内容。"
            en="Open to everyone. The answer says whether the document counts and what it really says."
          />
        </p>
        <VerifyForm isEmpty={isEmpty} />
      </>
    ),
  });
}
