import { rightText, withOddities, type OddText } from './odd-text.js';
import { flowText } from './sample-value.js';
import type { Named } from './schema-parts.js';

/** What is wrong, and what would be right: a kind of mistake that does not say so does not compile. */
export interface Sentence extends Named {
  right: Named;
}

/** `did you mean leisure?`, or nothing where no known name is near. */
export function meant(name: string | undefined): Named | undefined {
  return name === undefined ? undefined : { zh: `是不是要写 ${name}`, en: `did you mean ${name}?` };
}

/** A suggestion that is written into the file as it stands. */
export function write(text: string): Named {
  return { zh: `写作 ${text}`, en: text };
}

/** `such as '1.00'`. */
function suchAs(sample: string): Named {
  return { zh: `例如 ${sample}`, en: `such as ${sample}` };
}

/** The range a number must lie in, as far as it is known: its bound, or both of them. */
function rightNumber(comparison: string, limit: number, other: number | null): Named {
  if (other !== null) {
    const [from, to] = [limit, other].sort((a, b) => a - b);
    return comparison.endsWith('=')
      ? { zh: `写 ${from} 到 ${to}，最接近的是 ${limit}`, en: `from ${from} to ${to}; the nearest is ${limit}` }
      : { zh: `写 ${from} 到 ${to} 之间的数，不含 ${limit}`, en: `from ${from} to ${to}, but not ${limit}` };
  }
  if (comparison === '>=') return { zh: `最小写 ${limit}`, en: `${limit} or more` };
  if (comparison === '<=') return { zh: `最大写 ${limit}`, en: `${limit} or less` };
  const isAbove = comparison === '>';
  return isAbove
    ? { zh: `写大于 ${limit} 的数，如 ${limit + 1}`, en: `a number above ${limit}, such as ${limit + 1}` }
    : { zh: `写小于 ${limit} 的数，如 ${limit - 1}`, en: `a number below ${limit}, such as ${limit - 1}` };
}

const TYPES: Record<string, Named> = {
  integer: { zh: '整数', en: 'a whole number' },
  number: { zh: '数字', en: 'a number' },
  string: { zh: '文字', en: 'text' },
  boolean: { zh: 'true 或 false', en: 'true or false' },
  array: { zh: '列表', en: 'a list' },
  object: { zh: '映射（字段: 值）', en: 'a mapping (field: value)' },
  null: { zh: '空', en: 'null' },
};

const ONE_OF_THEM: Named = { zh: '只写其中一个', en: 'write one of them' };

/** Mistakes of shape: values that no pack may have in their place. */
export const SHAPE_WORDS = {
  'field-unknown': (field: string, known: string[], near?: string) => ({
    zh: `没有这个字段：${field}`,
    en: `there is no field ${field}`,
    right: meant(near) ?? {
      zh: `去掉它；这里可以写 ${known.join('、')}`,
      en: `leave it out; fields here are ${known.join(', ')}`,
    },
  }),
  'field-missing': (field: string) => ({
    zh: `缺少字段 ${field}`,
    en: `the field ${field} is missing`,
    right: { zh: `补写 ${field}`, en: `write ${field}` },
  }),
  /** `right` is the same value in the right type; without one `sample` shows how such a value is written. */
  'type-wrong': (types: string[], right: string | null, sample: string, odd: Named[] = []) => ({
    ...withOddities(
      {
        zh: `必须是${types.map((type) => TYPES[type]?.zh ?? type).join('或')}`,
        en: `must be ${types.map((type) => TYPES[type]?.en ?? type).join(' or ')}`,
      },
      { oddities: odd, right: null },
    ),
    right: right === null ? suchAs(sample) : { zh: `写作 ${right}`, en: `write ${right}` },
  }),
  'value-unknown': (allowed: string[], near?: string) => ({
    zh: `只能是下列之一：${allowed.join('、')}`,
    en: `must be one of: ${allowed.join(', ')}`,
    right: meant(near) ?? suchAs(allowed[0] ?? '—'),
  }),
  'day-wrong': (near: string | undefined, odd: OddText) => ({
    ...withOddities({ zh: '不是真实的日期', en: 'is no day of the calendar' }, odd),
    right: meant(near && `'${near}'`) ?? { zh: "写作 '2024-09-01'", en: "YYYY-MM-DD: '2024-09-01'" },
  }),
  'month-day-wrong': (odd: OddText) => ({
    ...withOddities({ zh: '不是每年都有的月日', en: 'is no day of every year' }, odd),
    right: rightText(odd) ?? { zh: "写作 '09-01'", en: "MM-DD: '09-01'" },
  }),
  'code-wrong': (odd: OddText) => ({
    ...withOddities({ zh: '代码的写法不符', en: 'is not written as a code' }, odd),
    right: rightText(odd) ?? {
      zh: '英文字母开头，只含字母、数字、- 与 _，最多 40 个字符',
      en: 'letters, digits, - and _, a letter first, at most 40',
    },
  }),
  'credit-wrong': (odd: OddText) => ({
    ...withOddities({ zh: '学分的写法不符', en: 'is not written as credit' }, odd),
    right: rightText(odd) ?? { zh: "最多两位小数，加引号：'0.50'", en: "at most two decimals, in quotes: '0.50'" },
  }),
  'share-wrong': (odd: OddText) => ({
    ...withOddities({ zh: '占比的写法不符', en: 'is not written as a fraction' }, odd),
    right: rightText(odd) ?? suchAs('1/2'),
  }),
  'text-wrong': (pattern: string, odd: OddText, example?: string) => ({
    ...withOddities(
      example === undefined
        ? { zh: `写法不符（${pattern}）`, en: `must match the pattern ${pattern}` }
        : { zh: '写法不符', en: 'is not written as it must be' },
      odd,
    ),
    right:
      rightText(odd) ??
      (example === undefined
        ? { zh: '写法见规则包参考手册', en: 'the reference of packs shows how it is written' }
        : suchAs(example)),
  }),
  /** One entry of a list in which several were meant. */
  'words-joined': (words: string[]) => ({
    zh: '列表的一项里写了分隔符，几项会被当成一项',
    en: 'is one entry of a list with a separator inside, so several would be read as one',
    right: {
      zh: `每个词单独一项：[${words.map(flowText).join(', ')}]`,
      en: `each an item of its own: [${words.map(flowText).join(', ')}]`,
    },
  }),
  /** `minutes：480` or `minutes:480` in braces: a name without a value. */
  'colon-wrong': (isWide: boolean, right: string) => ({
    zh: isWide ? '用了全角冒号“：”' : '冒号后面缺一个空格',
    en: isWide ? 'has a full-width colon ：' : 'has no space after its colon',
    right: write(right),
  }),
  /** `other` is the bound at the other end, where there is one. */
  'number-out-of-range': (comparison: string, limit: number, other: number | null) => ({
    zh: `必须 ${comparison} ${limit}`,
    en: `must be ${comparison} ${limit}`,
    right: rightNumber(comparison, limit, other),
  }),
  'too-few-items': (least: number, sample: string) => ({
    zh: `至少要有 ${least} 项`,
    en: `must have at least ${least} item${least === 1 ? '' : 's'}`,
    right: { zh: `补上，例如 ${sample}`, en: `add one, such as ${sample}` },
  }),
  'too-few': (least: number, what: 'characters' | 'fields', known: string[] = []) => ({
    zh: `至少要有 ${least} ${COUNTED[what]}`,
    en: `must have at least ${least} ${what}`,
    right:
      what === 'fields'
        ? { zh: `补写其中一个：${known.join('、')}`, en: `write one of ${known.join(', ')}` }
        : { zh: '写上内容；没有可写的就去掉这一项', en: 'write what it says, or leave it out where it says nothing' },
  }),
  'too-many': (most: number, what: 'items' | 'characters' | 'fields', known: string[] = []) => ({
    zh: `最多 ${most} ${COUNTED[what]}`,
    en: `must have at most ${most} ${what}`,
    right: {
      zh: `只留 ${most} ${COUNTED[what]}${known.length === 0 ? '' : `：${known.join('、')}`}`,
      en: `keep ${most} ${known.length === 0 ? what : `of ${known.join(', ')}`}`,
    },
  }),
  'item-twice': (first: number) => ({
    zh: `与列表第 ${first + 1} 项相同`,
    en: `is the same as item ${first + 1} of the list`,
    right: { zh: '去掉一项', en: 'leave one out' },
  }),
  'fields-exclusive': (fields: string[]) => ({
    zh: `${fields.join(' 与 ')} 不能同写`,
    en: `cannot have both ${fields.join(' and ')}`,
    right: ONE_OF_THEM,
  }),
  'forms-ambiguous': () => ({ zh: '须符合其中一种写法', en: 'must have exactly one of its forms', right: ONE_OF_THEM }),
  'shape-wrong': (said: string) => ({
    zh: '写法不符',
    en: said,
    right: { zh: '写法见规则包参考手册', en: 'the reference of packs shows how it is written' },
  }),
  'number-form': (text: string, plain: string | null) => ({
    zh: `${text} 不是普通写法的数字`,
    en: `${text} is not plainly written as a number`,
    right:
      plain === null || plain === text
        ? { zh: `要写文字就加引号：'${text}'`, en: `if it is text, in quotes: '${text}'` }
        : {
            zh: `写作 ${plain}；要写文字就加引号：'${text}'`,
            en: `write ${plain}, or in quotes if it is text: '${text}'`,
          },
  }),
  'text-damaged': () => ({
    zh: '含有乱码或控制字符',
    en: 'has damaged or control characters',
    right: { zh: '重新输入这段文字', en: 'type the text again' },
  }),
  'nested-too-deeply': () => ({
    zh: '嵌套过深',
    en: 'is nested too deeply',
    right: { zh: '规则包没有这么深的结构', en: 'no part of a pack is that deep' },
  }),
} satisfies Record<string, (...parts: never[]) => Sentence>;

const COUNTED = { items: '项', characters: '个字符', fields: '个字段' };
