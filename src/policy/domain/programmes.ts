import { CATEGORY_SCHEMA, type CreditCategory } from './credit-types.js';
import { duplicates, itemMistake, unknownName, type Mistake } from './mistake.js';

import { patternMistakes, type KnownNames } from './outcome-pattern.js';
import {
  PROGRAMME_LIMITS_SCHEMA,
  readProgrammeLimit,
  type ProgrammeLimit,
  type ProgrammeLimitFile,
} from './programme-limits.js';
import {
  centi,
  CODE,
  CREDIT,
  described,
  integer,
  list,
  NAMED,
  object,
  oneOf,
  PERCENT,
  set,
  type Named,
  type Schema,
} from './schema-parts.js';

/** Credit of one type that an award needs at least, hundredths. */
export interface Requirement {
  creditType: string;
  minimumCenti: number;
}

/** A course or piece of work of the programme itself, which an outcome from elsewhere may stand in for. */
export interface ProgrammeItem {
  code: string;
  title: Named;
  creditType: string;
  /** Hundredths it is worth in this programme, whatever the outcome that stands in for it was worth. */
  centi: number;
  isRequired: boolean;
  /** False: it must be done here; thesis, practice and final project usually are (open university, APEL.C). */
  isExemptible: boolean;
  level: string | null;
  /** Courses of this bank that are this item; its own code when none is named. */
  courses: string[];
}

/** Which of several attempts at one course or item counts; they never count together. */
export const ATTEMPT_POLICIES = ['best', 'latest', 'first'] as const;
export type AttemptPolicy = (typeof ATTEMPT_POLICIES)[number];

/** An award: so much credit in all, so much of it of each type. */
export interface Programme {
  code: string;
  title: Named;
  category: CreditCategory;
  totalCenti: number;
  /** Credit that is compulsory; what shares "of required" are taken of. The total unless said. */
  requiredCenti: number;
  requirements: Requirement[];
  items: ProgrammeItem[];
  level: string | null;
  attempts: AttemptPolicy;
  caps: ProgrammeLimit[];
  floors: ProgrammeLimit[];
  /** Years back from today in which credit must have been earned; null asks nothing. */
  recencyYears: number | null;
  /** Least overlap of contents, percent, for an outcome to stand in for an item; null asks nothing. */
  minimumOverlapPercent: number | null;
}

export interface ProgrammeFile {
  code: string;
  title: Named;
  category: CreditCategory;
  total: string;
  required?: string;
  requirements: { creditType: string; minimum: string }[];
  items?: {
    code: string;
    title: Named;
    creditType: string;
    credit: string;
    required?: boolean;
    exemptible?: boolean;
    level?: string;
    courses?: string[];
  }[];
  level?: string;
  attempts?: AttemptPolicy;
  caps?: ProgrammeLimitFile[];
  floors?: ProgrammeLimitFile[];
  recencyYears?: number;
  minimumOverlapPercent?: number;
}

export const PROGRAMMES_SCHEMA: Schema = described(
  list(
    object({
      code: CODE,
      title: NAMED,
      category: CATEGORY_SCHEMA,
      total: CREDIT,
      'required?': described(CREDIT, '必修学分', 'Compulsory credit; the total unless said'),
      requirements: list(object({ creditType: CODE, minimum: CREDIT }), 1),
      'items?': described(
        list(
          object({
            code: CODE,
            title: NAMED,
            creditType: CODE,
            credit: CREDIT,
            'required?': { type: 'boolean' },
            'exemptible?': described(
              { type: 'boolean' },
              '可否免修（毕业论文、实践环节通常不可）',
              'Whether an outcome from elsewhere may stand in for it; yes unless said',
            ),
            'level?': CODE,
            'courses?': set({ type: 'string', minLength: 1, maxLength: 60 }, 1),
          }),
        ),
        '项目内课程与环节',
        'Courses and other items of the programme',
      ),
      'level?': CODE,
      'attempts?': described(
        oneOf(ATTEMPT_POLICIES),
        '同一课程多次修读时计入哪一次',
        'Which of several attempts counts: best (default), latest or first',
      ),
      'caps?': described(PROGRAMME_LIMITS_SCHEMA, '计入上限', 'At most so much of some learning'),
      'floors?': described(PROGRAMME_LIMITS_SCHEMA, '计入下限', 'At least so much of some learning'),
      'recencyYears?': integer(1, 100),
      'minimumOverlapPercent?': PERCENT,
    }),
  ),
  '证书项目：总学分与各类学分要求',
  'Programmes: the credit an award asks for',
);

export function readProgramme(file: ProgrammeFile): Programme {
  const { code, title, category, total, requirements } = file;
  return {
    code,
    title,
    category,
    totalCenti: centi(total),
    requiredCenti: centi(file.required ?? total),
    requirements: requirements.map(({ creditType, minimum }) => ({ creditType, minimumCenti: centi(minimum) })),
    items: (file.items ?? []).map((item) => ({
      code: item.code,
      title: item.title,
      creditType: item.creditType,
      centi: centi(item.credit),
      isRequired: item.required ?? false,
      isExemptible: item.exemptible ?? true,
      level: item.level ?? null,
      courses: item.courses ?? [item.code],
    })),
    level: file.level ?? null,
    attempts: file.attempts ?? 'best',
    caps: (file.caps ?? []).map(readProgrammeLimit),
    floors: (file.floors ?? []).map(readProgrammeLimit),
    recencyYears: file.recencyYears ?? null,
    minimumOverlapPercent: file.minimumOverlapPercent ?? null,
  };
}

export function programmeMistakes(
  programmes: Programme[],
  pack: { protectedWords: string[] },
  known: KnownNames,
): Mistake[] {
  const types = known.creditTypes;
  const mistakes = programmes.flatMap((programme, index) => {
    const { code, requirements, totalCenti } = programme;
    const wrong = (what: string) => itemMistake('programmes', index, code, what);
    const named = requirements.map(({ creditType }) => creditType);
    const found = named
      .filter((creditType) => !types.has(creditType))
      .map((creditType) => unknownName('programmes', index, code, 'credit type', creditType, types));
    if (new Set(named).size < named.length) found.push(wrong('names a credit type twice'));
    const minimum = requirements.reduce((sum, { minimumCenti }) => sum + minimumCenti, 0);
    if (totalCenti < minimum) found.push(wrong('the total is less than the sum of its minimums'));
    if (totalCenti === 0) found.push(wrong('the total is zero'));
    if (programme.requiredCenti > totalCenti) found.push(wrong('more is required than its total'));
    for (const level of [programme.level, ...programme.items.map((item) => item.level)])
      if (level !== null && !known.levels.has(level))
        found.push(unknownName('programmes', index, code, 'level', level, known.levels));
    for (const item of programme.items.filter(({ creditType }) => !types.has(creditType)))
      found.push(unknownName('programmes', index, code, 'credit type', item.creditType, types));
    for (const twice of [programme.items, [...programme.caps, ...programme.floors]].flatMap((items) =>
      duplicates(`programmes/${index}`, items),
    ))
      found.push(wrong(twice.message));
    for (const { only, limit, ...of } of [...programme.caps, ...programme.floors]) {
      found.push(...patternMistakes('programmes', index, code, only, known));
      if (limit.unit === 'share' && limit.numerator > limit.denominator)
        found.push(wrong(`${of.code} is more than the whole`));
    }
    const word = protectedWordIn(pack, programme);
    if (word) found.push(wrong(`the title of a non-degree award may not say ${word}`));
    return found;
  });
  return [...duplicates('programmes', programmes), ...mistakes];
}

/** The protected word a non-degree programme's title uses, if any (title guard, as New Zealand's rule on names). */
export function protectedWordIn(
  pack: { protectedWords: string[] },
  programme: Pick<Programme, 'category' | 'title'>,
): string | undefined {
  if (programme.category === 'degree') return undefined;
  const plain = (text: string) => text.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase();
  const titles = [plain(programme.title.zh), plain(programme.title.en)];
  return pack.protectedWords.find((word) => titles.some((title) => title.includes(plain(word))));
}
