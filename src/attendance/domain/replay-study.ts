import { shanghaiDay } from '../../kernel/clock.js';
import type { OutcomeFacts } from '../../kernel/outcome.js';
import { Refusal, type RefusalCode } from '../../kernel/refusal.js';
import { accountKey } from '../../ledger/domain/accounts.js';
import type { Entry, EntryDraft, PostingDraft } from '../../ledger/domain/entry.js';
import { planReversal } from '../../ledger/domain/plan-reversal.js';
import { balanceOf, postEntry, type LearnerBook } from '../../ledger/domain/post-entry.js';
import type { ActivityType } from '../../policy/domain/activity-types.js';
import type { CountedOutcome } from '../../policy/domain/caps.js';
import type { CreditType } from '../../policy/domain/credit-types.js';
import { activityTypeOf, creditTypeOf, tariffOf, type PolicyPack } from '../../policy/domain/policy-pack.js';
import { completionPostings, requirePassed } from './complete-course.js';
import { earnedBy, outcomeOfCompletion, outcomeOfVisit } from './outcome-of.js';
import { requireNoDuplicate, type PassedTitle } from './require-no-duplicate.js';
import { evaluateVisit, type EarlierVisit } from './evaluate-visit.js';
import { attendedOf, sumOf, toEarlier, toEntry } from './replayed-entries.js';
import type { StudyCompletion, StudyEvent, StudyHistory, StudyReversal, StudyVisit } from './study-events.js';
import { pendingBucket, reversalStep, visitPostings } from './visit-postings.js';

/** What rules make of a history. */
export interface StudyOutcome {
  /** Hundredths that came in and were not taken back, by type of credit. */
  credit: Map<string, number>;
  /** What the rules do not accept. */
  refused: { version: number; code: RefusalCode }[];
  /** Visits that count, with the seconds that were accepted. */
  visits: { event: StudyVisit; acceptedSeconds: number }[];
  /** Lots of study, as caps on other learning count them; worked out when asked. */
  earned: () => EarnedLot[];
}

/** Credit of study with the learning behind it. */
export type EarnedLot = CountedOutcome & {
  /** Version of the visit or completion that brought it in. */
  version: number;
  validUntil: string | null;
};

interface Rules {
  pack: PolicyPack;
  activity: ActivityType;
  creditType: CreditType;
}

/** What became of an event: the rules it was decided under, its entry, and what it can still be undone by. */
interface Done {
  event: StudyVisit | StudyCompletion;
  rules: Rules;
  entry: Entry;
  isUndoing: boolean;
  acceptedSeconds: number;
}

const FOR_EVER = { from: '0000-01-01', to: null };

/**
 * Lives a learner's history again under rules that `packOf` names for each visit and completion: the same gates, caps,
 * tariffs and reversals as at intake, in the same order. Approvals and places are no rules of a pack: who was let in
 * then is let in. Conversions and awards move credit but make none, so they are left out.
 * Promise: under the packs that decided the history, the credit is what the book has.
 */
export function replayStudy(
  history: StudyHistory,
  packOf: (event: StudyVisit | StudyCompletion) => PolicyPack,
): StudyOutcome {
  const replay = new Replay(packOf);
  const refused: StudyOutcome['refused'] = [];
  for (const event of history) {
    try {
      replay.happen(event);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push({ version: event.version, code: error.code });
    }
  }
  return { credit: replay.credit(), refused, visits: replay.counting(), earned: () => replay.earned() };
}

class Replay {
  private readonly book: LearnerBook = {
    learnerId: '',
    status: 'active',
    version: 0,
    lotCount: 0,
    recordedAt: 0,
    balances: new Map(),
    lots: new Map(),
  };
  private readonly done = new Map<number, Done>();
  /** Live visits by version. */
  private readonly visits = new Map<number, EarlierVisit>();
  /** Version of the live completion by course. */
  private readonly passed = new Map<string, number>();

  constructor(private readonly packOf: (event: StudyVisit | StudyCompletion) => PolicyPack) {}

  happen(event: StudyHistory[number]): void {
    if (event.kind === 'visit') this.visit(event);
    else if (event.kind === 'completion') this.complete(event);
    else this.reverse(event);
  }

  credit(): Map<string, number> {
    const found = new Map<string, number>();
    for (const { creditType, recognised } of this.book.lots!.values()) {
      found.set(creditType, (found.get(creditType) ?? 0) + recognised);
    }
    return found;
  }

  counting(): StudyOutcome['visits'] {
    return [...this.visits.keys()].flatMap((version) => {
      const { event, acceptedSeconds } = this.done.get(version)!;
      return event.kind === 'visit' ? [{ event, acceptedSeconds }] : [];
    });
  }

  earned(): EarnedLot[] {
    const roots = new Map([...this.done.values()].map(({ event, entry }) => [entry.version, event]));
    return [...this.book.lots!.values()]
      .filter(({ recognised }) => recognised > 0)
      .map(({ version, recognised, validUntil }) => {
        const event = roots.get(version)!;
        return { ...this.learntBy(event), seconds: 0, centi: recognised, version: event.version, validUntil };
      });
  }

  private visit(event: StudyVisit): void {
    const rules = rulesIn(this.packOf(event), event.session.activityType, event.session.creditType);
    const acceptedSeconds = this.accepted(event, rules);
    const postings = visitPostings(
      {
        ...rules,
        courseId: event.session.courseId,
        acceptedSeconds,
        isCoursePassed: this.passed.has(event.session.courseId),
        day: shanghaiDay(event.session.startsAt),
      },
      (bucket) => this.book.balances.get(accountKey(bucket, rules.creditType.code)) ?? 0,
    );
    const entry = this.post(event, 'attendance', postings);
    this.done.set(event.version, { event, rules, entry, isUndoing: false, acceptedSeconds });
    this.visits.set(event.version, toEarlier(event, acceptedSeconds));
  }

  private accepted(event: StudyVisit, { pack, activity, creditType }: Rules): number {
    const day = shanghaiDay(event.session.startsAt);
    const live = [...this.visits.values()];
    return evaluateVisit({
      session: { ...event.session, capacity: null, providerApproval: FOR_EVER, courseApproval: FOR_EVER },
      activity,
      pack,
      submittedSeconds: event.submittedSeconds,
      evidence: event.evidence,
      sameDay: live.filter(({ startsAt }) => shanghaiDay(startsAt) === day),
      creditType,
      isCoursePassed: this.passed.has(event.session.courseId),
      history: this.history(),
      seatsTaken: 0,
      nowMs: event.recordedAt,
    }).acceptedSeconds;
  }

  private complete(event: StudyCompletion): void {
    const rules = rulesIn(this.packOf(event), event.activityType, event.creditType);
    const { pack, activity, creditType } = rules;
    if (!activity.completion) throw new Refusal('course-without-completion');
    this.requirePassed(event, activity);
    requireNoDuplicate(pack.titleRules, event, this.passedTitles());
    const bucket = pendingBucket(event.courseId);
    const subject = { ...event, ...this.daysOf(event) };
    const { postings } = completionPostings(
      {
        pack,
        tariff: tariffOf(pack, activity, creditType),
        creditType,
        pending: { bucket, seconds: balanceOf(this.book, bucket, creditType.code) },
        visitSeconds: this.waiting(bucket),
        plannedSeconds: event.plannedSeconds,
        facts: outcomeOfCompletion(subject, event.recordedAt),
        history: this.history(),
      },
      (account) => balanceOf(this.book, account, creditType.code),
    );
    const entry = this.post(event, 'completion', postings);
    this.done.set(event.version, { event, rules, entry, isUndoing: false, acceptedSeconds: 0 });
    this.passed.set(event.courseId, event.version);
  }

  /** Seconds of each live visit whose time waits in an account. */
  private waiting(bucket: string): number[] {
    return [...this.visits.keys()].flatMap((version) => {
      const attended = attendedOf(this.done.get(version)!.entry);
      return attended.destination === bucket ? [attended.amount] : [];
    });
  }

  private passedTitles(): PassedTitle[] {
    return [...this.passed.values()].flatMap((version) => {
      const { event } = this.done.get(version)!;
      if (event.kind !== 'completion') return [];
      return [{ courseId: event.courseId, courseCode: event.code, title: event.title, entryId: '' }];
    });
  }

  /** What counts so far, as caps count it: the same as the bank reads from its journal. */
  private history(): CountedOutcome[] {
    const versions = [...this.visits.keys(), ...this.passed.values()];
    return versions.map((version) => {
      const { event, entry } = this.done.get(version)!;
      const issued = sumOf(entry, ({ source }) => source === 'issued');
      if (event.kind === 'visit') {
        const { destination, amount } = attendedOf(entry);
        return {
          ...outcomeOfVisit(event.session, event.recordedAt),
          seconds: amount,
          ...earnedBy(destination, amount, issued),
        };
      }
      const joined = entry.postings.find(({ destination }) => destination.startsWith('time/'));
      const days = this.daysOf(event);
      return {
        ...outcomeOfCompletion({ ...event, ...days }, event.recordedAt),
        seconds: 0,
        ...earnedBy(joined?.destination ?? '', joined?.amount ?? 0, issued),
      };
    });
  }

  /** What the bank says was learnt for a lot: in a course, on its last day. */
  private learntBy(event: StudyVisit | StudyCompletion): OutcomeFacts {
    if (event.kind === 'visit') return outcomeOfVisit(event.session, event.recordedAt);
    const day = this.lastDayOf(event);
    return outcomeOfCompletion({ ...event, startsOn: day, endsOn: day }, event.recordedAt);
  }

  private daysOf(event: StudyCompletion): { startsOn: string; endsOn: string } {
    const starts = this.visitsTo(event.courseId).map(({ startsAt }) => startsAt);
    return { startsOn: shanghaiDay(Math.min(...starts)), endsOn: this.lastDayOf(event) };
  }

  private lastDayOf({ endsOn, courseId, recordedAt }: StudyCompletion): string {
    if (endsOn !== null) return endsOn;
    const ends = this.visitsTo(courseId).map(({ endsAt }) => endsAt);
    return ends.length > 0 ? shanghaiDay(Math.max(...ends) - 1) : shanghaiDay(recordedAt);
  }

  private visitsTo(courseId: string): EarlierVisit[] {
    return [...this.visits.values()].filter((visit) => visit.courseId === courseId);
  }

  private requirePassed({ courseId, plannedSessions, grade }: StudyCompletion, activity: ActivityType): EarlierVisit[] {
    if (this.passed.has(courseId)) throw new Refusal('course-already-completed');
    const visits = this.visitsTo(courseId);
    if (activity.completion)
      requirePassed(activity.completion, { plannedSessions, attendedSessions: visits.length, grade });
    return visits;
  }

  private reverse({ version, recordedAt, reverses }: StudyReversal): void {
    const before = this.done.get(reverses);
    // What the rules never let in, or what is not study time, leaves nothing to undo.
    if (!before) return;
    const { event, rules, isUndoing } = before;
    if (isUndoing) this.requireStillRight(before);
    const day = event.kind === 'visit' ? shanghaiDay(event.session.startsAt) : this.lastDayOf(event);
    const root = this.done.get(event.version)!;
    const postings = planReversal(this.book, before.entry, reversalStep(root.entry, rules, day));
    const entry = this.post({ version, recordedAt }, 'reversal', postings);
    this.done.set(version, { ...before, entry, isUndoing: !isUndoing });
    if (event.kind === 'visit') {
      if (isUndoing) this.visits.set(event.version, toEarlier(event, root.acceptedSeconds));
      else this.visits.delete(event.version);
    } else if (isUndoing) this.passed.set(event.courseId, event.version);
    else this.passed.delete(event.courseId);
  }

  /** What comes back must pass its gates again, in full. */
  private requireStillRight({ event, rules, acceptedSeconds }: Done): void {
    if (event.kind === 'completion') this.requirePassed(event, rules.activity);
    else if (this.accepted({ ...event, submittedSeconds: event.submittedSeconds }, rules) !== acceptedSeconds)
      throw new Refusal('day-cap-reached');
  }

  private post(event: StudyEvent, kind: EntryDraft['kind'], postings: PostingDraft[]): Entry {
    const { learnerId } = this.book;
    const numbered = postEntry(this.book, { kind, occurredAt: event.recordedAt, postings }, event.recordedAt);
    return toEntry({ ...numbered, learnerId, kind, occurredAt: event.recordedAt });
  }
}

function rulesIn(pack: PolicyPack, activityType: string, type: string): Rules {
  const activity = activityTypeOf(pack, activityType);
  if (!activity) throw new Refusal('activity-type-unknown', { activityType });
  const creditType = creditTypeOf(pack, type);
  if (!creditType) throw new Refusal('credit-type-unknown', { creditType: type });
  return { pack, activity, creditType };
}
