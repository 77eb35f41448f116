import { mistakesIn, unknownName, type Mistake } from './mistake.js';
import {
  OUTCOME_PATTERN_SCHEMA,
  patternMistakes,
  readOutcomePattern,
  type KnownNames,
  type OutcomePattern,
  type OutcomePatternFile,
} from './outcome-pattern.js';
import { formatCredit } from '../../kernel/credit.js';
import { centi, CODE, CREDIT, described, list, NAMED, object, type Named, type Schema } from './schema-parts.js';

/** A part of a programme that credit is counted in: major, general, elective, evaluated. */
export interface Bucket {
  code: string;
  name: Named;
  /** Which learning may count here. */
  accepts: OutcomePattern;
  minimumCenti: number;
  /** At most this much counts here; null for no limit. */
  maximumCenti: number | null;
  /** Where credit that this bucket accepts and does not need may count instead; null: it counts here or nowhere (Korea). */
  overflowTo: string | null;
}

/** A bucket as the file writes it: `creditType` alone stands for a bucket of that name that accepts that type. */
export interface BucketFile {
  code?: string;
  name?: Named;
  creditType?: string;
  accepts?: OutcomePatternFile;
  minimum?: string;
  maximum?: string;
  overflowTo?: string;
}

export const BUCKETS_SCHEMA: Schema = described(
  list(
    object({
      'code?': CODE,
      'name?': NAMED,
      'creditType?': described(
        CODE,
        '简写：以学分类型为名、只收该类型的类别',
        'Short for a bucket named after a credit type that accepts that type',
      ),
      'accepts?': OUTCOME_PATTERN_SCHEMA,
      'minimum?': described(CREDIT, '至少多少学分；不写则不要求', 'Least credit; none asked unless said', {
        example: '10',
      }),
      'maximum?': described(
        CREDIT,
        '最多计多少学分，别处转来的也算在内；不写则不限',
        'Most credit that counts here, what came over from another bucket included; no limit unless said',
        { example: '26' },
      ),
      'overflowTo?': described(
        CODE,
        '本类别用不完的学分可计入的另一类别（如选修）',
        'Bucket in which credit that this one does not need may count, such as electives',
      ),
    }),
    1,
  ),
  '学分类别（主修、通识、选修等）及其下限、上限；同一学分只计入一个类别，计入哪个由本行算出最有利的分法',
  'Buckets (major, general, elective …) with least and most credit; no credit counts in two of them, and the bank finds the best way to share it out',
  {
    example: [
      { code: 'major', name: { zh: '主修', en: 'Major' }, accepts: { creditTypes: ['degree'] }, minimum: '60' },
    ],
  },
);

/** A bucket with its defaults filled in; hundredths instead of credit text. */
export function readBucket(file: BucketFile, creditTypes: { code: string; name: Named }[]): Bucket {
  const code = file.code ?? file.creditType ?? '';
  const type = creditTypes.find((each) => each.code === file.creditType);
  const accepts = readOutcomePattern(file.accepts);
  return {
    code,
    name: file.name ?? type?.name ?? { zh: code, en: code },
    accepts: file.creditType === undefined ? accepts : { ...accepts, creditTypes: [file.creditType] },
    minimumCenti: centi(file.minimum ?? '0'),
    maximumCenti: file.maximum === undefined ? null : centi(file.maximum),
    overflowTo: file.overflowTo ?? null,
  };
}

/** Mistakes of meaning in the buckets of one programme. */
export function bucketMistakes(
  { code, buckets, totalCenti }: { code: string; buckets: Bucket[]; totalCenti: number },
  index: number,
  known: KnownNames,
): Mistake[] {
  const wrong = mistakesIn(`/programmes/${index}`, code);
  const names = new Set<string>();
  const found: Mistake[] = buckets.flatMap(({ code: name, accepts, minimumCenti, maximumCenti }, place) => {
    const at = `buckets/${place}`;
    const shortPointer = `/programmes/${index}/${at}/creditType`;
    const mistakes: Mistake[] = patternMistakes(wrong, `${at}/accepts`, accepts, known).map((mistake) =>
      mistake.pointer.includes('/accepts/creditTypes/') ? { ...mistake, shortPointer } : mistake,
    );
    if (name === '') mistakes.push(wrong(at, 'bucket-without-name'));
    else if (names.has(name)) mistakes.push({ ...wrong(`${at}/code`, 'code-twice', name), shortPointer });
    names.add(name);
    if (maximumCenti !== null && maximumCenti < minimumCenti)
      mistakes.push(wrong(`${at}/maximum`, 'bucket-too-small', name, formatCredit(minimumCenti)));
    return mistakes;
  });
  for (const [place, { code: name, overflowTo }] of buckets.entries()) {
    const field = `buckets/${place}/overflowTo`;
    if (overflowTo !== null && !names.has(overflowTo))
      found.push(unknownName(wrong, field, 'bucket', overflowTo, names));
    if (overflowOf(buckets, name).includes(name)) found.push(wrong(field, 'circle-of-buckets', name));
  }
  const minimums = buckets.reduce((sum, { minimumCenti }) => sum + minimumCenti, 0);
  if (totalCenti < minimums) found.push(wrong('total', 'minimums-over-total', formatCredit(minimums)));
  return found;
}

/** Buckets that the surplus of one may go to, nearest first, each once. */
export function overflowOf(buckets: Pick<Bucket, 'code' | 'overflowTo'>[], code: string): string[] {
  const next = (from: string) => buckets.find((bucket) => bucket.code === from)?.overflowTo ?? null;
  const reached: string[] = [];
  for (let to = next(code); to !== null && !reached.includes(to); to = next(to)) reached.push(to);
  return reached;
}
