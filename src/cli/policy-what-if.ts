import { readFile } from 'node:fs/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readPackText } from '../policy/policy.port.js';
import { toReportCsv, toReportJson, WhatIf } from '../what-if/what-if.port.js';

/**
 * Tries a draft on a past period and prints who gains and who loses, as JSON or CSV; progress goes to standard error.
 * Exit code 0. Errors: `PolicyPackError` with all mistakes of the draft.
 */
export async function policyWhatIf(
  app: NestFastifyApplication,
  file: string,
  { from, to, csv }: { from: string; to: string; csv?: boolean },
  print: (line: string) => void,
): Promise<number> {
  const { pack: draft } = readPackText(await readFile(file));
  for await (const line of app.get(WhatIf).run(draft, { from, to })) {
    if ('progress' in line) console.error(`  … ${line.progress.learners}/${line.progress.of}`);
    else if (csv) toReportCsv(line.report).forEach(print);
    else print(JSON.stringify(toReportJson(line.report), null, 2));
  }
  return 0;
}
