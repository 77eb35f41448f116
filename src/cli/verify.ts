import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { VerifyAttendance } from '../attendance/attendance.port.js';
import { VerifyDocuments } from '../certificates/certificates.port.js';
import { VerifyConversions } from '../conversion/conversion.port.js';
import { VerifyRecognitions } from '../recognition/recognition.port.js';
import { VerifyExpiry } from '../expiry/expiry.port.js';
import { sha256Hex } from '../kernel/canonical-json.js';
import { VerifyBook } from '../ledger/verify-book.service.js';
import { VerifyMerges } from '../merges/merges.port.js';
import { Clock, toIsoInstant } from '../kernel/clock.js';
import type { Difference } from '../ledger/domain/audit-book.js';
import { VerifyRewards } from '../rewards/rewards.port.js';
import { Reader } from '../platform/database/data-sources.js';

/** Verifies the book, what the features keep beside it, the rules and every document; prints each difference and a dated result. True when all is sound. */
export async function verify(app: NestFastifyApplication, print: (line: string) => void): Promise<boolean> {
  let differences = 0;
  const onDifference = ({ where, what }: Difference) => {
    differences += 1;
    print(`✗ ${where}: ${what}`);
  };
  const started = performance.now();
  const counts = await app.get(VerifyBook).run(onDifference, ({ learners, entries }) => {
    if (learners % 50_000 === 0 && learners > 0) print(`  … ${learners} learners, ${entries} entries`);
  });
  await app.get(VerifyAttendance).run(onDifference);
  await app.get(VerifyRecognitions).run(onDifference);
  await app.get(VerifyConversions).run(onDifference);
  await app.get(VerifyMerges).run(onDifference);
  await app.get(VerifyExpiry).run(onDifference);
  await app.get(VerifyRewards).run(onDifference);
  await verifyRules(app, onDifference);
  const documents = await app.get(VerifyDocuments).run(onDifference);
  const seconds = ((performance.now() - started) / 1000).toLocaleString('en', { maximumFractionDigits: 1 });
  print(
    `${toIsoInstant(app.get(Clock).nowMs())} 已核对 verified: ${counts.learners} 账户 learners, ${counts.entries} 分录 entries, ` +
      `${counts.postings} 记账行 postings, ${counts.answers} 答复 answers, ${documents} 文件 documents, ${seconds} s`,
  );
  print(
    differences === 0
      ? '✓ 账目一致：余额＝记账行之和，批次收支相抵，无负数，序列无缺 The book is sound'
      : `✗ ${differences} 处不一致 differences found`,
  );
  return differences === 0;
}

/** Published rules are what was published. */
async function verifyRules(app: NestFastifyApplication, onDifference: (difference: Difference) => void): Promise<void> {
  const versions = await app
    .get(Reader)
    .sql.rows<{ policy_version: string; content: string; content_hash: string }>(
      'select policy_version, content, content_hash from policy_version',
    );
  for (const { policy_version: version, content, content_hash: hash } of versions) {
    if (sha256Hex(content) !== hash)
      onDifference({ where: `rules ${version}`, what: 'they are not what was published' });
  }
}
