import { CAP_DIMENSIONS, LIMIT_SCHEMA, readLimit, type CapDimension, type Limit, type LimitFile } from './caps.js';
import {
  OUTCOME_PATTERN_SCHEMA,
  readOutcomePattern,
  type OutcomePattern,
  type OutcomePatternFile,
} from './outcome-pattern.js';
import { CODE, described, list, NAMED, object, oneOf, set, type Named, type Schema } from './schema-parts.js';

/** A fraction of a programme's total or of its required credit, rounded down to a hundredth. */
export interface Share {
  unit: 'share';
  numerator: number;
  denominator: number;
  of: 'total' | 'required';
}

/** At most, or at least, so much of some learning within one award (Korea: three certificates, 105 of one institution). */
export interface ProgrammeLimit {
  code: string;
  name: Named;
  limit: Limit | Share;
  /** Counted apart for each of these. */
  each: CapDimension[];
  only: OutcomePattern;
}

export interface ProgrammeLimitFile {
  code: string;
  name: Named;
  limit: LimitFile | { share: string; of: Share['of'] };
  each?: CapDimension[];
  only?: OutcomePatternFile;
}

export const PROGRAMME_LIMITS_SCHEMA: Schema = list(
  object({
    code: CODE,
    name: NAMED,
    limit: {
      oneOf: [
        LIMIT_SCHEMA,
        object({
          share: described(
            { type: 'string', pattern: '^[1-9]\\d{0,3}/[1-9]\\d{0,3}$' },
            '占比，如 1/2',
            'A fraction such as 1/2',
          ),
          of: oneOf(['total', 'required']),
        }),
      ],
    },
    'each?': set(oneOf(CAP_DIMENSIONS), 1),
    'only?': OUTCOME_PATTERN_SCHEMA,
  }),
);

export function readProgrammeLimit({ code, name, limit, each, only }: ProgrammeLimitFile): ProgrammeLimit {
  return { code, name, limit: readShareOrLimit(limit), each: each ?? [], only: readOutcomePattern(only) };
}

function readShareOrLimit(limit: ProgrammeLimitFile['limit']): Limit | Share {
  if (!('share' in limit)) return readLimit(limit);
  const [numerator, denominator] = limit.share.split('/').map(Number) as [number, number];
  return { unit: 'share', numerator, denominator, of: limit.of };
}

/** Hundredths (or a count, or seconds) that a limit of a programme comes to. */
export function programmeLimitAmount(
  programme: { totalCenti: number; requiredCenti: number },
  limit: Limit | Share,
): number {
  if (limit.unit !== 'share') return limit.amount;
  const whole = limit.of === 'total' ? programme.totalCenti : programme.requiredCenti;
  return Math.floor((whole * limit.numerator) / limit.denominator);
}
