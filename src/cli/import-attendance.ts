import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ImportAttendance, type ImportSummary } from '../attendance/attendance.port.js';
import { Refusal } from '../kernel/refusal.js';
import { idempotencyScope, type Caller } from '../platform/auth/caller.js';
import { Reader } from '../platform/database/data-sources.js';
import { hashContent } from '../platform/idempotency/once.decorator.js';
import { fillSentence, PROBLEMS } from '../platform/problems/problem-catalogue.js';

/** A provider as the command line acts for it. Refuses with `provider-unknown`. */
export async function providerByCode(
  app: NestFastifyApplication,
  code: string,
): Promise<Caller & { providerId: string }> {
  const [row] = await app
    .get(Reader)
    .sql.rows<{ provider_id: string }>('select provider_id from provider where code = ?', [code]);
  if (!row) throw new Refusal('provider-unknown');
  return { keyId: 'operator', role: 'provider', providerId: row.provider_id, learnerId: null };
}

/** Imports one sheet for a provider and prints what became of it. Exit code 0 when no row came back. */
export async function importAttendance(
  app: NestFastifyApplication,
  file: string,
  caller: Caller,
  isDryRun: boolean,
  print: (line: string) => void,
): Promise<number> {
  const content = await readFile(file);
  const imports = app.get(ImportAttendance);
  if (isDryRun) {
    const tried = await imports.dryRun(caller, content);
    print('试运行，未写入 dry run, nothing written');
    describeImport(tried, print);
    return tried.rejected.length === 0 ? 0 : 1;
  }
  const once = { scope: idempotencyScope(caller), key: randomUUID(), bodyHash: hashContent(content) };
  const { summary, replayed } = await imports.run(caller, once, content, (done, total) => {
    if (total > 5_000) print(`  … ${done}/${total}`);
  });
  if (replayed) print('该文件已导入过，未作更改 imported before, nothing changed');
  describeImport(summary, print);
  return summary.rejected.length === 0 ? 0 : 1;
}

/** Counts of an import and every row that came back, with what to do. */
export function describeImport(summary: ImportSummary, print: (line: string) => void): void {
  print(
    `  ${summary.rowCount} 行 rows (${summary.encoding}): 入账 posted ${summary.posted}, 已登记 already recorded ${summary.alreadyRecorded}, 退回 rejected ${summary.rejected.length}`,
  );
  for (const { line, field, code, details } of summary.rejected) {
    print(
      `  ✗ 第 ${line} 行 line ${line} [${field}] ${PROBLEMS[code].title.zh}：${fillSentence(PROBLEMS[code].detail, details, 'zh')} (${code})`,
    );
  }
}
