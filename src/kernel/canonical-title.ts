/** Ⅰ–Ⅻ and ⅰ–ⅻ, which NFKC would turn into letters. */
const ROMAN_NUMERALS = /[\u2160-\u216B\u2170-\u217B]/g;

function romanValue(numeral: string): string {
  const code = numeral.charCodeAt(0);
  return String(code - (code >= 0x2170 ? 0x2170 : 0x2160) + 1);
}

const BEFORE =
  '(?<=^|[\\p{Z}\\p{Pd}\\p{Ps}\\p{Pi}\\p{Pe}\\p{Pf}\\p{sc=Han}\\p{sc=Hangul}\\p{sc=Hiragana}\\p{sc=Katakana}])';
const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii'];
const CHINESE = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];
const CHINESE_DIGITS = '〇零一二三四五六七八九十百千万两';

/** I to XII at the end of a title, a word of their own or behind a bracket or a letter of East Asia: Algebra II, 高等数学II. */
const TYPED_ROMAN = new RegExp(`${BEFORE}(${[...ROMAN].reverse().join('|')})(?=[\\p{P}\\p{Z}]*$)`, 'u');

/** 一 to 十二 in the same places, unless the letter before belongs to a larger number, or 一 to a word such as 统一. */
const TYPED_CHINESE = new RegExp(
  `${BEFORE}(?<![${CHINESE_DIGITS}])(十[一二]|[二三四五六七八九十]|(?<![统合唯单专同归周期之划如初其])一)(?=[\\p{P}\\p{Z}]*$)`,
  'u',
);

function withFigures(text: string): string {
  return text
    .replace(TYPED_ROMAN, (numeral) => String(ROMAN.indexOf(numeral) + 1))
    .replace(TYPED_CHINESE, (numeral) => String(CHINESE.indexOf(numeral) + 1));
}

/** Punctuation, spaces and control characters, but not the point of 2.0. */
const BETWEEN_WORDS = /(?!(?<=\d)\.\d)[\p{P}\p{Z}\p{C}]/gu;

/** A last 1 that is an ordinal of its own: not the end of 11, 2021 or 3.1. */
const FIRST_ORDINAL = /(?<![\d.])1[\p{P}\p{Z}]*$/u;

/**
 * Two courses with the same canonical title are likely one course under two spellings (the name rule Korea's credit
 * bank publishes, DOMAIN 1.2 "Duplicate courses"): width, case, spaces, punctuation and 《》 do not count, Ⅱ is 2, and
 * the first of a series is the same as one without a number. At the end of a title
 * typed numerals count as well: II, （二） and 二 are 2. A number at its beginning is part of the title. A person decides; nothing is refused because of it.
 */
export function canonicalTitle(title: string): string {
  return withoutFirst(withFigures(foldedText(title)), BETWEEN_WORDS);
}

/**
 * Form of a title in what is kept for good, such as who claims an outcome: without typed numerals, and 2.0 is 20. It
 * must never change, or what is kept would not be found again.
 */
export function keptTitle(title: string): string {
  return withoutFirst(foldedText(title), /[\p{P}\p{Z}\p{C}]/gu);
}

function withoutFirst(folded: string, between: RegExp): string {
  const bare = (text: string) => text.replace(between, '');
  // A title that is nothing but an ordinal or punctuation stays what it is.
  return bare(folded.replace(FIRST_ORDINAL, '')) || bare(folded) || folded;
}

/** Form of a word as it stands inside canonical titles, where what looks like an ordinal is part of it. */
export function canonicalWord(word: string): string {
  const folded = foldedText(word);
  return folded.replace(BETWEEN_WORDS, '') || folded;
}

function foldedText(text: string): string {
  return text.replace(ROMAN_NUMERALS, romanValue).normalize('NFKC').toLowerCase();
}
