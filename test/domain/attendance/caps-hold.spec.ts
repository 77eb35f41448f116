import fc from 'fast-check';
import { applyCaps, requireWithinCaps, type Cut } from '../../../src/attendance/domain/apply-caps.js';
import { outcomeOfVisit } from '../../../src/attendance/domain/outcome-of.js';
import { incomingVisit } from '../../../src/attendance/domain/visit-postings.js';
import { Refusal } from '../../../src/kernel/refusal.js';
import type { ActivityType } from '../../../src/policy/domain/activity-types.js';
import { readCalendar, periodStart } from '../../../src/policy/domain/calendar.js';
import {
  CAP_DIMENSIONS,
  CAP_PERIODS,
  readCap,
  type Cap,
  type CountedOutcome,
} from '../../../src/policy/domain/caps.js';
import type { Tariff } from '../../../src/policy/domain/tariffs.js';

const CALENDAR = readCalendar({ yearStartsOn: '09-01', semestersStartOn: ['03-01', '09-01'] });
const name = { zh: '上限', en: 'cap' };
const TARIFFS: Tariff[] = [
  { code: 'a', kind: 'per-time', rounding: 'cumulative', secondsPerQuantum: 486, quantumCenti: 1 },
  { code: 'b', kind: 'per-time', rounding: 'cumulative', secondsPerQuantum: 700, quantumCenti: 25 },
  { code: 'c', kind: 'per-time', rounding: 'session-floor', secondsPerQuantum: 1_800, quantumCenti: 50 },
  { code: 'd', kind: 'per-time', rounding: 'session-half-up', secondsPerQuantum: 3_600, quantumCenti: 100 },
  { code: 'e', kind: 'per-visit', centiPerVisit: 30 },
];
const ACTIVITY = { code: 'A', completion: null } as ActivityType;

const CAP: fc.Arbitrary<Cap> = fc
  .record({
    limit: fc.oneof(
      fc.integer({ min: 1, max: 600 }).map((minutes) => ({ minutes })),
      fc.integer({ min: 1, max: 900 }).map((centi) => ({ credit: (centi / 100).toString() })),
      fc.integer({ min: 1, max: 6 }).map((count) => ({ count })),
    ),
    per: fc.constantFrom(...CAP_PERIODS),
    each: fc.subarray([...CAP_DIMENSIONS]),
    date: fc.constantFrom('start' as const, 'end' as const, 'posting' as const),
    whenOver: fc.constantFrom('cut' as const, 'refuse' as const),
  })
  .map((file) => readCap({ ...file, code: 'cap', name }));

const VISIT = fc.record({
  do: fc.constant('visit' as const),
  day: fc.constantFrom('2024-02-29', '2024-03-01', '2024-08-31', '2024-09-01', '2024-09-02'),
  postedOn: fc.constantFrom('2024-09-03', '2025-03-01'),
  tariff: fc.nat(TARIFFS.length - 1),
  item: fc.nat(1),
  provider: fc.nat(1),
  seconds: fc.integer({ min: 60, max: 14_400 }),
});
const UNDO = fc.record({ do: fc.constant('undo' as const), pick: fc.nat(1_000) });
const RESTORE = fc.record({ do: fc.constant('restore' as const), pick: fc.nat(1_000) });

/** Used so far in every group of a cap, worked out by itself: exact credit as a fraction of a hundredth. */
function worstUse(cap: Cap, visits: CountedOutcome[]): number {
  const groups = new Map<string, number>();
  visits.forEach((visit, index) => {
    const day = cap.date === 'posting' ? visit.postedOn : visit.startsOn;
    const period = { visit: String(index), day, semester: '', year: '', lifetime: 'ever' }[cap.per];
    const group = [
      period || periodStart(CALENDAR, cap.per as 'semester' | 'year', day),
      cap.each.includes('item') ? visit.item : '',
      cap.each.includes('provider') ? visit.provider : '',
      cap.each.includes('credit-type') ? visit.creditType : '',
    ].join('|');
    const { gathered } = visit;
    const credit =
      visit.centi + (gathered ? (gathered.seconds * gathered.quantumCenti) / gathered.secondsPerQuantum : 0);
    const size = { count: 1, second: visit.seconds, centi: credit }[cap.limit.unit];
    groups.set(group, (groups.get(group) ?? 0) + size);
  });
  return Math.max(0, ...groups.values());
}

type ValueOf<T> = T extends fc.Arbitrary<infer Value> ? Value : never;
type Visit = ValueOf<typeof VISIT>;
type Step = Visit | ValueOf<typeof UNDO> | ValueOf<typeof RESTORE>;

/** The visits that count after each step. */
function* prefixes(caps: Cap[], steps: Step[]): Generator<CountedOutcome[]> {
  const rules = { caps, calendar: CALENDAR, levelSchemes: [] };
  const posted: { outcome: CountedOutcome; counts: boolean }[] = [];
  for (const step of steps) {
    const live = posted.filter(({ counts }) => counts).map(({ outcome }) => outcome);
    const earlier = { sameDay: live, history: live };
    try {
      if (step.do === 'visit') {
        const outcome = visitOf(step, (incoming) => applyCaps(rules, earlier, incoming));
        posted.push({ outcome, counts: true });
      } else {
        const among = posted.filter(({ counts }) => counts === (step.do === 'undo'));
        const picked = among[step.pick % Math.max(1, among.length)];
        if (!picked) continue;
        if (step.do === 'restore') requireWithinCaps(rules, earlier, picked.outcome);
        picked.counts = step.do === 'restore';
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
    yield posted.filter(({ counts }) => counts).map(({ outcome }) => outcome);
  }
}

function visitOf(
  { day, postedOn, tariff, item, provider, seconds }: Visit,
  accept: (incoming: Parameters<typeof applyCaps>[2]) => { seconds: number; cuts: Cut[] },
): CountedOutcome {
  const startsAt = Date.parse(`${day}T08:00:00+08:00`);
  const facts = outcomeOfVisit(
    {
      ...{ creditType: `type-${tariff}`, activityType: ACTIVITY.code, courseCode: `item-${item}`, courseTitle: '' },
      ...{ providerCode: `provider-${provider}`, level: null, startsAt },
    },
    Date.parse(`${postedOn}T08:00:00+08:00`),
  );
  const incoming = incomingVisit(ACTIVITY, TARIFFS[tariff]!, false);
  const accepted = accept({ facts, seconds, ...incoming });
  expect(accepted.cuts.reduce((sum, { cutSeconds }) => sum + cutSeconds, accepted.seconds)).toBe(seconds);
  return { ...facts, seconds: accepted.seconds, ...incoming.earns(accepted.seconds) };
}

describe('caps of intake', () => {
  it.each(['minutes', 'credit', 'count'])(
    'of any kind (%s) are never exceeded, whatever is posted, undone or brought back',
    (unit) => {
      const units = { minutes: 'second', credit: 'centi', count: 'count' } as const;
      const kind = CAP.filter(({ limit }) => limit.unit === units[unit as keyof typeof units]);
      const steps = fc.array(fc.oneof({ weight: 4, arbitrary: VISIT }, UNDO, RESTORE), { maxLength: 30 });
      fc.assert(
        fc.property(kind, steps, (cap, happenings) => {
          for (const visits of prefixes([cap], happenings))
            expect(worstUse(cap, visits)).toBeLessThanOrEqual(cap.limit.amount + 1e-6);
        }),
        { numRuns: 200 },
      );
    },
  );

  it('hold all together in any pack', () => {
    const steps = fc.array(fc.oneof({ weight: 4, arbitrary: VISIT }, UNDO, RESTORE), { maxLength: 25 });
    fc.assert(
      fc.property(fc.array(CAP, { minLength: 2, maxLength: 5 }), steps, (caps, happenings) => {
        for (const visits of prefixes(caps, happenings))
          for (const cap of caps) expect(worstUse(cap, visits)).toBeLessThanOrEqual(cap.limit.amount + 1e-6);
      }),
      { numRuns: 200 },
    );
  });

  it('let in every second that still earns: gathering time fills a cap of credit exactly', () => {
    const cap = readCap({ code: 'cap', name, limit: { credit: '1' }, per: 'semester', whenOver: 'cut' });
    const where = { day: '2024-09-01', postedOn: '2024-09-03' } as const;
    const visit = { do: 'visit' as const, ...where, tariff: 0, item: 0, provider: 0 };
    const steps = fc.array(fc.integer({ min: 60, max: 14_400 }), { minLength: 900, maxLength: 900 });
    fc.assert(
      fc.property(steps, (lengths) => {
        const last = [
          ...prefixes(
            [cap],
            lengths.map((seconds) => ({ ...visit, seconds })),
          ),
        ].at(-1)!;
        expect(last.reduce((sum, { seconds }) => sum + seconds, 0)).toBe(48_600);
      }),
      { numRuns: 3 },
    );
  });
});
