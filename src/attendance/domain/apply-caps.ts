import { formatCredit } from '../../kernel/credit.js';
import type { OutcomeFacts } from '../../kernel/outcome.js';
import { Refusal } from '../../kernel/refusal.js';
import { capUse, countedFrom, type Cap, type CapUse, type CountedOutcome } from '../../policy/domain/caps.js';
import { matchesOutcome } from '../../policy/domain/outcome-pattern.js';
import type { PolicyPack } from '../../policy/domain/policy-pack.js';

/** What caps are counted with. */
export type CapRules = Pick<PolicyPack, 'caps' | 'calendar' | 'levelSchemes'>;

/** Learning that counts already. */
export interface EarlierLearning {
  /** Visits of the same day as far as their rows tell; they answer the caps of a day. */
  sameDay: CountedOutcome[];
  /** What all other caps of the pack ask for (see `historyNeed`). */
  history: CountedOutcome[];
}

/** What was cut off and why: kept in the entry so that the number can be explained. Credit is decimal text. */
export interface Cut {
  /** Code of the cap (`visit`, `course` and `day` for the short forms), or `evidence`. */
  cap: string;
  limitSeconds?: number;
  usedSeconds?: number;
  limitCredit?: string;
  usedCredit?: string;
  /** Percent that study time on this evidence is worth. */
  worthPercent?: number;
  cutSeconds: number;
  /** Credit of a passed course that was cut off. */
  cutCredit?: string;
}

/** Learning on its way in: what it is, its study time, and what so much study time of it earns. */
export interface Incoming {
  facts: OutcomeFacts;
  seconds: number;
  earns: (seconds: number) => Pick<CountedOutcome, 'centi' | 'gathered'>;
  /** Seconds that earn exactly so many hundredths or the most below them; 0 where time does not decide. */
  secondsFor: (centi: number) => number;
  /** Its study time was counted before (a course's, with its visits): caps of time let it pass. */
  isCountedTime?: boolean;
}

/**
 * How much of some learning the caps of a pack let in, and what each of them cut off. A cap of credit that cuts lets in
 * the study time that earns the credit left and no more. Refuses with the cap's code when it refuses or leaves nothing.
 */
export function applyCaps(
  rules: CapRules,
  earlier: EarlierLearning,
  incoming: Incoming,
): { seconds: number; cuts: Cut[] } {
  const { facts } = incoming;
  const cuts: Cut[] = [];
  let seconds = incoming.seconds;
  for (const cap of rules.caps) {
    const use = useOf(cap, rules, earlier, facts);
    if (!use) continue;
    const room = roomOf(use, seconds, incoming);
    if (room >= seconds) continue;
    if (cap.whenOver === 'refuse' || room <= 0) throw capRefusal(use, facts);
    cuts.push({ ...cutFacts(use), cutSeconds: seconds - room });
    seconds = room;
  }
  return { seconds, cuts };
}

/** Seconds that fit under one cap. */
function roomOf({ cap, left, secondsLeft }: CapUse, seconds: number, incoming: Incoming): number {
  const { earns, secondsFor, isCountedTime } = incoming;
  if (cap.limit.unit === 'count') return left > 0 ? seconds : 0;
  if (cap.limit.unit === 'second') return isCountedTime ? seconds : left;
  const { centi, gathered } = earns(seconds);
  if (gathered) return secondsLeft(gathered);
  return centi <= left ? seconds : secondsFor(left);
}

/** How a cap stands before some learning; null when it does not speak of it. */
export function useOf(
  cap: Cap,
  rules: CapRules,
  { sameDay, history }: EarlierLearning,
  next: OutcomeFacts,
): CapUse | null {
  return capUse(cap, rules, isAnsweredByDay(cap) ? sameDay : history, next);
}

/** Refuses when learning that has its size already (an entry brought back) does not fit under every cap as it is. */
export function requireWithinCaps(rules: CapRules, earlier: EarlierLearning, next: CountedOutcome): void {
  for (const cap of rules.caps) {
    const use = useOf(cap, rules, earlier, next);
    if (!use) continue;
    const { unit } = cap.limit;
    const over =
      unit === 'count'
        ? use.left < 1
        : unit === 'second'
          ? next.seconds > use.left
          : next.gathered
            ? next.gathered.seconds > use.secondsLeft(next.gathered)
            : next.centi > use.left;
    if (over) throw capRefusal(use, next);
  }
}

/** Limit and use of a cap in its own unit, as an entry keeps them. */
export function cutFacts({
  cap,
  used,
}: CapUse): Pick<Cut, 'cap' | 'limitSeconds' | 'usedSeconds' | 'limitCredit' | 'usedCredit'> {
  const { unit, amount } = cap.limit;
  return unit === 'centi'
    ? { cap: cap.code, limitCredit: formatCredit(amount), usedCredit: formatCredit(used) }
    : { cap: cap.code, limitSeconds: amount, usedSeconds: used };
}

/** The refusal of a cap: the short forms have codes of their own, every other is `cap-reached`. */
export function capRefusal({ cap, used, left }: CapUse, { startsOn: day }: Pick<OutcomeFacts, 'startsOn'>): Refusal {
  const { unit, amount } = cap.limit;
  const minutes = { day, usedMinutes: Math.floor(used / 60), limitMinutes: Math.floor(amount / 60) };
  switch (cap.short) {
    case 'visit':
      return new Refusal('minutes-out-of-range', { limit: minutes.limitMinutes });
    case 'course':
      return new Refusal('course-cap-reached', minutes);
    case 'day':
      return new Refusal('day-cap-reached', minutes);
    case 'visits-per-day':
      return new Refusal('visits-per-day-reached', { day, used, limit: amount });
    case null: {
      const [unitName, unitZh, say] = UNITS[unit];
      const { code, name, per: period } = cap;
      const facts = { cap: code, nameZh: name.zh, nameEn: name.en, period, periodZh: PERIODS[period], unit: unitName };
      return new Refusal('cap-reached', { ...facts, unitZh, used: say(used), limit: say(amount), left: say(left) });
    }
  }
}

const UNITS: Record<Cap['limit']['unit'], [string, string, (amount: number) => string | number]> = {
  second: ['minutes', '分钟', (seconds) => Math.floor(seconds / 60)],
  centi: ['credit', '学分', formatCredit],
  count: ['times', '次', (count) => count],
};

const PERIODS: Record<Cap['per'], string> = {
  visit: '每次',
  day: '每日',
  semester: '每学期',
  year: '每学年',
  lifetime: '终身',
};

/** Earlier learning that the caps of a pack must be counted with for something new. */
export interface HistoryNeed {
  /** First day that matters; null: all there is. */
  from: string | null;
  /** Only learning in the same course matters. */
  sameCourseOnly: boolean;
}

/** What must be read for caps that a learner's visits of the same day do not answer; null when those are enough. */
export function historyNeed(rules: CapRules, factsOf: () => OutcomeFacts): HistoryNeed | null {
  const longer = rules.caps.filter((cap) => cap.per !== 'visit' && !isAnsweredByDay(cap));
  // Most packs have none, and every visit asks.
  if (longer.length === 0) return null;
  const next = factsOf();
  const asking = longer.filter((cap) => matchesOutcome(cap.only, next, rules.levelSchemes));
  if (asking.length === 0) return null;
  // The day of posting of something old says nothing of when it was.
  const days = asking.map((cap) => (cap.date === 'posting' ? null : countedFrom(cap, rules.calendar, next)));
  return {
    from: days.every((day) => day !== null) ? days.sort()[0]! : null,
    sameCourseOnly: asking.every(({ each }) => each.includes('item')),
  };
}

/** True when the visits of the same day, of which only hours and activity type are known, are all that a cap counts. */
function isAnsweredByDay({ per, date, each, only, limit }: Cap): boolean {
  return (
    per === 'day' &&
    date !== 'posting' &&
    limit.unit !== 'centi' &&
    each.every((dimension) => dimension === 'activity-type') &&
    only.outcomeClasses.length === 1 &&
    only.outcomeClasses[0] === 'activity' &&
    [only.creditTypes, only.items, only.providers].every(({ length }) => length === 0)
  );
}
