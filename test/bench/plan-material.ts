import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { PlanningBook } from '../../src/conversion/conversion.port.js';
import type { OutcomeFacts } from '../../src/kernel/outcome.js';
import type { Lot } from '../../src/ledger/domain/lots.js';
import { readConversionRule, type ConversionRule } from '../../src/policy/domain/conversion-rules.js';
import type { PolicyPack } from '../../src/policy/domain/policy-pack.js';
import { readPolicyPack } from '../../src/policy/domain/read-policy-pack.js';
import type { PackFile } from '../../src/policy/domain/pack-file.js';
import { readProgramme } from '../../src/policy/domain/programmes.js';
import type { Objective } from '../../src/programmes/domain/planning-case.js';
import type { PlannableCourse } from '../../src/programmes/domain/plan-options.js';
import type { PlanMaterial } from '../../src/programmes/plan-case.js';

const LOTS = 200;
const RULES = 100;
const COURSES = 300;
const TODAY = '2024-06-10';
const PACK = readPolicyPack(parse(readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8')) as PackFile);
const named = (en: string) => ({ zh: en, en });

/** The same numbers in every run. */
function sequence(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % below;
  };
}

function facts(changes: Partial<OutcomeFacts>): OutcomeFacts {
  const day = '2024-03-01';
  return {
    origin: 'attendance',
    outcomeClass: 'activity',
    creditType: 'type-0',
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
    ...changes,
  };
}

/** A programme with buckets, caps of every kind, floors and required items; a learner, rules and courses of many kinds. */
export function planMaterial(seed: number, objective: Objective, totalCredits: number): PlanMaterial {
  const next = sequence(seed);
  const type = () => `type-${next(12)}`;
  const provider = () => `provider-${next(6)}`;
  const lots = Array.from({ length: LOTS }, (_, index): Lot => {
    const centi = 5 + next(60);
    const creditType = type();
    const validUntil = `202${5 + next(4)}-0${1 + next(9)}-15`;
    return {
      lot: index + 1,
      version: index + 1,
      creditType,
      earnedOn: '2024-03-01',
      validUntil,
      fromTime: null,
      recognised: centi,
      buckets: { available: centi },
    };
  });
  const sources = new Map(
    lots.map((lot) => {
      const isCertificate = next(10) === 0;
      const changes: Partial<OutcomeFacts> = isCertificate
        ? { origin: 'recognition', outcomeClass: 'certificate', title: `Certificate ${lot.lot}`, isAssessed: true }
        : { title: `Course ${next(40)}` };
      return [lot.lot, facts({ ...changes, creditType: lot.creditType, provider: provider() })];
    }),
  );
  const programme = readProgramme(
    {
      code: 'bench',
      title: named('Bench'),
      category: 'vocational',
      total: `${totalCredits}`,
      buckets: [
        {
          code: 'major',
          name: named('Major'),
          accepts: { creditTypes: ['type-0', 'type-1', 'type-2'] },
          minimum: `${totalCredits / 2}`,
          overflowTo: 'elective',
        },
        {
          code: 'general',
          name: named('General'),
          accepts: { creditTypes: ['type-2', 'type-3', 'type-4'] },
          minimum: `${totalCredits / 5}`,
          overflowTo: 'elective',
        },
        {
          code: 'elective',
          name: named('Elective'),
          accepts: { creditTypes: ['type-3', 'type-4', 'type-5', 'type-6'] },
        },
      ],
      items: [0, 1].map((index) => ({
        code: `KC-${index}`,
        title: named(`Required ${index}`),
        creditType: 'type-0',
        credit: '1',
        required: true,
      })),
      caps: [
        { code: 'institution', name: named('Institution'), limit: { share: '3/4', of: 'total' }, each: ['provider'] },
        {
          code: 'certificates',
          name: named('Certificates'),
          limit: { count: 3 },
          only: { outcomeClasses: ['certificate'] },
        },
        {
          code: 'converted',
          name: named('Converted'),
          limit: { share: '1/2', of: 'total' },
          only: { origins: ['conversion'] },
        },
      ],
      floors: [
        {
          code: 'assessed',
          name: named('Assessed'),
          limit: { share: '1/8', of: 'total' },
          only: { assessedOnly: true },
        },
      ],
    },
    [],
  );
  const conversionRules = Array.from({ length: RULES }, (_, index): ConversionRule => {
    const from = 1 + next(11);
    const to = `type-${next(from)}`;
    const limited = next(2) === 0;
    const ratio = [
      { from: 2, to: 1 },
      { from: 3, to: 2 },
      { from: 1, to: 1 },
      { from: 5, to: 3 },
    ][next(4)]!;
    return readConversionRule({
      code: `rule-${index}`,
      name: named(`Rule ${index}`),
      ...{ from: `type-${from}`, to, ratio, effectiveFrom: '2013-01-01' },
      ...(limited ? { cap: { programme: 'bench', numerator: 50 + next(300), denominator: totalCredits * 100 } } : {}),
    });
  });
  const courses = Array.from({ length: COURSES }, (_, index): PlannableCourse => {
    const isGated = next(3) === 0;
    const creditType = index < 2 ? 'type-0' : type();
    const sessionsLeft = 4 + next(20);
    const creditCenti = index < 2 ? 100 + next(40) : 30 + next(170);
    const start = 20 + next(120);
    const startsAt = (day: number) =>
      Date.parse(`${TODAY}T00:00:00Z`) + (start + 7 * day) * 86_400_000 + next(40) * 900_000;
    const meetings = Array.from({ length: sessionsLeft }, (_, day) => startsAt(day)).map((at) => ({
      startsAt: at,
      endsAt: at + 5_400_000,
    }));
    const endsOn = new Date(meetings.at(-1)!.endsAt).toISOString().slice(0, 10);
    return {
      code: `KC-${index}`,
      title: `Course KC ${index}`,
      creditType,
      sessionsLeft,
      studySeconds: sessionsLeft * (45 + 15 * next(4)) * 60,
      creditCenti,
      visits: [0],
      meetings,
      facts: facts({
        outcomeClass: isGated ? 'course' : 'activity',
        isAssessed: isGated,
        creditType,
        activityType: 'DAILY_CLASS',
        item: `KC-${index}`,
        title: `Course KC ${index}`,
        provider: provider(),
        startsOn: endsOn,
        endsOn,
        postedOn: endsOn,
      }),
    };
  });
  const pack: PolicyPack = {
    ...PACK,
    caps: [],
    tariffs: PACK.tariffs.map(({ code }) => ({ code, kind: 'per-visit', centiPerVisit: 1 })),
    creditTypes: Array.from({ length: 12 }, (_, index) => ({
      ...PACK.creditTypes[0]!,
      ...{ code: `type-${index}`, name: named(`Type ${index}`), category: 'vocational' },
    })),
    ...{ conversionRules, programmes: [programme] },
  };
  const book: PlanningBook = {
    ...{ status: 'active', today: TODAY, history: [] },
    lots: lots.map(({ lot, version, creditType, validUntil, recognised }) => ({
      ...{ lot, creditType, validUntil, availableCenti: recognised, isWhole: true, facts: sources.get(lot)! },
      roots: [{ entry: version, creditType, category: 'vocational' }],
    })),
  };
  const costs = new Map(courses.map(({ code, studySeconds }) => [code, Math.round(studySeconds / 600) * 100 + 5_000]));
  return { programme, pack, objective, credit: { lots, sources }, book, courses, excluded: new Set(), costs };
}
