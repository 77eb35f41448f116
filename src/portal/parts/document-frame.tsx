import { shanghaiDay, shanghaiMinute } from '../../kernel/clock.js';
import type { IssuedDocument } from '../../certificates/certificates.port.js';
import { Both } from '../../platform/pages/both.js';
import { Facts } from '../../platform/pages/facts.js';
import { IDENTITY_TYPES } from '../words.js';

type Shown = Pick<IssuedDocument, 'serial' | 'snapshot' | 'snapshotHash' | 'revocation'>;

/** Across a document that no longer counts: words, not only colour, on screen and on paper. */
export function RevokedBanner({ revocation }: Pick<Shown, 'revocation'>) {
  if (!revocation) return null;
  return (
    <div class="status bad revoked">
      <p>
        ✗ <Both zh="已撤销" en="REVOKED" />
      </p>
      <p>
        <Both
          zh={`本文件已于 ${shanghaiMinute(revocation.revokedAt)} 撤销，不再有效。原因：${revocation.reason}`}
          en={`Revoked on ${shanghaiDay(revocation.revokedAt)}; it is no longer valid.`}
        />
      </p>
    </div>
  );
}

/** Whom a document is about. */
export function HolderFacts({ snapshot }: Pick<Shown, 'snapshot'>) {
  const { name, identityType, maskedIdentity } = snapshot.holder;
  const type = IDENTITY_TYPES[identityType] ?? { zh: identityType, en: identityType };
  return (
    <Facts
      facts={[
        [{ zh: '姓名', en: 'Name' }, <strong>{name}</strong>],
        [type, <span class="nowrap">{maskedIdentity}</span>],
      ]}
    />
  );
}

/** How anybody can check a paper: issuer, day, serial, address, hash. */
export function Proof({ document, verifyAddress }: { document: Shown; verifyAddress: string }) {
  const { snapshot, serial, snapshotHash } = document;
  return (
    <section class="proof">
      <h2>
        <Both zh="签发与验证" en="Issue and verification" />
      </h2>
      <Facts
        facts={[
          [{ zh: '签发单位', en: 'Issuer' }, <Both {...snapshot.issuer} />],
          [{ zh: '签发日', en: 'Issued on' }, snapshot.issuedOn],
          [{ zh: '编号', en: 'Serial' }, <strong class="serial">{serial}</strong>],
          [{ zh: '验证地址', en: 'Verify at' }, <span class="serial">{verifyAddress}</span>],
          [{ zh: '内容哈希（SHA-256）', en: 'Hash of the content' }, <code class="hash">{snapshotHash}</code>],
        ]}
      />
      <p class="soft">
        <Both
          zh="是否仍然有效，以验证地址显示的状态为准；纸面内容须与该页逐项一致。"
          en="Whether it still counts is what that address says; the paper must agree with it line by line."
        />
      </p>
    </section>
  );
}
