import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ReleaseHolds } from '../conversion/conversion.port.js';
import { ExpireCredit, ReadNotices } from '../expiry/expiry.port.js';
import { formatCredit } from '../kernel/credit.js';
import type { LongRun } from '../platform/long-runs/long-runs.service.js';
import { SettlePoints } from '../rewards/rewards.port.js';
import { OPERATOR } from './load.js';

type Print = (line: string) => void;

/** Lets credit expire and prints what came of it. Progress goes to standard error. Exit code 0. */
export async function expire(app: NestFastifyApplication, through: string | undefined, print: Print): Promise<number> {
  const run = await app.get(ExpireCredit).run(OPERATOR, through, tellProgress);
  print(
    `✓ 到期处理 expiry before ${run.throughDay}: ${run.entries} 分录 entries, ${formatCredit(run.amount)} 学分 credit (${run.runId})`,
  );
  return 0;
}

/** Gives lapsed holds back and prints what came of it. Exit code 0. */
export async function releaseHolds(
  app: NestFastifyApplication,
  through: string | undefined,
  print: Print,
): Promise<number> {
  const run = await app.get(ReleaseHolds).run(OPERATOR, through, tellProgress);
  print(
    `✓ 逾期解冻 holds that lapsed before ${run.throughDay}: ${run.entries} 分录 entries, ${formatCredit(run.amount)} 学分 credit (${run.runId})`,
  );
  return 0;
}

/** Settles points and prints what came of it. Exit code 0. */
export async function settlePoints(
  app: NestFastifyApplication,
  through: string | undefined,
  print: Print,
): Promise<number> {
  const run = await app.get(SettlePoints).run(OPERATOR, through, tellProgress);
  print(
    `✓ 积分结算 points through ${run.throughDay}: ${run.entries} 分录 entries, ${run.amount} 积分 points (${run.runId})`,
  );
  return 0;
}

/** Credit that ends soon as CSV on standard output: no names, no numbers of documents. Exit code 0. */
export async function printNotices(
  app: NestFastifyApplication,
  days: number[] | undefined,
  print: Print,
): Promise<number> {
  print('learner_id,lot,credit_type,amount,valid_until,within_days');
  for await (const lots of app.get(ReadNotices).all(days)) {
    for (const { learnerId, lot, creditType, availableCenti, validUntil, withinDays } of lots) {
      print([learnerId, lot, creditType, formatCredit(availableCenti), validUntil, withinDays].join(','));
    }
  }
  return 0;
}

function tellProgress({ status, entries }: LongRun): void {
  if (status === 'running') console.error(`  … ${entries} 分录 entries`);
}
