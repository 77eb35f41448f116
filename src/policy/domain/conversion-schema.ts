import { CAPS_SCHEMA } from './cap-schema.js';
import { AMOUNT_MODES, LEVEL_RULES, SINGLE_USES } from './conversion-rules.js';
import { OUTCOME_PATTERN_SCHEMA } from './outcome-pattern.js';
import {
  CODE,
  CREDIT,
  DAY,
  described,
  integer,
  list,
  NAMED,
  object,
  oneOf,
  PERCENT,
  type Schema,
} from './schema-parts.js';

/** A code alone, or a list of codes and objects. The keywords of strings and arrays do not touch each other. */
function codeOrList(item: Schema): Schema {
  return {
    type: ['string', 'array'],
    pattern: CODE['pattern'],
    minItems: 1,
    maxItems: 50,
    items: { ...item, type: ['string', 'object'], pattern: CODE['pattern'] },
  };
}

const PATTERN = OUTCOME_PATTERN_SCHEMA as { required: string[]; properties: Record<string, Schema> };

/** How the file writes conversion rules. */
export const CONVERSION_RULES_SCHEMA: Schema = described(
  list(
    object({
      code: CODE,
      name: NAMED,
      from: described(
        codeOrList({
          additionalProperties: false,
          required: PATTERN.required,
          properties: {
            ...PATTERN.properties,
            minimum: described(CREDIT, '该来源至少须有的学分', 'Least usable credit of this source', {
              example: '1.00',
            }),
          },
        }),
        '来源：一个学分类型代码，或若干成果条件（每一项都须用到）',
        'Sources: the code of a credit type, or a list of patterns of learning, of each of which some is used',
        { example: 'leisure' },
      ),
      to: described(
        codeOrList(
          object({
            creditType: CODE,
            'programme?': described(
              CODE,
              '转给哪个项目：单次使用和占比按它计；不写则只是换成该类型的学分，由学习者自行使用',
              'Programme it goes to: single use and shares are counted by it; unless said it becomes free credit of the type',
              { example: 'first-aider' },
            ),
            'item?': described(CODE, '项目内被替代的课程代码', 'Code of the item of the programme it stands in for', {
              example: 'first-aid',
            }),
            'credit?': described(CREDIT, '给予的固定学分', 'Credit given, where the amount is fixed', {
              example: '2.00',
            }),
          }),
        ),
        '目标：一个学分类型代码，或若干项（学分类型，可指明项目、课程与固定学分）',
        'Targets: the code of a credit type, or a list of types with programme, item and fixed credit where they have them',
        { example: 'vocational' },
      ),
      'amount?': described(
        oneOf(AMOUNT_MODES),
        '计算方式：按比例（默认）、固定学分、按被替代课程的学分',
        'Amount: by ratio (default), fixed for each target, or the value of the item replaced',
        { example: 'ratio', default: 'ratio' },
      ),
      'ratio?': described(
        object({
          from: described(integer(1, 1_000_000), '转出的份数', 'Parts that go', { example: 2 }),
          to: described(integer(1, 1_000_000), '转入的份数', 'Parts that come', { example: 1 }),
        }),
        '比例：from 份换 to 份',
        'So many parts become so many parts',
        { example: { from: 2, to: 1 } },
      ),
      'wholeOnly?': described(
        { type: 'boolean' },
        '只接受整项成果，不得拆分',
        'Only outcomes of which nothing was used before',
        { example: true, default: false },
      ),
      'surplus?': described(
        {
          type: ['string', 'object'],
          anyOf: [
            { const: 'keep' },
            object({
              elective: described(CODE, '选修学分类型代码', 'Code of the elective credit type', { example: 'leisure' }),
            }),
          ],
        },
        '超出目标价值的部分：写 keep 保留（默认），或写 { elective: 代码 } 转为该选修学分类型',
        'Worth above the target: keep (default), or { elective: code } for credit of that elective type',
        { example: { elective: 'leisure' }, default: 'keep' },
      ),
      'level?': described(
        oneOf(LEVEL_RULES),
        '等级要求：无（默认）、不低于目标、与目标相同',
        'Level: none (default), at least that of the target, or the same',
        { example: 'at-least-target', default: 'none' },
      ),
      'overlapPercent?': described(PERCENT, '内容重合度', 'Overlap of contents, percent', { example: 80 }),
      'supplement?': described(NAMED, '重合度不足时的补修办法', 'What may be done when the overlap is too low', {
        example: { zh: '补修一门课程', en: 'One supplementary course' },
      }),
      'grade?': described(
        {
          type: ['string', 'integer'],
          enum: ['none', 'exempt', 'source', ...Array.from({ length: 101 }, (_, n) => n)],
        },
        '成绩记载：不记（默认）、免考、沿用原成绩，或规定的分数',
        'Grade: none (default), exempt, that of the source, or a mark of 0 to 100',
        { example: 'exempt', default: 'none' },
      ),
      'singleUse?': described(
        oneOf(SINGLE_USES),
        '同一成果的使用次数，各规则合计：每个项目一次（目标写明项目时默认），或仅一次；没用完的部分也不能再转入同一项目',
        'One outcome serves once for each programme (default where a target names one), or once at all, over all rules; what was left of it cannot go to the same programme again',
        { example: 'ever' },
      ),
      'cap?': described(
        object({
          programme: CODE,
          numerator: described(integer(1, 1_000_000), '分子', 'Numerator', { example: 1 }),
          denominator: described(integer(1, 1_000_000), '分母', 'Denominator', { example: 2 }),
        }),
        '转入学分占某项目总学分的上限；写有同样上限的规则合并计算，不写的不计。要限制全部转入，用 programmes 的 caps，origins: [conversion]',
        'At most this share of the total of a programme may come by the rules that say the same cap, together; rules without it do not count. To limit all conversion use caps of the programme with origins: [conversion]',
        { example: { programme: 'community-care', numerator: 1, denominator: 2 } },
      ),
      'caps?': CAPS_SCHEMA,
      'whenOver?': described(
        oneOf(['cut', 'refuse']),
        '超出项目限额时：拒绝（默认）或截去（仅限按比例）',
        'Over a limit of the programme: refuse (default) or cut, the latter by ratio only',
        { example: 'refuse', default: 'refuse' },
      ),
      'approval?': described(
        oneOf(['automatic', 'required']),
        '审批：自动（默认），或先冻结待另一人批准',
        'Automatic (default), or held until somebody else approves',
        { example: 'automatic', default: 'automatic' },
      ),
      'holdDays?': described(
        integer(1, 3_660),
        '冻结待批的天数；不写则冻结到所用学分到期为止（永久学分一直冻结，直到批准或驳回）',
        'Days a hold waits for its approval; unless said it waits until the credit it holds ends, for credit without an end until somebody decides',
        { example: 30 },
      ),
      'validityYears?': described(
        integer(1, 100),
        '新学分自转换之日起的有效年数；不写则到来源中最早到期之日为止，且不超过目标学分类型的 validityYears（自转换之日起）',
        'Years the new credit lives from its conversion on; unless said until its first source ends, and no longer than the validityYears of the target type from that day',
        { example: 10 },
      ),
      effectiveFrom: described(
        DAY,
        '规则自该日起可用，可早于规则包的生效日期',
        'The rule may be used from this day on, which may be before the pack takes effect',
      ),
      'effectiveTo?': DAY,
    }),
  ),
  '转换规则；无规则即不得转换',
  'Conversion rules; without one there is no conversion',
);
