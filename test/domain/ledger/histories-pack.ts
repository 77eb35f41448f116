import { readPolicyPack } from '../../../src/policy/domain/read-policy-pack.js';
import { type ActivityType } from '../../../src/policy/domain/activity-types.js';
import { type CreditType } from '../../../src/policy/domain/credit-types.js';
import { activityTypeOf, creditTypeOf, tariffOf, type PolicyPack } from '../../../src/policy/domain/policy-pack.js';
import { type Tariff } from '../../../src/policy/domain/tariffs.js';

const named = (en: string) => ({ zh: en, en });
const evidence = ['card'];
const gate = { attendance: [], otherwisePercent: 70 };

/** Every kind of tariff at once, so that histories can mix them in one book. */
export const PACK: PolicyPack = readPolicyPack({
  code: 'histories',
  version: '1',
  title: named('Histories'),
  effectiveFrom: '2013-01-01',
  classHourMinutes: 45,
  dayCap: { minutes: 1_440, whenOver: 'refuse' },
  creditTypes: [
    { code: 'leisure', name: named('Leisure'), category: 'leisure', tariff: 'leisure-time', validityYears: 7 },
    {
      code: 'vocational',
      name: named('Vocational'),
      category: 'vocational',
      tariff: 'vocational-time',
      validityYears: 2,
    },
    { code: 'club', name: named('Club'), category: 'leisure', tariff: 'club-session' },
  ],
  tariffs: [
    { code: 'leisure-time', kind: 'per-time', rounding: 'cumulative', classHoursPerCredit: 18 },
    { code: 'vocational-time', kind: 'per-time', rounding: 'cumulative', classHoursPerCredit: 16 },
    { code: 'volunteer-time', kind: 'per-time', rounding: 'cumulative', classHoursPerCredit: 8, step: '0.25' },
    { code: 'club-session', kind: 'per-time', rounding: 'session-floor', classHoursPerCredit: 20, step: '0.05' },
    { code: 'lecture', kind: 'per-time', rounding: 'session-half-up', classHoursPerCredit: 20, step: '0.05' },
    { code: 'museum', kind: 'per-visit', creditPerVisit: '0.05' },
    { code: 'passed', kind: 'on-completion', classHoursPerCredit: 16, step: '0.25' },
  ],
  activityTypes: [
    { code: 'CLASS', name: named('Class'), evidence },
    { code: 'VOLUNTEER', name: named('Volunteering'), evidence, tariff: 'volunteer-time' },
    { code: 'CLUB', name: named('Club evening'), evidence, tariff: 'club-session' },
    { code: 'LECTURE', name: named('Lecture'), evidence, tariff: 'lecture' },
    { code: 'MUSEUM', name: named('Museum'), evidence, tariff: 'museum' },
    { code: 'COURSE', name: named('Gated course'), evidence, tariff: 'vocational-time', completion: gate },
    {
      code: 'VOLUNTEER_COURSE',
      name: named('Gated volunteering'),
      evidence,
      tariff: 'volunteer-time',
      completion: gate,
    },
    { code: 'PASSED', name: named('Credit on completion'), evidence, tariff: 'passed', completion: gate },
    { code: 'GATED_CLUB', name: named('Gated club'), evidence, tariff: 'club-session', completion: gate },
    { code: 'GATED_LECTURE', name: named('Gated lecture'), evidence, tariff: 'lecture', completion: gate },
    { code: 'GATED_MUSEUM', name: named('Gated museum'), evidence, tariff: 'museum', completion: gate },
  ],
  conversionRules: [
    {
      code: 'leisure-to-vocational',
      name: named('Leisure into vocational'),
      from: 'leisure',
      to: 'vocational',
      ratio: { from: 2, to: 1 },
      effectiveFrom: '2013-01-01',
    },
  ],
  programmes: [],
  protectedWords: [],
});

/** Study time that every gated course was planned with: twelve hours. */
export const PLANNED_SECONDS = 43_200;

/** What a visit is to: a course fixes activity, type of credit and so the tariff. */
export interface Course {
  courseId: string;
  activity: ActivityType;
  creditType: CreditType;
  tariff: Tariff;
}

/** A course of the pack above. */
export function course(activityCode: string, creditTypeCode: string): Course {
  const activity = activityTypeOf(PACK, activityCode)!;
  const creditType = creditTypeOf(PACK, creditTypeCode)!;
  return {
    courseId: `${activityCode}-${creditTypeCode}`,
    activity,
    creditType,
    tariff: tariffOf(PACK, activity, creditType),
  };
}

/** Courses whose study time gathers without a gate: nothing is lost in any order or split. */
export const GATHERING: Course[] = [
  course('CLASS', 'leisure'),
  course('CLASS', 'vocational'),
  course('VOLUNTEER', 'leisure'),
  course('VOLUNTEER', 'vocational'),
];

/** Courses whose credit waits for a completion. */
export const GATED: Course[] = [course('COURSE', 'vocational'), course('VOLUNTEER_COURSE', 'leisure')];

/** Courses whose credit is that of the visits one by one, or of the course, once it is passed. */
const SETTLED: Course[] = [
  course('PASSED', 'vocational'),
  course('GATED_CLUB', 'leisure'),
  course('GATED_LECTURE', 'leisure'),
  course('GATED_MUSEUM', 'leisure'),
];

/** One course for every way in which time becomes credit. */
export const COURSES: Course[] = [
  ...GATHERING,
  ...GATED,
  ...SETTLED,
  course('CLUB', 'leisure'),
  course('CLASS', 'club'),
  course('LECTURE', 'leisure'),
  course('LECTURE', 'vocational'),
  course('MUSEUM', 'leisure'),
];
