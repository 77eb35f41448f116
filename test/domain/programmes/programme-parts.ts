import type { PlanningBook } from '../../../src/conversion/conversion.port.js';
import type { OutcomeFacts } from '../../../src/kernel/outcome.js';
import type { Lot } from '../../../src/ledger/domain/lots.js';
import { creditTypeOf, type PolicyPack } from '../../../src/policy/domain/policy-pack.js';
import { readProgramme, type Programme, type ProgrammeFile } from '../../../src/policy/domain/programmes.js';
import { readPolicyPack } from '../../../src/policy/domain/read-policy-pack.js';
import { readTitleRules } from '../../../src/policy/domain/title-rules.js';
import type { EvaluationCase } from '../../../src/programmes/domain/evaluate-programme.js';
import { solve } from '../../../src/programmes/solver.js';
import { shippedFile } from '../policy/pack-parts.js';

export const TODAY = '2024-06-10';

export const named = (en: string) => ({ zh: en, en });

/** Credit types of the shipped rules: leisure, vocational, degree. */
const CREDIT_TYPES = readPolicyPack(shippedFile()).creditTypes;

/** One piece of credit: so many hundredths, and what was learnt. */
export interface Credit extends Partial<OutcomeFacts> {
  centi: number;
  validUntil?: string | null;
  /** Entry that brought it in; its own unless said. */
  entry?: number;
}

/** An outcome recognised from elsewhere, assessed, of vocational credit, unless said otherwise. */
export function factsOf(changes: Partial<OutcomeFacts> = {}): OutcomeFacts {
  return {
    origin: 'recognition',
    outcomeClass: 'course',
    creditType: 'vocational',
    activityType: null,
    item: null,
    title: '',
    provider: null,
    level: null,
    isAssessed: true,
    grade: null,
    startsOn: '2024-01-01',
    endsOn: '2024-03-01',
    postedOn: '2024-03-01',
    ...changes,
  };
}

/** Lots 1…n with the learning behind them. */
export function lotsOf(credits: Credit[]): Pick<EvaluationCase, 'lots' | 'sources'> {
  const sources = new Map<number, OutcomeFacts>();
  const lots = credits.map(({ centi, validUntil = null, entry, ...facts }, index): Lot => {
    sources.set(index + 1, factsOf(facts));
    return {
      lot: index + 1,
      creditType: facts.creditType ?? 'vocational',
      version: entry ?? index + 1,
      earnedOn: facts.endsOn ?? '2024-03-01',
      validUntil,
      fromTime: null,
      recognised: centi,
      buckets: { available: centi },
    };
  });
  return { lots, sources };
}

/** A programme as a pack would write it; a bucket of vocational credit and no more unless said. */
export function programmeOf(file: Partial<ProgrammeFile>): Programme {
  return readProgramme(
    {
      code: 'award',
      title: named('Award'),
      category: 'vocational',
      total: '1',
      buckets: [{ creditType: 'vocational' }],
      ...file,
    },
    [],
  );
}

/** A programme and credit to measure against it. */
export function caseOf(file: Partial<ProgrammeFile>, credits: Credit[]): EvaluationCase {
  return {
    programme: programmeOf(file),
    rules: { creditTypes: CREDIT_TYPES, levelSchemes: [], titleRules: readTitleRules({}) },
    ...lotsOf(credits),
    today: TODAY,
    solve,
  };
}

/** The same lots as conversions look at them: nothing was ever converted. */
export function planningBookOf(pack: PolicyPack, { lots, sources, today }: EvaluationCase): PlanningBook {
  return {
    ...{ status: 'active', today, history: [] },
    lots: lots.map(({ lot, version, creditType, validUntil, recognised, buckets }) => ({
      ...{ lot, creditType, validUntil, facts: sources.get(lot)! },
      availableCenti: buckets['available'] ?? 0,
      isWhole: buckets['available'] === recognised,
      roots: [{ entry: version, creditType, category: creditTypeOf(pack, creditType)?.category ?? null }],
    })),
  };
}
