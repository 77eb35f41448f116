import { largestDivisor } from '../../kernel/largest-divisor.js';
import { CREDIT, SHARE, type Named, type Schema } from './schema-parts.js';

/** Text that does not fit, what is odd about it, and the same text as it would fit. */
export interface OddText {
  oddities: Named[];
  /** As it would be written into the file; null where that is not known. */
  right: string | null;
}

/** Quotes that word processors type. */
const CURLY = /[‘’“”„‟‚‛「」『』]/g;

/** What a writer of Chinese types without noticing, and what would fit the shape of the field instead. */
export function oddText(data: unknown, schema: Schema, fits?: (text: string) => boolean): OddText {
  const text = String(data);
  const isCredit = schema['pattern'] === CREDIT['pattern'];
  const isNegative = /^\s*[-－−–]\s*\d/.test(text.normalize('NFKC'));
  const oddities: Named[] = [];
  if (text.search(CURLY) >= 0) oddities.push({ zh: '弯引号也算作文字', en: 'curly quotes are part of the text' });
  if (/[\uFF01-\uFF5E\u3000]/.test(text)) oddities.push({ zh: '含有全角字符', en: 'has full-width characters' });
  if (/^\s|\s$/.test(text)) oddities.push({ zh: '首尾有空格', en: 'begins or ends with a space' });
  if (isCredit && isNegative) oddities.push({ zh: '学分不能为负', en: 'credit is never below zero' });
  const plain = plainText(text);
  if (schema['pattern'] === SHARE['pattern']) return { oddities, right: shareOf(plain) };
  const bare = isCredit ? plain.replace(/^[-−–]\s*/, '').replace(/\s*(?:学分|分|credits?)$/i, '') : plain;
  const pattern = typeof schema['pattern'] === 'string' ? schema['pattern'] : '^(?!)';
  const isRight = bare !== text && (fits?.(bare) ?? new RegExp(pattern, 'u').test(bare));
  return { oddities, right: isRight && bare !== '' ? `'${bare}'` : null };
}

/** Text in plain characters, without quotes and spaces around it. */
export function plainText(text: string): string {
  return text.normalize('NFKC').replaceAll(CURLY, '').replaceAll(/["']/g, '').trim();
}

/** `0.45`, `45%` and `1 : 2` as a fraction in its lowest terms; null for what is none, or less than a four-digit one says. */
function shareOf(plain: string): string | null {
  const pair = /^(\d{1,9})\s*[/:⁄∕]\s*(\d{1,9})$/.exec(plain);
  const number = /^(\d{0,9})(?:\.(\d{1,9}))?\s*(%?)$/.exec(plain);
  let [over, under] = [0, 1];
  if (pair) [over, under] = [Number(pair[1]), Number(pair[2])];
  else if (number) {
    const decimals = number[2] ?? '';
    over = Number(`${number[1]}${decimals}`);
    // 45 is 45 percent; 1 is all of it.
    const isPercent = number[3] === '%' || (decimals === '' && over > 1);
    under = 10 ** decimals.length * (isPercent ? 100 : 1);
  }
  const common = largestDivisor(over, under) || 1;
  [over, under] = [over / common, under / common];
  return over >= 1 && under >= 1 && over <= 9_999 && under <= 9_999 ? `'${over}/${under}'` : null;
}

/** What is wrong, and what is odd about the text. */
export function withOddities({ zh, en }: Named, { oddities }: OddText): Named {
  return {
    zh: [zh, ...oddities.map((odd) => odd.zh)].join('，'),
    en: [en, ...oddities.map((odd) => odd.en)].join(', '),
  };
}

/** The text as it would fit, as a suggestion. */
export function rightText({ right }: OddText): Named | undefined {
  return right === null ? undefined : { zh: `写作 ${right}`, en: `write ${right}` };
}

/** What parts the entries of a list for a writer, and none of which a word or code of a list has inside. */
const BETWEEN_WORDS = /[、，,;；]+/;

/** Words of a list that was written as one text, `【学历、学位】`; null for a single word. */
export function joinedWords(text: string): string[] | null {
  const bare = text.replaceAll(/[【】[\]［］]/g, '').split(BETWEEN_WORDS);
  const words = bare.map((word) => plainText(word)).filter((word) => word !== '');
  return words.length > 1 || (words.length === 1 && /[【】[\]［］]/.test(text)) ? words : null;
}

/** `minutes：480` or `minutes:480`: a field whose colon parts nothing, and any that follow in its text; null for other text. */
export function colonWrong(text: string, known: string[]): { isWide: boolean; fields: string[]; right: string } | null {
  const parts = text
    .split(/[，,]\s*(?=[A-Za-z]\w*\s*[：:])/)
    .map((part) => /^\s*([A-Za-z]\w*)\s*([：:])\s*(.*)$/s.exec(part));
  const fields = parts.flatMap((part) => (part ? [part[1]!] : []));
  if (fields.length < parts.length || !fields.every((field) => known.includes(field))) return null;
  return {
    isWide: parts.some((part) => part![2] === '：'),
    fields,
    right: parts.map((part) => `${part![1]}: ${part![3]}`.trimEnd()).join(', '),
  };
}
