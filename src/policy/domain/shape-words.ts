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

const UTF8: Named = { zh: '另存为 UTF-8', en: 'save it as UTF-8' };
const ONE_OF_THEM: Named = { zh: '只写其中一个', en: 'write one of them' };

/** Mistakes of shape and of the file itself. */
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
  'type-wrong': (types: string[], right: string | null, sample: string) => ({
    zh: `必须是${types.map((type) => TYPES[type]?.zh ?? type).join('或')}`,
    en: `must be ${types.map((type) => TYPES[type]?.en ?? type).join(' or ')}`,
    right: right === null ? suchAs(sample) : { zh: `写作 ${right}`, en: `write ${right}` },
  }),
  'value-unknown': (allowed: string[], near?: string) => ({
    zh: `只能是下列之一：${allowed.join('、')}`,
    en: `must be one of: ${allowed.join(', ')}`,
    right: meant(near) ?? suchAs(allowed[0] ?? '—'),
  }),
  'day-wrong': (near?: string) => ({
    zh: '不是真实的日期',
    en: 'is no day of the calendar',
    right: meant(near && `'${near}'`) ?? { zh: "写作 '2024-09-01'", en: "YYYY-MM-DD: '2024-09-01'" },
  }),
  'month-day-wrong': () => ({
    zh: '不是每年都有的月日',
    en: 'is no day of every year',
    right: { zh: "写作 '09-01'", en: "MM-DD: '09-01'" },
  }),
  'code-wrong': () => ({
    zh: '代码的写法不符',
    en: 'is not written as a code',
    right: {
      zh: '英文字母开头，只含字母、数字、- 与 _，最多 40 个字符',
      en: 'letters, digits, - and _, a letter first, at most 40',
    },
  }),
  'credit-wrong': () => ({
    zh: '学分的写法不符',
    en: 'is not written as credit',
    right: { zh: "最多两位小数，加引号：'0.50'", en: "at most two decimals, in quotes: '0.50'" },
  }),
  'text-wrong': (pattern: string, example?: string) => ({
    zh: example === undefined ? `写法不符（${pattern}）` : '写法不符',
    en: example === undefined ? `must match the pattern ${pattern}` : 'is not written as it must be',
    right:
      example === undefined
        ? { zh: '写法见规则包参考手册', en: 'the reference of packs shows how it is written' }
        : suchAs(example),
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
  'file-too-large': (mostBytes: number) => ({
    zh: `文件超过 ${mostBytes} 字节`,
    en: `the file is larger than ${mostBytes} bytes`,
    right: { zh: '去掉不属于规则的内容', en: 'leave out what is no rule' },
  }),
  'file-not-utf8': () => ({ zh: '文件不是 UTF-8 编码', en: 'the file is not UTF-8 text', right: UTF8 }),
  'file-utf16': () => ({ zh: '文件是 UTF-16 编码', en: 'the file is UTF-16 text', right: UTF8 }),
  'file-empty': () => ({
    zh: '文件是空的',
    en: 'the file is empty',
    right: { zh: '从参考手册的最小示例开始', en: 'begin with the minimal example of the reference' },
  }),
  'alias-unknown': (alias: string) => ({
    zh: `别名 *${alias} 之前没有 &${alias}`,
    en: `the alias *${alias} has no anchor before it`,
    right: { zh: `要写文字就加引号：'*${alias}'`, en: `in quotes if it is text: '*${alias}'` },
  }),
  'alias-in-itself': (alias: string) => ({
    zh: `别名 *${alias} 写在它所重复的内容里`,
    en: `the alias *${alias} stands inside what it repeats`,
    right: { zh: '直接写出内容', en: 'write the content out' },
  }),
  'aliases-too-large': () => ({
    zh: '别名展开后过大',
    en: 'the aliases unfold to too much',
    right: { zh: '直接写出内容', en: 'write the content out' },
  }),
  // The YAML itself, by the codes of its reader.
  'yaml-field-twice': (field: string) => ({
    zh: `同一字段写了两次：${field}`,
    en: `the field ${field} stands twice`,
    right: { zh: '去掉一个', en: 'leave one out' },
  }),
  'yaml-tab': () => ({
    zh: '缩进不能用制表符',
    en: 'a tab cannot indent',
    right: { zh: '改用空格', en: 'use spaces' },
  }),
  'yaml-many-documents': () => ({
    zh: '一个文件只能有一份规则包',
    en: 'a file has one pack',
    right: { zh: '去掉多余的 --- 及其后的内容', en: 'leave out the further --- and what follows it' },
  }),
  'yaml-indent': () => ({
    zh: '缩进不一致，或缺少结尾的括号',
    en: 'the indentation is not that of its level, or a closing bracket is missing',
    right: { zh: '同一层的字段对齐，括号成对', en: 'fields of one level begin in one column, brackets come in pairs' },
  }),
  'yaml-mapping-in-line': () => ({
    zh: '一行里不能连写两个“字段: ”',
    en: 'one line cannot have two mappings',
    right: { zh: '换行缩进，或给含冒号的文字加引号', en: 'begin a new line, or put text with a colon in quotes' },
  }),
  'yaml-bracket-or-quote': () => ({
    zh: '引号、括号、逗号或冒号缺失',
    en: 'a quote, bracket, comma or colon is missing',
    right: { zh: '补上结尾', en: 'put it at the end' },
  }),
  'yaml-tag': () => ({
    zh: '不认识的标记（以 ! 开头）',
    en: 'there is no such tag',
    right: { zh: '去掉标记，或给文字加引号', en: 'leave the tag out, or put the text in quotes' },
  }),
  'yaml-alias': () => ({
    zh: '别名或锚点写法有误',
    en: 'an alias or anchor is not written right',
    right: { zh: '去掉，或给文字加引号', en: 'leave it out, or put the text in quotes' },
  }),
  'yaml-escape': () => ({
    zh: '双引号中的 \\ 写法有误',
    en: 'the \\ in double quotes is not written right',
    right: { zh: '改用单引号', en: 'use single quotes' },
  }),
  'yaml-key': () => ({
    zh: '字段名写法有误',
    en: 'the name of a field is not written right',
    right: { zh: '字段名是一行内的普通文字', en: 'a name is plain text on one line' },
  }),
  'yaml-text': () => ({
    zh: '文字不能以这个符号开头',
    en: 'text cannot begin with this sign',
    right: { zh: '加引号', en: 'put it in quotes' },
  }),
  'yaml-directive': () => ({
    zh: '不认识的 % 指令',
    en: 'there is no such % directive',
    right: { zh: '去掉它', en: 'leave it out' },
  }),
  'yaml-unexpected': () => ({
    zh: '此处的写法读不懂',
    en: 'what stands here cannot be read',
    right: { zh: '核对冒号、括号与缩进', en: 'look at colons, brackets and indentation' },
  }),
} satisfies Record<string, (...parts: never[]) => Sentence>;

const COUNTED = { items: '项', characters: '个字符', fields: '个字段' };
