import type { Named } from './schema-parts.js';
import { write, type Sentence } from './shape-words.js';

const UTF8: Named = { zh: '另存为 UTF-8', en: 'save it as UTF-8' };

/** Mistakes of the file itself and of its YAML. */
export const FILE_WORDS = {
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
  // What is typed by mistake in the YAML: the file is read on as if it were right.
  'yaml-colon-wide': (line: string) => ({
    zh: '用了全角冒号“：”',
    en: 'a full-width colon ：is no colon of YAML',
    right: write(line),
  }),
  'yaml-colon-space': (line: string) => ({
    zh: '冒号后面缺一个空格',
    en: 'there is no space after the colon',
    right: write(line),
  }),
  'yaml-comma-wide': (line: string) => ({
    zh: '列表中用了全角逗号或顿号',
    en: 'a full-width comma does not part the items of a list',
    right: write(line),
  }),
  'yaml-indent-wrong': (has: number, meant: number) => ({
    zh: `缩进了 ${has} 格，与同一层的字段不齐`,
    en: `is indented by ${has}, unlike the other fields of its level`,
    right: { zh: `缩进 ${meant} 格`, en: `indent it by ${meant}` },
  }),
  'yaml-tab-indent': (meant: number) => ({
    zh: '缩进不能用制表符',
    en: 'a tab cannot indent',
    right: { zh: `改用 ${meant} 个空格`, en: `use ${meant} spaces` },
  }),
} satisfies Record<string, (...parts: never[]) => Sentence>;
