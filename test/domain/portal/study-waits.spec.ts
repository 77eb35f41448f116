import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { PostingDraft } from '../../../src/ledger/domain/entry.js';
import { postEntry } from '../../../src/ledger/domain/post-entry.js';
import type { StatedEntry } from '../../../src/ledger/statements.service.js';
import { readPolicyPack } from '../../../src/policy/domain/read-policy-pack.js';
import { courseWaits, studyWaits, timeForCredit } from '../../../src/portal/study-waits.js';

const pack = readPolicyPack(parse(readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8')));
const COURSE = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4f';

/** One learner's entries out of postings. */
function entriesOf(...drafts: PostingDraft[]): StatedEntry[] {
  const book = {
    learnerId: COURSE,
    status: 'active' as const,
    version: 0,
    lotCount: 0,
    recordedAt: 0,
    balances: new Map<string, number>(),
  };
  return drafts.map((draft) => {
    const numbered = postEntry(book, { kind: 'attendance', occurredAt: 0, postings: [draft] }, 0);
    return {
      ...numbered,
      learnerId: COURSE,
      kind: 'attendance',
      occurredAt: 0,
      actor: COURSE,
      providerId: null,
      subject: null,
      source: null,
      policyVersion: null,
      idempotencyKey: null,
      reversesVersion: null,
      reversedByVersion: null,
      reason: null,
      detail: null,
    };
  });
}

const attend = (destination: string, amount: number): PostingDraft => ({
  source: 'attended',
  destination,
  creditType: 'leisure',
  amount,
});

describe('why study time is not credit yet', () => {
  it('says how much more makes the next hundredth', () => {
    expect(studyWaits({ entries: entriesOf(attend('time/486s', 54)), pack })).toEqual([
      { creditType: 'leisure', waitingSeconds: 54, next: { seconds: 432, amountCenti: 1 } },
    ]);
  });

  it('counts the remainder of another tariff apart', () => {
    const floor = {
      ...pack,
      tariffs: [
        ...pack.tariffs,
        {
          code: 'hourly',
          kind: 'per-time',
          rounding: 'session-floor',
          secondsPerQuantum: 3_600,
          quantumCenti: 10,
        } as const,
      ],
    };
    const entries = entriesOf(attend('time/486s', 54), attend('time/hourly', 600));
    expect(studyWaits({ entries, pack: floor })).toEqual([
      { creditType: 'leisure', waitingSeconds: 54, next: { seconds: 432, amountCenti: 1 } },
      { creditType: 'leisure', waitingSeconds: 600, next: null },
    ]);
  });

  it('tells what waits under an older rule as time that stays on record', () => {
    expect(studyWaits({ entries: entriesOf(attend('time/972s', 900)), pack })).toEqual([
      { creditType: 'leisure', waitingSeconds: 900, next: null },
    ]);
  });

  it('names the course that must be passed first', () => {
    expect(courseWaits({ entries: entriesOf(attend(`pending/${COURSE}`, 5_400)) })).toEqual([
      { creditType: 'leisure', courseId: COURSE, pendingSeconds: 5_400 },
    ]);
  });

  it.each([
    ['leisure', 2, 54, 918],
    ['leisure', 0, 54, 0],
    ['unheard-of', 2, 0, null],
  ])('says how long %s must be studied for %s hundredths over %s s', (type, centi, waiting, seconds) => {
    const entries = waiting > 0 ? entriesOf(attend('time/486s', waiting), attend('time/972s', 900)) : [];
    expect(timeForCredit({ entries, pack }, type, centi)).toBe(seconds);
  });
});
