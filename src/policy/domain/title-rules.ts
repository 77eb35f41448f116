import { canonicalTitle, canonicalWord, keptTitle } from '../../kernel/canonical-title.js';
import { mistakeAt, type Mistake } from './mistake.js';
import { described, list, object, oneOf, set, type Schema } from './schema-parts.js';

/** When two titles name the same course (Korea's credit bank publishes such rules; DOMAIN 1.2). */
export interface TitleRules {
  /** Particles that do not count, such as 的 or 의. */
  ignoredParticles: string[];
  /** Words that mean the same: an abbreviation and its full name. Each group is one word. */
  sameWords: string[][];
  /** Near-synonyms: both courses count, but only one of them towards a required item. */
  substitutes: string[][];
  /** Passing or recognising what has the title of something passed or recognised before: refused, or let in (programmes count one anyway). */
  whenDuplicate: 'refuse' | 'allow';
}

/** Title rules as the file writes them: what is left out is empty. */
export type TitleRulesFile = Partial<TitleRules>;

const WORDS = list(set({ type: 'string', minLength: 1 }, 2));

export const TITLE_RULES_SCHEMA: Schema = described(
  object({
    'ignoredParticles?': described(
      set({ type: 'string', minLength: 1 }),
      '跟在字词后面而不计的字样，如“的”“(上)”；先去掉这些，再去掉标点，全角半角一样',
      'What does not count behind a word, such as 的 or (上); taken away before punctuation is, in any width',
      { example: ['的', '(上)'], default: [] },
    ),
    'sameWords?': described(
      WORDS,
      '同义词组（缩写与全称），每组视为一词',
      'Groups of words that mean the same, such as an abbreviation and its full name',
      { example: [['EDPS', '电子数据处理系统']], default: [] },
    ),
    'substitutes?': described(
      WORDS,
      '相近词：可并计，但必修只计一门',
      'Near-synonyms: both courses count, but only one towards a required item',
      { example: [['概论', '导论', '入门']], default: [] },
    ),
    'whenDuplicate?': described(
      oneOf(['refuse', 'allow']),
      '已通过同名课程、或已认定同名成果时，再登记结业或再认定：拒绝或允许（默认允许）；拒绝的，也不能为提高成绩重修',
      'A course passed, or an outcome recognised, under a title already passed or recognised: refuse or allow (default); where it is refused nobody can take it again for a better mark',
    ),
  }),
  '课程名称规范化规则。宽度、大小写、空格和标点一律不计（2.0 的小数点除外）；名称末尾的 1、Ⅰ、I、一（或加括号）也不计，高等数学1 就是高等数学；末尾的 Ⅱ、II、二、（二）就是 2，到十二为止；名称开头的序号照算，“1.书法”不是“书法”',
  'Rules for titles. Width, case, spaces and punctuation never count (but for the point of 2.0), nor does a 1, Ⅰ, I or 一 at the end, in brackets or not: 高等数学1 is 高等数学. At the end Ⅱ, II, 二 and （二） are 2, up to twelve. A number at the beginning counts: 1.书法 is not 书法',
);

/** Title rules with nothing ignored, dropped or replaced where the file says nothing. */
export function readTitleRules(file: TitleRulesFile = {}): TitleRules {
  return {
    ignoredParticles: file.ignoredParticles ?? [],
    sameWords: file.sameWords ?? [],
    substitutes: file.substitutes ?? [],
    whenDuplicate: file.whenDuplicate ?? 'allow',
  };
}

/** Words that stand in two groups of one kind: which group they become would depend on the order of the groups. */
export function titleRuleMistakes(rules: TitleRules): Mistake[] {
  return (['sameWords', 'substitutes'] as const).flatMap((kind) => {
    const groupOf = new Map<string, number>();
    return rules[kind].flatMap((words, group) =>
      words.flatMap((word, index) => {
        const name = canonicalTitle(word);
        const first = groupOf.get(name) ?? group;
        groupOf.set(name, first);
        return first === group ? [] : [mistakeAt(`/titleRules/${kind}/${group}/${index}`, 'words-shared', word)];
      }),
    );
  });
}

/** Form of a title under which duplicates meet: two courses with the same one are the same course. */
export function duplicateTitle(rules: TitleRules, title: string): string {
  return replaceWords(rules.sameWords, canonicalTitle(withoutParticles(rules, title)));
}

/** Form of a title in what says for good who has an outcome: that of `duplicateTitle`, but typed numerals are letters. */
export function claimedTitle(rules: TitleRules, title: string): string {
  return replaceWords(rules.sameWords, keptTitle(withoutParticles(rules, title)), keptTitle);
}

/**
 * The first of some outcomes that is the same one as `title`, where the pack refuses a second one of a title; null where
 * there is none, or where the pack lets it in. The one rule for courses passed here and for outcomes of elsewhere.
 */
export function refusedDuplicate<T extends { title: string }>(rules: TitleRules, title: string, held: T[]): T | null {
  if (rules.whenDuplicate !== 'refuse') return null;
  const same = duplicateTitle(rules, title);
  return held.find((other) => duplicateTitle(rules, other.title) === same) ?? null;
}

/** Form under which near-synonyms meet as well. */
export function substituteTitle(rules: TitleRules, title: string): string {
  return replaceWords(rules.substitutes, duplicateTitle(rules, title));
}

/**
 * A particle counts behind a letter or digit, in any width: 의학 is medicine, 교육의 이해 is understanding education; （上）is
 * the same as (上).
 */
function withoutParticles({ ignoredParticles }: TitleRules, title: string): string {
  return ignoredParticles.reduce(
    (text, particle) => text.replaceAll(new RegExp(`(?<=[\\p{L}\\p{N}])(${bothWidths(particle).join('|')})`, 'gu'), ''),
    title,
  );
}

/** Patterns of a text as it is and in full width: `\\(上\\)` and `（上）`. */
function bothWidths(text: string): string[] {
  const narrow = text.normalize('NFKC');
  const wide = narrow.replaceAll(/[!-~]/g, (letter) => String.fromCodePoint(letter.codePointAt(0)! + FULL_WIDTH));
  return [text, narrow, wide].map(escaped);
}

/** From the letters of ASCII to their full-width forms. */
const FULL_WIDTH = 0xfee0;

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Every word of a group becomes its shortest one. */
function replaceWords(groups: string[][], text: string, form = canonicalTitle): string {
  return groups.reduce((result, words) => {
    const forms = words.map(form).sort((a, b) => b.length - a.length);
    const shortest = forms.at(-1)!;
    // A word that ends like a numeral has one form at the end of a title and one inside.
    const inside = form === canonicalTitle ? words.map(canonicalWord) : [];
    const longestFirst = [...new Set([...inside, ...forms])].sort((a, b) => b.length - a.length);
    return longestFirst.reduce((sofar, word) => sofar.replaceAll(word, shortest), result);
  }, text);
}
