import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ImportAttendance } from '../attendance/attendance.port.js';
import { describeImport, providerByCode } from '../cli/import-attendance.js';
import { readTable } from '../cli/load.js';
import { idempotencyScope } from '../platform/auth/caller.js';
import { hashContent } from '../platform/idempotency/once.decorator.js';
import type { Print } from './print.js';

/** Imports every sheet of the week for its provider, then the first one again: twice is once. */
export async function postWeek(app: NestFastifyApplication, folder: string, print: Print): Promise<void> {
  const sheets = (await readTable(join(folder, 'index.csv'))) ?? [];
  let posted = 0;
  let rejected = 0;
  const started = performance.now();
  for (const { file, provider_code: provider } of sheets) {
    print(`  ${file}  (${provider})`);
    const { summary } = await importSheet(app, join(folder, file!), provider!);
    describeImport(summary, (line) => print(`  ${line}`));
    posted += summary.posted;
    rejected += summary.rejected.length;
  }
  const ms = Math.round(performance.now() - started);
  print(`  合计 in all: ${sheets.length} 张 sheets, 入账 posted ${posted}, 退回 rejected ${rejected}, ${ms} ms`);

  const [first] = sheets;
  if (!first) return;
  const { replayed } = await importSheet(app, join(folder, first['file']!), first['provider_code']!);
  print(
    `  再次上传第一张表 the first sheet again: ${replayed ? '已导入过，未作任何更改 imported before, nothing changed' : '?'}`,
  );
}

async function importSheet(app: NestFastifyApplication, file: string, provider: string) {
  const caller = await providerByCode(app, provider);
  const content = await readFile(file);
  const once = { scope: idempotencyScope(caller), key: randomUUID(), bodyHash: hashContent(content) };
  return app.get(ImportAttendance).run(caller, once, content);
}
