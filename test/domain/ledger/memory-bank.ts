import { completionPostings } from '../../../src/attendance/domain/complete-course.js';
import { outcomeOfCompletion } from '../../../src/attendance/domain/outcome-of.js';
import { accrualStep, pendingBucket, visitPostings } from '../../../src/attendance/domain/visit-postings.js';
import { refusalOf } from '../../../src/conversion/domain/basic-checks.js';
import { conversionPostings } from '../../../src/conversion/domain/conversion-postings.js';
import { decideConversion } from '../../../src/conversion/domain/decide-conversion.js';
import { shanghaiDay } from '../../../src/kernel/clock.js';
import type { OutcomeFacts } from '../../../src/kernel/outcome.js';
import { Refusal } from '../../../src/kernel/refusal.js';
import type { AccrualStep } from '../../../src/ledger/domain/accrue.js';
import { isLive, type Entry, type EntryDraft, type Posting } from '../../../src/ledger/domain/entry.js';
import { availableOf, foldLots, isExpired, usableCenti, type Lot } from '../../../src/ledger/domain/lots.js';
import { planReversal } from '../../../src/ledger/domain/plan-reversal.js';
import { balanceOf, type LearnerBook } from '../../../src/ledger/domain/post-entry.js';
import { timeBucketOf } from '../../../src/policy/domain/policy-pack.js';
import type { Bucket } from '../../../src/policy/domain/buckets.js';
import { ANY_OUTCOME } from '../../../src/policy/domain/outcome-pattern.js';
import type { Programme } from '../../../src/policy/domain/programmes.js';
import { awardPostings, drawAward } from '../../../src/programmes/domain/evaluate-programme.js';
import { solve } from '../../../src/programmes/solver.js';
import { sourceLot } from '../conversion/conversion-parts.js';
import { emptyBook, LEARNER, write } from './book-parts.js';
import { PACK, PLANNED_SECONDS, type Course } from './histories-pack.js';

/** One change somebody asks for. */
export type Command =
  | { do: 'visit'; course: Course; session: number; seconds: number; day: string }
  | { do: 'complete'; course: Course; day: string }
  | { do: 'reverse'; version: number }
  /** Amounts are parts of a thousand of what is usable, so that they fit any history. */
  | { do: 'convert'; from: string; to: string; perMille: number }
  | { do: 'award'; creditTypes: string[]; perMille: number };

/** Step of a course whose time gathers, or null where every visit counts for itself. */
export function stepOf({ tariff, creditType }: Course, day: string): AccrualStep | null {
  const gathers = tariff.kind === 'per-time' && tariff.rounding === 'cumulative';
  return gathers ? accrualStep(tariff, creditType, day) : null;
}

/**
 * The bank of one learner without a database: the pure rules of the book in the order in which the committer calls
 * them. A key that is known gives the first answer again, a refusal leaves everything as it was.
 */
export class MemoryBank {
  readonly book: LearnerBook;
  readonly entries: Entry[] = [];
  /** Of all entries, in order. */
  readonly postings: Posting[] = [];
  private readonly answers = new Map<string, Entry | Refusal>();
  private readonly reversals = new Map<number, number>();
  private readonly coursesByEntry = new Map<number, Course>();

  constructor(learnerId: string = LEARNER) {
    this.book = { ...emptyBook(), learnerId, lots: undefined };
  }

  /** The book with its lots, as a rule that draws on them gets it. */
  loaded(): LearnerBook {
    return { ...this.book, lots: foldLots(this.postings) };
  }

  /** Writes what a rule has decided elsewhere: one side of a merge, or of its end. Nothing where nothing moves. */
  post(draft: EntryDraft, nowMs: number): Entry | null {
    return draft.postings.length > 0 ? this.write(draft, nowMs) : null;
  }

  /** What the committer does with one command. */
  submit(key: string, command: Command, nowMs: number): Entry | Refusal {
    const first = this.answers.get(key);
    if (first) return first;
    const answer = this.decideAndWrite(command, nowMs);
    this.answers.set(key, answer);
    return answer;
  }

  /** Version of the reversal that undid an entry. */
  reversedBy(version: number): number | undefined {
    return this.reversals.get(version);
  }

  /** True while an entry has its effect: it is not undone, or what undid it is undone. */
  counts(version: number): boolean {
    return isLive(this.reversals, version);
  }

  /** The entry at the bottom of a chain of reversals. */
  rootOf(entry: Entry): Entry {
    return entry.reversesVersion === null ? entry : this.rootOf(this.entries[entry.reversesVersion - 1]!);
  }

  /** Course of a visit, a completion or what undid them. */
  courseOf(entry: Entry): Course | undefined {
    return this.coursesByEntry.get(this.rootOf(entry).version);
  }

  private decideAndWrite(command: Command, nowMs: number): Entry | Refusal {
    if (command.do !== 'visit' && command.do !== 'complete') this.book.lots = foldLots(this.postings);
    try {
      const entry = this.write(this.decide(command, nowMs), nowMs);
      if ('course' in command) this.coursesByEntry.set(entry.version, command.course);
      return entry;
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    } finally {
      this.book.lots = undefined;
    }
  }

  private write(draft: EntryDraft, nowMs: number): Entry {
    const entry = write(this.book, draft, nowMs);
    this.entries.push(entry);
    this.postings.push(...entry.postings);
    if (entry.reversesVersion !== null) this.reversals.set(entry.reversesVersion, entry.version);
    return entry;
  }

  private decide(command: Command, nowMs: number): EntryDraft {
    switch (command.do) {
      case 'visit':
        return this.visit(command, nowMs);
      case 'complete':
        return this.complete(command, nowMs);
      case 'reverse':
        return this.reverse(command.version, nowMs);
      case 'convert':
        return this.convert(command, nowMs);
      case 'award':
        return this.award(command, nowMs);
    }
  }

  private visit({ course, session, seconds, day }: Command & { do: 'visit' }, nowMs: number): EntryDraft {
    const { courseId, activity, creditType } = course;
    const subject = `${courseId}/${session}`;
    this.requireNoLive('attendance', subject, 'attendance-already-recorded');
    const postings = visitPostings(
      { pack: PACK, activity, creditType, courseId, acceptedSeconds: seconds, isCoursePassed: false, day },
      (bucket) => balanceOf(this.book, bucket, creditType.code),
    );
    return { kind: 'attendance', occurredAt: nowMs, subject, postings };
  }

  private complete({ course, day }: Command & { do: 'complete' }, nowMs: number): EntryDraft {
    this.requireNoLive('completion', course.courseId, 'course-already-completed');
    const { courseId, activity, creditType, tariff } = course;
    const bucket = pendingBucket(courseId);
    const visits = this.entries.filter(
      (entry) => entry.kind === 'attendance' && this.courseOf(entry) === course && this.counts(entry.version),
    );
    const facts = {
      ...{ creditType: creditType.code, activityType: activity.code, code: courseId, title: courseId },
      ...{ providerCode: 'P', startsOn: day, endsOn: day, grade: null, level: null },
    };
    const { postings } = completionPostings(
      {
        pack: PACK,
        tariff,
        creditType,
        pending: { bucket, seconds: balanceOf(this.book, bucket, creditType.code) },
        visitSeconds: visits.map(({ postings: [attended] }) => attended!.amount),
        plannedSeconds: PLANNED_SECONDS,
        facts: outcomeOfCompletion(facts, nowMs),
        history: [],
      },
      (account) => balanceOf(this.book, account, creditType.code),
    );
    return { kind: 'completion', occurredAt: nowMs, subject: course.courseId, postings };
  }

  /** Follows `reverse-entry.command.ts` and the reversal rules of attendance. */
  private reverse(version: number, nowMs: number): EntryDraft {
    const entry = this.entries[version - 1];
    if (!entry) throw new Refusal('not-found');
    if (this.reversedBy(version) !== undefined) throw new Refusal('entry-already-reversed');
    const root = this.rootOf(entry);
    const course = this.courseOf(entry);
    const isRestoring = !this.counts(root.version);
    if (root.kind === 'attendance') {
      if (course?.activity.completion) this.requireNoLive('completion', course.courseId, 'course-already-completed');
      if (isRestoring) this.requireNoLive('attendance', root.subject, 'attendance-already-recorded');
    }
    if (root.kind === 'completion' && isRestoring) {
      this.requireNoLive('completion', root.subject, 'course-already-completed');
    }
    const bucket = course && timeBucketOf(course.tariff);
    const touches = root.postings.some(({ source, destination }) => source === bucket || destination === bucket);
    const step = course && touches ? stepOf(course, shanghaiDay(root.occurredAt)) : null;
    return {
      kind: 'reversal',
      occurredAt: nowMs,
      reversesVersion: version,
      postings: planReversal(this.book, entry, step),
    };
  }

  private convert({ from, to, perMille }: Command & { do: 'convert' }, nowMs: number): EntryDraft {
    const today = shanghaiDay(nowMs);
    const lots = [...this.book.lots!.values()];
    const fromCenti = part(usableCenti(lots, from, today), perMille);
    const asked = { from, to, fromCenti, rule: null, programme: null, lots: null };
    const usable = lots.filter((lot) => !isExpired(lot, today) && availableOf(lot) > 0);
    const { decision } = decideConversion(PACK, {
      asked,
      status: this.book.status,
      today,
      lots: usable.map(sourceLot),
      restCenti: 0,
      history: [],
    });
    const refusal = refusalOf(decision);
    if (refusal) throw refusal;
    return { kind: 'conversion', occurredAt: nowMs, postings: conversionPostings(decision, today) };
  }

  /** An award of a programme that asks for so much of what is usable. */
  private award({ creditTypes, perMille }: Command & { do: 'award' }, nowMs: number): EntryDraft {
    const today = shanghaiDay(nowMs);
    const lots = [...this.book.lots!.values()];
    const buckets = creditTypes.map((creditType): Bucket => ({
      code: creditType,
      name: { zh: creditType, en: creditType },
      accepts: { ...ANY_OUTCOME, creditTypes: [creditType] },
      minimumCenti: part(usableCenti(lots, creditType, today), perMille),
      maximumCenti: null,
      overflowTo: null,
    }));
    const totalCenti = buckets.reduce((sum, { minimumCenti }) => sum + minimumCenti, 0);
    if (totalCenti === 0) throw new Refusal('requirements-not-met');
    const programme: Programme = { ...AWARD, totalCenti, requiredCenti: totalCenti, buckets };
    const sources = new Map(lots.map((lot) => [lot.lot, attended(lot, today)]));
    const draws = drawAward({ programme, rules: PACK, lots, sources, today, solve });
    return { kind: 'award', occurredAt: nowMs, postings: awardPostings(draws!) };
  }

  private requireNoLive(
    kind: Entry['kind'],
    subject: string | null,
    code: 'attendance-already-recorded' | 'course-already-completed',
  ): void {
    const isThere = this.entries.some(
      (entry) => entry.kind === kind && entry.subject === subject && this.counts(entry.version),
    );
    if (isThere) throw new Refusal(code);
  }
}

/** So many thousandths of an amount, in whole hundredths. */
function part(amountCenti: number, perMille: number): number {
  return Math.floor((amountCenti * perMille) / 1_000);
}

const AWARD: Omit<Programme, 'totalCenti' | 'requiredCenti' | 'buckets'> = {
  code: 'award',
  title: { zh: '证书', en: 'Award' },
  category: 'leisure',
  items: [],
  level: null,
  attempts: 'best',
  caps: [],
  floors: [],
  recencyYears: null,
  minimumOverlapPercent: null,
};

/** Hours attended in some course: nothing a programme of these histories asks about. */
function attended({ creditType }: Lot, day: string): OutcomeFacts {
  return {
    origin: 'attendance',
    outcomeClass: 'activity',
    creditType,
    activityType: null,
    item: null,
    title: '',
    provider: null,
    level: null,
    isAssessed: false,
    grade: null,
    startsOn: day,
    endsOn: day,
    postedOn: day,
  };
}
