import assert from 'node:assert/strict';
import { addYears, shanghaiDay } from '../../../src/kernel/clock.js';
import { isLearnerSide } from '../../../src/ledger/domain/accounts.js';
import { auditBook } from '../../../src/ledger/domain/audit-book.js';
import type { Entry, Posting } from '../../../src/ledger/domain/entry.js';
import { foldBalances } from '../../../src/ledger/domain/fold-balances.js';
import { foldLots, type Lot } from '../../../src/ledger/domain/lots.js';
import { summarise } from '../../../src/ledger/domain/summarise.js';
import { creditTypeOf } from '../../../src/policy/domain/policy-pack.js';
import { stepOf, type MemoryBank } from './memory-bank.js';
import { COURSES, PACK } from './histories-pack.js';

/** Buckets a lot's credit can be in: together they are what was recognised (DOMAIN invariant 4). */
const LOT_BUCKETS = ['available', 'held', 'awarded', 'converted', 'expired'];

/**
 * Everything that must be true of a book after every step of any history (LEDGER invariants 1–5, 7, 8, 11, 13). Uses
 * `assert`, not `expect`: millions of checks in a run must stay within seconds.
 */
export function checkBook(bank: MemoryBank): void {
  checkOrder(bank.entries);
  checkBalances(bank);
  checkLots(bank);
  checkLastReversal(bank);
  checkLastConversion(bank);
  checkStudyTime(bank);
  checkSummary(bank);
}

function checkOrder(entries: Entry[]): void {
  for (const [index, { postings, version, recordedAt }] of entries.entries()) {
    assert.equal(version, index + 1);
    assert.ok(postings.length > 0);
    assert.ok(recordedAt >= (entries[index - 1]?.recordedAt ?? 0), 'recorded time runs backwards');
    for (const [line, posting] of postings.entries()) {
      assert.equal(posting.version, version);
      assert.equal(posting.line, line + 1);
      assert.ok(Number.isSafeInteger(posting.amount) && posting.amount > 0, 'an amount is a positive integer');
    }
  }
}

function checkBalances({ book, postings }: MemoryBank): void {
  assert.deepEqual(foldBalances(postings), book.balances);
  for (const [account, amount] of book.balances) assert.ok(amount >= 0, `${account} is ${amount}`);
  const running = new Map<string, number>();
  const carry = (bucket: string, { creditType }: Posting, amount: number, after: number | null) => {
    if (!isLearnerSide(bucket)) return assert.equal(after, null);
    const key = `${bucket}:${creditType}`;
    running.set(key, (running.get(key) ?? 0) + amount);
    assert.equal(after, running.get(key), `balance after a posting of ${key}`);
    assert.ok(running.get(key)! >= 0, `${key} went below zero`);
  };
  for (const posting of postings) {
    carry(posting.source, posting, -posting.amount, posting.sourceAfter);
    carry(posting.destination, posting, posting.amount, posting.destinationAfter);
  }
}

function checkLots({ book, postings }: MemoryBank): void {
  const lots = foldLots(postings);
  assert.deepEqual(
    [...lots.keys()],
    Array.from({ length: book.lotCount }, (_, index) => index + 1),
  );
  for (const lot of lots.values()) {
    for (const [bucket, amount] of Object.entries(lot.buckets)) {
      assert.ok(LOT_BUCKETS.includes(bucket), `lot ${lot.lot} is in ${bucket}`);
      assert.ok(amount >= 0, `lot ${lot.lot} has ${amount} in ${bucket}`);
    }
    assert.equal(sum(Object.values(lot.buckets)), lot.recognised, `all of lot ${lot.lot}`);
  }
  for (const [key, amount] of book.balances) {
    const [bucket, creditType] = key.split(':') as [string, string];
    if (LOT_BUCKETS.includes(bucket)) assert.equal(inLots(lots, bucket, creditType), amount, `lots of ${key}`);
  }
}

/**
 * A reversal is equal and opposite, but for at most one step between study time and credit, and undoes what no other
 * did. Only the last entry is looked at: the ones before it were looked at when they were written and do not change.
 */
function checkLastReversal(bank: MemoryBank): void {
  const reversal = bank.entries.at(-1);
  if (!reversal || reversal.reversesVersion === null) return;
  const undone = bank.entries.flatMap(({ reversesVersion }) => reversesVersion ?? []);
  assert.equal(new Set(undone).size, undone.length, 'an entry is undone once');
  const entry = bank.entries[reversal.reversesVersion - 1]!;
  const course = bank.courseOf(entry);
  const step = course && stepOf(course, '2024-06-03');
  const difference = flows([...entry.postings, ...reversal.postings]);
  if (entry.kind === 'merge') {
    // Its time may have filled steps with the time of later visits: what came over must be gone, credit follows from the rest.
    for (const account of difference.keys()) assert.match(account, /^(time(\/.*)?|accrued|issued|available)$/);
    return;
  }
  const steps = step ? (difference.get('accrued') ?? 0) / step.secondsPerQuantum : 0;
  assert.ok([-1, 0, 1].includes(steps), `a reversal moved ${steps} steps besides`);
  const expected = step ? stepFlows(step.timeBucket, steps * step.secondsPerQuantum, steps * step.quantumCenti) : [];
  assert.deepEqual(difference, new Map(expected), 'a reversal is equal and opposite');
}

/** Converted credit lives no longer than the shortest-lived credit it came from, and than its own type from that day on. */
function checkLastConversion({ entries, postings }: MemoryBank): void {
  const conversion = entries.at(-1);
  if (conversion?.kind !== 'conversion') return;
  const lots = foldLots(postings);
  const ends = conversion.postings.flatMap(({ destination, lot }) =>
    destination === 'converted' ? (lots.get(lot!)!.validUntil ?? []) : [],
  );
  const { creditType, validUntil } = conversion.postings.at(-1)!;
  const years = creditTypeOf(PACK, creditType)!.validityYears;
  if (years !== null) ends.push(addYears(shanghaiDay(conversion.occurredAt), years));
  assert.equal(validUntil, ends.sort()[0] ?? null);
}

/** Attended = accrued + waiting + pending (DOMAIN invariant 15), and gathered time is worth exactly its credit. */
function checkStudyTime(bank: MemoryBank): void {
  const { book, entries } = bank;
  for (const creditType of new Set(COURSES.map((each) => each.creditType.code))) {
    const all = flows(bank.postings.filter((posting) => posting.creditType === creditType));
    const waiting = sum(
      [...book.balances].map(([key, amount]) =>
        /^(time|pending)/.test(key) && key.endsWith(`:${creditType}`) ? amount : 0,
      ),
    );
    assert.equal(broughtIn(all), (all.get('accrued') ?? 0) + waiting, `study time of ${creditType}`);
  }
  for (const course of COURSES) {
    const step = stepOf(course, '2024-06-03');
    if (!step) continue;
    const left = book.balances.get(`${step.timeBucket}:${step.creditType}`) ?? 0;
    assert.ok(left < step.secondsPerQuantum, `${left} s wait in ${step.timeBucket}`);
    const gathered = flows(
      entries.filter((entry) => bank.courseOf(entry) === course).flatMap(({ postings }) => postings),
    );
    const quanta = (gathered.get('accrued') ?? 0) / step.secondsPerQuantum;
    assert.equal(
      0 - (gathered.get('issued') ?? 0),
      quanta * step.quantumCenti,
      `credit for time of ${course.courseId}`,
    );
  }
}

/** The audit that an operator runs finds nothing either. */
export function checkAudit({ book, entries }: MemoryBank): void {
  const { learnerId, version, lotCount, recordedAt, balances } = book;
  assert.deepEqual(auditBook({ learnerId, account: { version, lotCount, recordedAt }, entries, balances }), []);
}

function checkSummary({ book, postings }: MemoryBank): void {
  const lots = foldLots(postings);
  const balance = (bucket: string, creditType: string) => book.balances.get(`${bucket}:${creditType}`) ?? 0;
  const { credits, studyTime } = summarise(postings);
  for (const credit of credits) {
    const { creditType, recognisedCenti, ...where } = credit;
    assert.deepEqual(where, {
      availableCenti: balance('available', creditType),
      heldCenti: balance('held', creditType),
      awardedCenti: balance('awarded', creditType),
      convertedCenti: inLots(lots, 'converted', creditType),
      expiredCenti: inLots(lots, 'expired', creditType),
    });
    assert.equal(recognisedCenti, sum(Object.values(where)));
    assert.equal(
      recognisedCenti,
      sum([...lots.values()].map((lot) => (lot.creditType === creditType ? lot.recognised : 0))),
    );
  }
  for (const { creditType, attendedSeconds, waitingSeconds, keptSeconds, pendingSeconds } of studyTime) {
    const waiting = [...book.balances].filter(([key]) => key.endsWith(`:${creditType}`));
    assert.equal(
      waitingSeconds + keptSeconds,
      sum(waiting.map(([key, amount]) => (key.startsWith('time') ? amount : 0))),
    );
    assert.equal(pendingSeconds, sum(waiting.map(([key, amount]) => (key.startsWith('pending') ? amount : 0))));
    const ofType = flows(postings.filter((posting) => posting.creditType === creditType));
    assert.equal(attendedSeconds, broughtIn(ofType));
  }
}

/** Study time attended in this account, with what came from another account of the person and without what went there. */
function broughtIn(net: Map<string, number>): number {
  return 0 - (net.get('attended') ?? 0) - (net.get('merged-time') ?? 0);
}

/** What went into each account less what came out of it; accounts that come out even are left out. */
function flows(postings: Posting[]): Map<string, number> {
  const net = new Map<string, number>();
  for (const { source, destination, amount } of postings) {
    net.set(source, (net.get(source) ?? 0) - amount);
    net.set(destination, (net.get(destination) ?? 0) + amount);
  }
  return new Map([...net].filter(([, amount]) => amount !== 0));
}

function stepFlows(timeBucket: string, seconds: number, amountCenti: number): [string, number][] {
  const all: [string, number][] = [
    [timeBucket, -seconds],
    ['accrued', seconds],
    ['issued', -amountCenti],
    ['available', amountCenti],
  ];
  return all.filter(([, amount]) => amount !== 0);
}

function inLots(lots: Map<number, Lot>, bucket: string, creditType: string): number {
  return sum([...lots.values()].map((lot) => (lot.creditType === creditType ? (lot.buckets[bucket] ?? 0) : 0)));
}

function sum(amounts: Iterable<number>): number {
  let total = 0;
  for (const amount of amounts) total += amount;
  return total;
}
