import {
  OUTCOME_CLASSES,
  OUTCOME_ORIGINS,
  type OutcomeClass,
  type OutcomeFacts,
  type OutcomeOrigin,
} from '../../kernel/outcome.js';
import { levelRank, type LevelScheme } from './level-schemes.js';
import { CODE_IN_BANK } from './declared-names.js';
import { undeclaredName, unknownName, type FindMistake, type Mistake } from './mistake.js';
import { CODE, described, object, oneOf, set, shared, type Schema } from './schema-parts.js';

/** Which learning a rule, bucket or cap speaks of. An empty list asks nothing; everything that is asked must hold. */
export interface OutcomePattern {
  origins: OutcomeOrigin[];
  outcomeClasses: OutcomeClass[];
  creditTypes: string[];
  activityTypes: string[];
  items: string[];
  providers: string[];
  /** Lowest level that fits, of the same scheme; null asks nothing. */
  minimumLevel: string | null;
  /** True: only what was assessed. */
  assessedOnly: boolean;
}

/** A pattern as the file writes it. */
export type OutcomePatternFile = Partial<
  Omit<OutcomePattern, 'minimumLevel'> & { minimumLevel: string; assessedOnly: boolean }
>;

export const OUTCOME_PATTERN_SCHEMA: Schema = shared(
  'outcomePattern',
  described(
    object({
      'origins?': described(set(oneOf(OUTCOME_ORIGINS), 1), '来源', 'Where the credit came from'),
      'outcomeClasses?': described(set(oneOf(OUTCOME_CLASSES), 1), '成果类别', 'Class of the outcome'),
      'creditTypes?': described(set(CODE, 1), '学分类型代码', 'Codes of credit types', { example: ['leisure'] }),
      'activityTypes?': described(set(CODE, 1), '活动类型代码', 'Codes of activity types', { example: ['VISIT'] }),
      'items?': described(
        set(CODE_IN_BANK, 1),
        'courses 中声明的课程代码，或成果目录项目、项目内环节的代码',
        'Codes declared under courses, or of items of the outcome catalogue or of programmes',
        { example: ['KC-0001'] },
      ),
      'providers?': described(
        set(CODE_IN_BANK, 1),
        'providers 中声明的办学机构代码；认定的校外成果没有代码，按发证机构名称对应：把该名称声明为 code',
        'Codes declared under providers; a recognised outcome has none and goes by the name of its issuer: declare that name as the code',
        { example: ['SQXY-YZ'] },
      ),
      'minimumLevel?': described(CODE, '最低等级（同一框架内）', 'Lowest level that fits, of the same scheme', {
        example: 'L3',
      }),
      'assessedOnly?': described({ type: 'boolean' }, '只算经过考核的', 'Only what was assessed', {
        example: true,
        default: false,
      }),
    }),
    '所指的学习成果；写明的条件须全部满足，不写即全部',
    'Which learning is meant; everything that is written must hold, nothing written means all',
  ),
);

/** Fits everything. */
export const ANY_OUTCOME: OutcomePattern = {
  origins: [],
  outcomeClasses: [],
  creditTypes: [],
  activityTypes: [],
  items: [],
  providers: [],
  minimumLevel: null,
  assessedOnly: false,
};

/** A pattern with nothing asked where the file says nothing; absent: it fits everything. */
export function readOutcomePattern(file: OutcomePatternFile | undefined): OutcomePattern {
  return { ...ANY_OUTCOME, ...file };
}

/** True when a piece of learning is what the pattern speaks of. A level of another scheme never fits. */
export function matchesOutcome(pattern: OutcomePattern, outcome: OutcomeFacts, schemes: LevelScheme[]): boolean {
  return (
    fits(pattern.origins, outcome.origin) &&
    fits(pattern.outcomeClasses, outcome.outcomeClass) &&
    fits(pattern.creditTypes, outcome.creditType) &&
    fits(pattern.activityTypes, outcome.activityType) &&
    fits(pattern.items, outcome.item) &&
    fits(pattern.providers, outcome.provider) &&
    (!pattern.assessedOnly || outcome.isAssessed) &&
    (pattern.minimumLevel === null || isAtLeast(schemes, outcome.level, pattern.minimumLevel))
  );
}

function fits(allowed: readonly string[], value: string | null): boolean {
  return allowed.length === 0 || (value !== null && allowed.includes(value));
}

/** True when `level` is in the scheme of `minimum` and not below it. */
export function isAtLeast(schemes: LevelScheme[], level: string | null, minimum: string): boolean {
  const asked = levelRank(schemes, minimum);
  const given = level === null ? null : levelRank(schemes, level);
  return asked !== null && given !== null && given.scheme === asked.scheme && given.rank >= asked.rank;
}

/** Names a pattern may use. */
export interface KnownNames {
  creditTypes: Set<string>;
  activityTypes: Set<string>;
  levels: Set<string>;
  /** Courses of the bank that the pack declares. */
  courses: Set<string>;
  /** Those, the items of the outcome catalogue, and the items of programmes: what converted credit is called after. */
  items: Set<string>;
  /** Providers of the bank that the pack declares. */
  providers: Set<string>;
}

/** Names in the pattern at a field that the pack does not know. */
export function patternMistakes(
  wrong: FindMistake,
  field: string,
  pattern: OutcomePattern,
  known: KnownNames,
): Mistake[] {
  const unknown = (names: string[], among: Set<string>) => [...names.entries()].filter(([, name]) => !among.has(name));
  return [
    ...unknown(pattern.creditTypes, known.creditTypes).map(([index, name]) =>
      unknownName(wrong, `${field}/creditTypes/${index}`, 'credit-type', name, known.creditTypes),
    ),
    ...unknown(pattern.activityTypes, known.activityTypes).map(([index, name]) =>
      unknownName(wrong, `${field}/activityTypes/${index}`, 'activity-type', name, known.activityTypes),
    ),
    ...unknown(pattern.items, known.items).map(([index, name]) =>
      undeclaredName(wrong, `${field}/items/${index}`, 'item', name, known.items),
    ),
    ...unknown(pattern.providers, known.providers).map(([index, name]) =>
      undeclaredName(wrong, `${field}/providers/${index}`, 'provider', name, known.providers),
    ),
    ...(pattern.minimumLevel === null || known.levels.has(pattern.minimumLevel)
      ? []
      : [unknownName(wrong, `${field}/minimumLevel`, 'level', pattern.minimumLevel, known.levels)]),
  ];
}
