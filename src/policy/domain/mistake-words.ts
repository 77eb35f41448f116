import { CONVERSION_MISTAKES } from './conversion-mistake-words.js';
import { FILE_WORDS } from './file-words.js';
import { NAME_KINDS, type NameKind } from './name-kinds.js';
import { UNFIT_PROGRAMMES } from './programme-fit-words.js';
import { SHAPE_WORDS, write, type Sentence } from './shape-words.js';

/** `an item`, `a level`. */
function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** Mistakes of meaning: what the well-shaped parts of a pack say together. */
const MEANING_WORDS = {
  // names
  'name-unknown': (kind: NameKind, name: string) => ({
    zh: `没有${NAME_KINDS[kind].zh} ${name}`,
    en: `there is no ${NAME_KINDS[kind].en} ${name}`,
    // What is declared is looked up only for the mistakes that are shown: see `withNearestName`.
    right: {
      zh: `先在规则包中写明这一${NAME_KINDS[kind].zh}，或去掉它`,
      en: `write such ${withArticle(NAME_KINDS[kind].en)} into the pack, or leave it out`,
    },
  }),
  'course-undeclared': (name: string) => ({
    zh: `规则包没有声明课程 ${name}`,
    en: `the course ${name} is not declared in the pack`,
    right: {
      zh: `在 courses 中声明：{ code: ${name}, name: … }`,
      en: `declare it under courses: { code: ${name}, name: … }`,
    },
  }),
  'provider-undeclared': (name: string) => ({
    zh: `规则包没有声明办学机构 ${name}`,
    en: `the provider ${name} is not declared in the pack`,
    right: {
      zh: `在 providers 中声明：{ code: ${name}, name: … }`,
      en: `declare it under providers: { code: ${name}, name: … }`,
    },
  }),
  'item-undeclared': (name: string) => ({
    zh: `${name} 不是规则包声明的课程，也不是成果目录项目或项目内环节`,
    en: `${name} is no course that the pack declares, and no item of its catalogue or programmes`,
    right: {
      zh: `是课程的，在 courses 中声明：{ code: ${name}, name: … }`,
      en: `declare a course under courses: { code: ${name}, name: … }`,
    },
  }),
  'code-twice': (code: string) => ({
    zh: `${code} 重复出现`,
    en: `${code} stands twice`,
    right: { zh: '去掉其中一个，或改用另一个代码', en: 'leave one out, or give it another code' },
  }),
  'level-twice': (level: string) => ({
    zh: `等级 ${level} 在规则包内重复出现`,
    en: `the level ${level} stands twice in the pack`,
    right: { zh: '各框架的等级代码须不同', en: 'levels of all schemes need codes of their own' },
  }),
  'short-form-name': () => ({
    zh: '这是简写上限的名称',
    en: 'is the name of a short form',
    right: { zh: '换一个代码', en: 'another code' },
  }),
  // days
  'day-free-and-worked': (day: string) => ({
    zh: `${day} 同时列为节假日`,
    en: `${day} is a holiday as well`,
    right: { zh: '只留在一处', en: 'leave it in one of the two' },
  }),
  'day-worked-anyway': (day: string) => ({
    zh: `${day} 不是周末，本来就上班`,
    en: `${day} is no day of the weekend and worked anyway`,
    right: { zh: '核对日期，或去掉它', en: 'check the day, or leave it out' },
  }),
  'ends-before-it-begins': (from: string, to: string) => ({
    zh: '结束早于开始',
    en: 'ends before it begins',
    right: { zh: `不早于 ${from}，而不是 ${to}`, en: `${from} or later, not ${to}` },
  }),
  'reviewed-before-accredited': (accreditedOn: string) => ({
    zh: '项目的复核日期早于认证日期',
    en: 'its project is to be reviewed before it was accredited',
    right: { zh: `晚于 ${accreditedOn}`, en: `after ${accreditedOn}` },
  }),
  // tariffs
  'worth-nothing': () => ({
    zh: '分值为零',
    en: 'is worth nothing',
    right: { zh: "写大于零的学分，如 '0.10'", en: "credit above zero, such as '0.10'" },
  }),
  'step-not-whole': (stepCenti: number, seconds: number, classHours: number, nearestSeconds: number) => ({
    zh: `0.01 学分的 ${stepCenti} 倍合 ${seconds} 秒，不是整数`,
    en: `a step of ${stepCenti} hundredths is ${seconds} seconds, not a whole number`,
    right: {
      zh: `最接近的整数：classHoursPerCredit ${classHours}（${nearestSeconds} 秒）`,
      en: `the nearest that is: classHoursPerCredit ${classHours} (${nearestSeconds} s)`,
    },
  }),
  'never-completed': (tariff: string) => ({
    zh: `没有结业一说，折算标准 ${tariff} 永远不会给学分`,
    en: `nobody completes it, so the tariff ${tariff} would never give credit`,
    right: { zh: '写结业门槛，或另用折算标准', en: 'give it a completion gate or a tariff of its own' },
  }),
  'steps-not-rising': (value: number, before: number) => ({
    zh: value === before ? `${value} 写了两次` : `${value} 排在 ${before} 之后：没有由小到大`,
    en: value === before ? `the step ${value} stands twice` : `${value} does not come after ${before}`,
    right:
      value === before
        ? { zh: '只留一级', en: 'leave one of them out' }
        : { zh: `移到 ${before} 之前，由小到大排列`, en: `move it before ${before}: steps rise` },
  }),
  // caps
  'limit-of-nothing': () => ({
    zh: '限额为零',
    en: 'a limit of nothing',
    right: { zh: '去掉这条上限', en: 'leave the cap out' },
  }),
  'count-of-one-visit': () => ({
    zh: '一次就是一次，不能按次限次数',
    en: 'one visit is always one',
    right: { zh: '按日或更长周期计', en: 'count by day or longer' },
  }),
  'year-start-without-year': (per: string) => ({
    zh: `按 ${per} 计的上限没有年度起始日`,
    en: `a cap per ${per} has no years that could begin on a day`,
    right: { zh: '去掉它，或写 per: year', en: 'leave it out, or per: year' },
  }),
  'count-cut': () => ({
    zh: '次数不能截去一部分',
    en: 'a visit cannot be cut in parts',
    right: write('whenOver: refuse'),
  }),
  'words-shared': (word: string) => ({
    zh: `“${word}”在两组里，换成哪一组取决于次序`,
    en: `${word} stands in two groups, so their order would decide`,
    right: { zh: '把两组并成一组，或只留在一组', en: 'make the two groups one, or leave it in one' },
  }),
  'reason-missing': (use: string) => ({
    zh: `没有一条理由可用于 ${use}`,
    en: `there is no reason for ${use}`,
    right: { zh: `给一条理由加上 for: [${use}]`, en: `give a reason for: [${use}]` },
  }),
  // panels
  'votes-over-seats': (votes: number, seats: number) => ({
    zh: `${seats} 人评议不能要求 ${votes} 票同意`,
    en: `${votes} votes in favour of ${seats}`,
    right: { zh: `最多 ${seats}`, en: `${seats} at most` },
  }),
  'experts-over-seats': (experts: number, seats: number) => ({
    zh: `${seats} 人评议不能有 ${experts} 名专家`,
    en: `${experts} experts among ${seats}`,
    right: { zh: `最多 ${seats}`, en: `${seats} at most` },
  }),
  'panel-never-asked': () => ({
    zh: '永远轮不到：前面的评议组已全部包括',
    en: 'is never asked: those before it decide all it could',
    right: { zh: '放到前面', en: 'put it first' },
  }),
  // programmes
  'total-zero': () => ({
    zh: '总学分为零',
    en: 'the total is zero',
    right: { zh: "写大于零的学分，如 '10'", en: "credit above zero, such as '10'" },
  }),
  'required-over-total': (total: string) => ({
    zh: '必修学分超过总学分',
    en: 'more is required than its total',
    right: { zh: `最多 '${total}'`, en: `at most '${total}'` },
  }),
  'minimums-over-total': (sum: string) => ({
    zh: '总学分小于各项最低要求之和',
    en: 'the total is less than the sum of its minimums',
    right: { zh: `至少 '${sum}'`, en: `at least '${sum}'` },
  }),
  'bucket-without-name': () => ({
    zh: '学分类别须有代码与名称，或写 creditType',
    en: 'a bucket needs a code and a name, or a creditType',
    right: { zh: '写 code 与 name', en: 'code and name' },
  }),
  'bucket-too-small': (bucket: string, minimum: string) => ({
    zh: `${bucket} 的上限小于下限`,
    en: `${bucket} has less room than its minimum`,
    right: { zh: `至少 '${minimum}'`, en: `at least '${minimum}'` },
  }),
  'circle-of-buckets': (bucket: string) => ({
    zh: `${bucket} 的余额又回到自身`,
    en: `the surplus of ${bucket} comes back to it`,
    right: { zh: '去掉一个 overflowTo', en: 'leave one overflowTo out' },
  }),
  'share-over-whole': (limit: string) => ({
    zh: `${limit} 超过全部`,
    en: `${limit} is more than the whole`,
    right: { zh: '最多 1/1', en: 'at most 1/1' },
  }),
  'time-of-programme': (limit: string) => ({
    zh: `${limit}：项目按学分或个数计，不按分钟`,
    en: `${limit}: a programme counts credit or outcomes, not minutes`,
    right: { zh: '写 credit、count 或占比', en: 'credit, count or a share' },
  }),
  'floor-each': (floor: string) => ({
    zh: `${floor}：下限合并计算，不能分别计算`,
    en: `${floor}: a floor counts all together, not each`,
    right: { zh: '去掉 each', en: 'leave each out' },
  }),
  'leisure-in-degree': (bucket: string, type: string) => ({
    zh: `${bucket} 会把文化休闲学分 ${type} 计入学历教育项目`,
    en: `${bucket} would count the leisure credit ${type} towards a degree programme`,
    right: {
      zh: '用 creditTypes 写明接受的类型，不含文化休闲',
      en: 'name the types it accepts with creditTypes, none of leisure',
    },
  }),
  'protected-word': (word: string) => ({
    zh: `非学历证书名称不得含“${word}”`,
    en: `the title of a non-degree award may not say ${word}`,
    right: { zh: '换一个名称', en: 'another title' },
  }),
} satisfies Record<string, (...parts: never[]) => Sentence>;

/**
 * Every kind of mistake that a pack may have, in both languages: a kind without one of them does not compile. The name
 * of a kind is what programs may rely on.
 */
export const MISTAKES = {
  ...SHAPE_WORDS,
  ...FILE_WORDS,
  ...MEANING_WORDS,
  ...UNFIT_PROGRAMMES,
  ...CONVERSION_MISTAKES,
} satisfies Record<string, (...parts: never[]) => Sentence>;
export type MistakeCode = keyof typeof MISTAKES;
