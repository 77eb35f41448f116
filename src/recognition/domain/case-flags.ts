import { duplicateTitle, type TitleRules } from '../../policy/domain/title-rules.js';
import type { CaseState } from './case-states.js';
import type { RecognitionCase } from './recognition-case.js';

/** What makes a reviewer look twice. A flag decides nothing: people do. */
export const FLAG_CODES = ['evidence-seen-before', 'same-item', 'same-title', 'title-of-passed-course'] as const;
export type FlagCode = (typeof FLAG_CODES)[number];

/** Another case, as far as it is compared. */
export interface OtherCase {
  recognitionId: string;
  /** Of the same person, in whichever of their accounts. */
  isOwn: boolean;
  state: CaseState;
  title: string;
  item: string | null;
}

/** What there is to compare a case with. */
export interface Surroundings {
  /** Other cases of the same person. */
  own: OtherCase[];
  /** Other cases, of anybody, that a file of this case was given in as well. */
  withEvidence: OtherCase[];
  /** Courses the person has passed here. */
  passed: { title: string; entryId: string }[];
}

/** One reason to look twice, and at what. */
export interface CaseFlag {
  code: FlagCode;
  count: number;
  cases: Pick<OtherCase, 'recognitionId' | 'isOwn'>[];
  entries: string[];
}

/** So many are named; the count has all. */
const MOST_NAMED = 20;

/**
 * Flags of a case, in the order of `FLAG_CODES`: a file given in elsewhere, a second case of the person for the same item or
 * the same title, a course passed here under that title. Titles are compared by the rules of the pack. What the person took
 * back themselves raises nothing.
 */
export function flagsOf(
  { content }: Pick<RecognitionCase, 'content'>,
  { own, withEvidence, passed }: Surroundings,
  rules: TitleRules,
): CaseFlag[] {
  const isAlive = ({ isOwn, state }: OtherCase) => !isOwn || state !== 'withdrawn';
  const title = duplicateTitle(rules, content.title);
  const isSame = (other: { title: string }) => duplicateTitle(rules, other.title) === title;
  const cases: [FlagCode, OtherCase[]][] = [
    ['evidence-seen-before', withEvidence],
    ['same-item', own.filter(({ item }) => item !== null && item === content.item)],
    ['same-title', own.filter(isSame)],
  ];
  const flags = cases.map(([code, others]): CaseFlag => {
    const found = others.filter(isAlive);
    const named = found.slice(0, MOST_NAMED).map(({ recognitionId, isOwn }) => ({ recognitionId, isOwn }));
    return { code, count: found.length, cases: named, entries: [] };
  });
  const courses = passed.filter(isSame).map(({ entryId }) => entryId);
  flags.push({ code: 'title-of-passed-course', count: courses.length, cases: [], entries: courses });
  return flags.filter(({ count }) => count > 0);
}
