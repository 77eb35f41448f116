import type { Named } from './schema-parts.js';

/** What somebody who writes a pack must know before the fields, one thing a sentence. Shown above the reference. */
export const WRITING_RULES: Named[] = [
  {
    zh: '规则包是一个 UTF-8 的 YAML 文件（也可以是 JSON）。缩进用空格。日期、学分、版本号要加引号。',
    en: 'A pack is one YAML file in UTF-8 (JSON will do). Indent with spaces. Days, credit and versions stand in quotes.',
  },
  {
    zh: '表中的类型：代码以字母开头，只含字母、数字、- 与 _，至多 40 个字符，在所在列表内唯一；学分是加引号的十进制文本，至多两位小数；映射是“字段: 值”，列表是若干项。',
    en: 'Types in the tables: a code begins with a letter and has letters, digits, - and _, at most 40, unique in its list; credit is decimal text in quotes with at most two decimals; a mapping has fields with values, a list has items.',
  },
  {
    zh: '从下面的最小示例开始，改成自己的数字；需要哪种规则，再从“常见规则怎么写”里取一段。',
    en: 'Begin with the minimal example and its numbers; take a piece of “how common rules are written” for each further rule.',
  },
  {
    zh: '写完运行 npm run cli -- policy validate 文件：一次列出全部错误，每条有行号和改法。不认识的字段就是错误。',
    en: 'Then run npm run cli -- policy validate <file>: all mistakes at once, each with its line and what would be right. An unknown field is a mistake.',
  },
  {
    zh: '运行 npm run cli -- policy explain 代码 --pack 文件：用中英文念出这条规则，看是不是您的意思。',
    en: 'npm run cli -- policy explain <code> --pack <file> reads a rule out in plain words: see whether it is what you meant.',
  },
  {
    zh: '学分以百分之一为最小单位。每个折算标准的一步（step，默认 0.01 学分）必须是整数秒：课时分钟 × 60 × classHoursPerCredit × step。不是整数时，错误信息会给出最接近的数。',
    en: 'Credit is counted in hundredths. One step of a tariff (0.01 credit unless said) must be a whole number of seconds: minutes × 60 × classHoursPerCredit × step. Where it is not, the mistake names the nearest number that is.',
  },
  {
    zh: '活动给哪种学分由课程决定：课程写明学分类型与活动类型；折算标准先看活动类型，再看学分类型。时长都按钟表分钟，只有 classHours… 按课时。',
    en: 'The course decides which credit an activity gives: it names a credit type and an activity type; the tariff is that of the activity type, else of the credit type. Lengths are minutes of the clock; only classHours… are class hours.',
  },
  {
    zh: 'on-completion 折算只能用于有结业门槛（completion）的活动。规则提到的课程与机构先在 courses、providers 中声明，拼错的代码就是错误；声明的代码须与本行目录一致。',
    en: 'A tariff on-completion needs activities with a completion gate. Courses and providers that rules name are declared first, under courses and providers: a code that is misspelt is a mistake. The declared code is that of the bank.',
  },
  {
    zh: '文化休闲学分不得转换为学历学分，经第三种类型也不行；任何转换链不得回到起点；没有规则就没有转换。',
    en: 'Leisure credit never becomes degree credit, not by way of a third type either; no chain of conversions returns to its start; without a rule there is no conversion.',
  },
  {
    zh: '发布后的版本永不更改；改规则就换 version 与 effectiveFrom。新版本自明天或以后起适用（账本在该日及以后没有分录时，可为任何日期），已入账的分录不变。起草、审核、发布都由系统管理员（administrator）做，审核须另一人。',
    en: 'A published version never changes: a new rule is a new version with its own effectiveFrom, tomorrow or later (any day while the book has no entry of that day or later). Entries that stand are not touched. Administrators draft, review and publish; another person reviews than drafted.',
  },
];
