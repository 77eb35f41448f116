import { LIMIT_SCHEMA } from './cap-schema.js';
import { CAP_DIMENSIONS, LIMIT_FIELDS, readLimit, type CapDimension, type Limit, type LimitFile } from './caps.js';
import type { FindMistake, Mistake } from './mistake.js';
import {
  OUTCOME_PATTERN_SCHEMA,
  patternMistakes,
  readOutcomePattern,
  type KnownNames,
  type OutcomePattern,
  type OutcomePatternFile,
} from './outcome-pattern.js';
import { CODE, described, list, NAMED, object, oneOf, set, SHARE, type Named, type Schema } from './schema-parts.js';

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

/** A share as the file writes it: `{ share: 1/2, of: total }`. */
export interface ShareFile {
  share: string;
  of: Share['of'];
}

/** A cap or floor of a programme as the file writes it. */
export interface ProgrammeLimitFile {
  code: string;
  name: Named;
  limit: LimitFile | ShareFile;
  each?: CapDimension[];
  only?: OutcomePatternFile;
}

export const SHARE_SCHEMA: Schema = object({
  share: described(
    SHARE,
    '占比，写成分数，如 1/2 或 9/20；不写小数与百分数',
    'A fraction such as 1/2 or 9/20; no decimal or percentage',
    { example: '1/2' },
  ),
  of: described(oneOf(['total', 'required']), '总学分或必修学分之', 'Of the total or of the required credit', {
    example: 'total',
  }),
});

export const PROGRAMME_LIMITS_SCHEMA: Schema = list(
  object({
    code: CODE,
    name: NAMED,
    limit: described(
      { oneOf: [LIMIT_SCHEMA, SHARE_SCHEMA] },
      '限额：学分 { credit }、个数 { count } 或占比 { share, of }；项目不计分钟',
      'How much: { credit }, { count } or { share, of }; a programme counts no minutes',
      { example: { share: '1/2', of: 'total' } },
    ),
    'each?': described(set(oneOf(CAP_DIMENSIONS), 1), '分别计算的维度', 'Counted apart for each of these', {
      example: ['provider'],
    }),
    'only?': OUTCOME_PATTERN_SCHEMA,
  }),
);

/** A cap or floor with its defaults filled in; hundredths instead of credit text. */
export function readProgrammeLimit({ code, name, limit, each, only }: ProgrammeLimitFile): ProgrammeLimit {
  return { code, name, limit: readShareOrLimit(limit), each: each ?? [], only: readOutcomePattern(only) };
}

function readShareOrLimit(limit: ProgrammeLimitFile['limit']): Limit | Share {
  return 'share' in limit ? readShare(limit) : readLimit(limit);
}

function readShare({ share, of }: ShareFile): Share {
  const [numerator, denominator] = share.split('/').map(Number) as [number, number];
  return { unit: 'share', numerator, denominator, of };
}

/** Code of the floor that `residency` is, and the field that says it. */
const RESIDENCY = 'residency';

/** Least part earned here is a floor like any other: credit of sessions held in this bank. */
export function readResidency(share: ShareFile): ProgrammeLimit {
  return {
    code: RESIDENCY,
    name: { zh: '在本行取得的学分', en: 'Credit earned here' },
    limit: readShare(share),
    each: [],
    only: readOutcomePattern({ origins: ['attendance'] }),
  };
}

/** Mistakes of meaning in the caps and floors of one programme; `wrong` finds them in its entry. */
export function programmeLimitMistakes(
  { caps, floors }: { caps: ProgrammeLimit[]; floors: ProgrammeLimit[] },
  wrong: FindMistake,
  known: KnownNames,
): Mistake[] {
  const placed = [
    ...caps.map((limit, index) => ({ ...limit, at: `caps/${index}` })),
    // The share earned here is a floor that the file writes apart.
    ...floors.map((limit, index) => ({ ...limit, at: limit.code === RESIDENCY ? RESIDENCY : `floors/${index}` })),
  ];
  const seen = new Set<string>();
  return placed.flatMap(({ code, limit, each, only, at }) => {
    const found = patternMistakes(wrong, `${at}/only`, only, known);
    if (seen.has(code)) found.push(wrong(`${at}/code`, 'code-twice', code));
    seen.add(code);
    if (limit.unit === 'share' && limit.numerator > limit.denominator)
      found.push(wrong(at === RESIDENCY ? `${at}/share` : `${at}/limit/share`, 'share-over-whole', code));
    if (limit.unit === 'second') found.push(wrong(`${at}/${LIMIT_FIELDS.second}`, 'time-of-programme', code));
    if (at.startsWith('floors/') && each.length > 0) found.push(wrong(`${at}/each`, 'floor-each', code));
    return found;
  });
}

/** Hundredths, or a count, that a limit of a programme comes to. A cap's share is rounded down, a floor's up. */
export function programmeLimitAmount(
  programme: { totalCenti: number; requiredCenti: number },
  limit: Limit | Share,
  rounding: 'down' | 'up' = 'down',
): number {
  if (limit.unit !== 'share') return limit.amount;
  const whole = limit.of === 'total' ? programme.totalCenti : programme.requiredCenti;
  const exact = (whole * limit.numerator) / limit.denominator;
  return rounding === 'down' ? Math.floor(exact) : Math.ceil(exact);
}
