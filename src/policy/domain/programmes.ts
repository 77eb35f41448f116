import { formatCredit } from '../../kernel/credit.js';
import { CODE_IN_BANK } from './declared-names.js';
import { CATEGORY_SCHEMA, type CreditCategory, type CreditType } from './credit-types.js';
import { duplicates, mistakesIn, undeclaredName, unknownName, type FindMistake, type Mistake } from './mistake.js';
import { bucketMistakes, BUCKETS_SCHEMA, readBucket, type Bucket, type BucketFile } from './buckets.js';
import type { KnownNames } from './outcome-pattern.js';
import { unfitMistakes } from './programme-fit.js';
import {
  PROGRAMME_LIMITS_SCHEMA,
  programmeLimitMistakes,
  readProgrammeLimit,
  readResidency,
  SHARE_SCHEMA,
  type ProgrammeLimit,
  type ProgrammeLimitFile,
  type ShareFile,
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

/** An award: so much credit in all, so much of it in each bucket. */
export interface Programme {
  code: string;
  title: Named;
  category: CreditCategory;
  totalCenti: number;
  /** Credit that is compulsory; what shares "of required" are taken of. The total unless said. */
  requiredCenti: number;
  buckets: Bucket[];
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

/** A programme as the file writes it. */
export interface ProgrammeFile {
  code: string;
  title: Named;
  category: CreditCategory;
  total: string;
  required?: string;
  buckets: BucketFile[];
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
  residency?: ShareFile;
  recencyYears?: number;
  minimumOverlapPercent?: number;
}

export const PROGRAMMES_SCHEMA: Schema = described(
  list(
    object({
      code: CODE,
      title: NAMED,
      category: CATEGORY_SCHEMA,
      total: described(CREDIT, '总学分', 'Credit the award asks for in all', { example: '10' }),
      'required?': described(CREDIT, '必修学分', 'Compulsory credit; the total unless said'),
      buckets: BUCKETS_SCHEMA,
      'items?': described(
        list(
          object({
            code: CODE,
            title: NAMED,
            creditType: CODE,
            credit: CREDIT,
            'required?': described({ type: 'boolean' }, '是否必修', 'Whether it must be done', {
              example: true,
              default: false,
            }),
            'exemptible?': described(
              { type: 'boolean' },
              '可否免修（毕业论文、实践环节通常不可）',
              'Whether an outcome from elsewhere may stand in for it',
              { example: false, default: true },
            ),
            'level?': CODE,
            'courses?': described(
              set(CODE_IN_BANK, 1),
              '即为本环节的课程代码，须在 courses 中声明；不写则为与本代码相同的课程，无须声明',
              'Codes of the courses that are this item, declared under courses; unless said the course with its own code, which needs no declaration',
              { example: ['KC-0001'] },
            ),
          }),
        ),
        '项目内课程与环节',
        'Courses and other items of the programme',
      ),
      'level?': CODE,
      'attempts?': described(
        oneOf(ATTEMPT_POLICIES),
        '同一课程多次修读时计入哪一次',
        'Which of several attempts counts: best, latest or first',
        { example: 'best', default: 'best' },
      ),
      'caps?': described(PROGRAMME_LIMITS_SCHEMA, '计入上限', 'At most so much of some learning'),
      'floors?': described(PROGRAMME_LIMITS_SCHEMA, '计入下限', 'At least so much of some learning'),
      'residency?': described(
        SHARE_SCHEMA,
        '须在本行取得的最低占比',
        'Least share that must be earned at sessions here',
      ),
      'recencyYears?': described(
        integer(1, 100),
        '只算近几年内的学习；不写则不限',
        'Only learning of so many years back; no limit unless said',
        { example: 5 },
      ),
      'minimumOverlapPercent?': described(
        PERCENT,
        '转入本项目的成果，内容须重合的百分比；不写则不问',
        'Least overlap of contents for whatever is converted into the programme; not asked unless said',
        { example: 70 },
      ),
    }),
  ),
  '证书项目：总学分与各类别学分要求',
  'Programmes: the credit an award asks for',
);

/** `creditTypes` give their names to buckets that are written as a bare credit type. */
export function readProgramme(file: ProgrammeFile, creditTypes: { code: string; name: Named }[]): Programme {
  const { code, title, category, total, buckets } = file;
  return {
    code,
    title,
    category,
    totalCenti: centi(total),
    requiredCenti: centi(file.required ?? total),
    buckets: buckets.map((bucket) => readBucket(bucket, creditTypes)),
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
    floors: [
      ...(file.floors ?? []).map(readProgrammeLimit),
      ...(file.residency ? [readResidency(file.residency)] : []),
    ],
    recencyYears: file.recencyYears ?? null,
    minimumOverlapPercent: file.minimumOverlapPercent ?? null,
  };
}

/** Mistakes of meaning in all programmes: buckets, items, limits, protected words, and leisure credit in a degree. */
export function programmeMistakes(
  programmes: Programme[],
  pack: { protectedWords: string[]; creditTypes: CreditType[] },
  known: KnownNames,
): Mistake[] {
  const mistakes = programmes.flatMap((programme, index) => {
    const { code, totalCenti, requiredCenti, level } = programme;
    const wrong = mistakesIn(`/programmes/${index}`, code);
    const found = [...bucketMistakes(programme, index, known), ...unfitMistakes(programme, wrong, known)];
    if (totalCenti === 0) found.push(wrong('total', 'total-zero'));
    if (requiredCenti > totalCenti) found.push(wrong('required', 'required-over-total', formatCredit(totalCenti)));
    if (level !== null && !known.levels.has(level))
      found.push(unknownName(wrong, 'level', 'level', level, known.levels));
    found.push(...itemMistakes(programme, wrong, known), ...programmeLimitMistakes(programme, wrong, known));
    found.push(...leisureMistakes(programme, pack.creditTypes, wrong));
    const guarded = protectedTitle(pack, programme);
    if (guarded) found.push(wrong(`title/${guarded.language}`, 'protected-word', guarded.word));
    return found;
  });
  return [...duplicates('/programmes', programmes), ...mistakes];
}

/** Buckets of a degree programme that accept a leisure type, by name or because they name none. */
function leisureMistakes({ category, buckets }: Programme, types: CreditType[], wrong: FindMistake): Mistake[] {
  if (category !== 'degree') return [];
  const leisure = types.filter((type) => type.category === 'leisure').map(({ code }) => code);
  return buckets.flatMap(({ code, accepts: { creditTypes } }, index) => {
    const accepted = leisure.find((type) => creditTypes.length === 0 || creditTypes.includes(type));
    return accepted === undefined ? [] : [wrong(`buckets/${index}`, 'leisure-in-degree', code, accepted)];
  });
}

/** Items of a programme: codes that stand twice, and names that lead nowhere. */
function itemMistakes({ items }: Programme, wrong: FindMistake, known: KnownNames): Mistake[] {
  const seen = new Set<string>();
  return items.flatMap(({ code, creditType, level, courses }, place) => {
    const at = `items/${place}`;
    const found: Mistake[] = [];
    if (seen.has(code)) found.push(wrong(`${at}/code`, 'code-twice', code));
    seen.add(code);
    if (!known.creditTypes.has(creditType))
      found.push(unknownName(wrong, `${at}/creditType`, 'credit-type', creditType, known.creditTypes));
    if (level !== null && !known.levels.has(level))
      found.push(unknownName(wrong, `${at}/level`, 'level', level, known.levels));
    for (const [index, course] of courses.entries())
      if (course !== code && !known.courses.has(course))
        found.push(undeclaredName(wrong, `${at}/courses/${index}`, 'course', course, known.courses));
    return found;
  });
}

/** The protected word a non-degree programme's title uses, if any (title guard, as New Zealand's rule on names). */
export function protectedWordIn(
  pack: { protectedWords: string[] },
  programme: Pick<Programme, 'category' | 'title'>,
): string | undefined {
  return protectedTitle(pack, programme)?.word;
}

function protectedTitle(
  { protectedWords }: { protectedWords: string[] },
  { category, title }: Pick<Programme, 'category' | 'title'>,
): { word: string; language: keyof Named } | null {
  if (category === 'degree') return null;
  const plain = (text: string) => text.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase();
  for (const word of protectedWords)
    for (const language of ['zh', 'en'] as const)
      if (plain(title[language]).includes(plain(word))) return { word, language };
  return null;
}
