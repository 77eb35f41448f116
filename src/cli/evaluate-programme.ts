import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { formatCredit } from '../kernel/credit.js';
import { EvaluateAll, type LearnerEvaluation } from '../programmes/programmes.port.js';

const FIRST = '00000000-0000-0000-0000-000000000000';
const TELL_EVERY = 10_000;

/**
 * Every learner against one programme, as CSV: learner, met, what is missing in all and by bucket. A page is in memory at
 * a time; progress goes to `tell`. After an interruption go on with `after`, the last learner of the file.
 */
export async function evaluateEverybody(
  app: NestFastifyApplication,
  code: string,
  after: string | undefined,
  out: Writable,
  tell: (line: string) => void,
): Promise<number> {
  const started = performance.now();
  let count = 0;
  let met = 0;
  let isFirst = after === undefined;
  for await (const page of app.get(EvaluateAll).run(code, after ?? FIRST)) {
    const header = isFirst ? [headerOf(page[0]!)] : [];
    isFirst = false;
    const lines = [...header, ...page.map(toLine)];
    if (!out.write(`${lines.join('\n')}\n`)) await once(out, 'drain');
    const before = count;
    count += page.length;
    met += page.filter(({ progress }) => progress.isMet).length;
    if (Math.floor(count / TELL_EVERY) > Math.floor(before / TELL_EVERY))
      tell(`  … ${count} (${page.at(-1)!.learnerId})`);
  }
  const seconds = (performance.now() - started) / 1_000;
  tell(`✓ ${count} 位学习者 learners, ${met} 位达到 met, ${Math.round(count / Math.max(seconds, 0.001))}/s`);
  return count;
}

function headerOf({ progress }: LearnerEvaluation): string {
  const names = [...progress.buckets, ...progress.items, ...progress.floors].map(({ code }) => `missing_${code}`);
  return ['learner_id', 'met', 'missing_total', ...names].join(',');
}

function toLine({ learnerId, progress }: LearnerEvaluation): string {
  const { isMet, total, buckets, items, floors } = progress;
  const missing = [...buckets, ...items, ...floors].map(({ missing: amount, unit }) =>
    unit === 'count' ? `${amount}` : formatCredit(amount),
  );
  return [learnerId, isMet ? 'yes' : 'no', formatCredit(total.missing), ...missing].join(',');
}
