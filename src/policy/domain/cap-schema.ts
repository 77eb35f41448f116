import { CAP_DATES, CAP_DIMENSIONS, CAP_PERIODS } from './caps.js';
import { OUTCOME_PATTERN_SCHEMA } from './outcome-pattern.js';
import {
  CODE,
  CREDIT,
  described,
  integer,
  list,
  MONTH_DAY,
  NAMED,
  object,
  oneOf,
  type Schema,
  set,
  shared,
} from './schema-parts.js';

/** How the file writes a limit. */
export const LIMIT_SCHEMA: Schema = shared(
  'limit',
  described(
    {
      type: 'object',
      additionalProperties: false,
      properties: {
        minutes: described(integer(1, 100_000_000), '分钟数（学时）', 'Minutes of study time', { example: 480 }),
        credit: described(CREDIT, '学分', 'Credit', { example: '24' }),
        count: described(integer(1, 1_000_000), '次数或成果个数', 'A number of visits or outcomes', { example: 3 }),
      },
      minProperties: 1,
      maxProperties: 1,
    },
    '限额：分钟（学时）、学分或次数，三者取一',
    'How much: minutes of study time, credit or a count; exactly one',
    { example: { credit: '24' } },
  ),
);

/** How the file writes caps. */
export const CAPS_SCHEMA: Schema = described(
  list(
    object({
      code: CODE,
      name: NAMED,
      limit: LIMIT_SCHEMA,
      per: described(
        oneOf(CAP_PERIODS),
        '计算周期：visit 每次、day 每日、semester 每学期、year 每年度、lifetime 终身',
        'Counted by visit, day, semester, year or lifetime',
      ),
      'each?': described(
        set(oneOf(CAP_DIMENSIONS), 1),
        '分别计算的维度：activity-type 活动类型、item 课程或成果、provider 机构、outcome-class 成果类别、credit-type 学分类型；不写则合并计算',
        'Counted apart for each activity type, course or outcome, provider, class or credit type; together unless said',
        { example: ['provider'] },
      ),
      'only?': OUTCOME_PATTERN_SCHEMA,
      'date?': described(
        oneOf(CAP_DATES),
        '归入哪个周期看哪一天：start 开始、end 结束（校外成果两者都是取得之日）、posting 入账',
        'Day that decides the period: when the learning began, ended (both the day an outcome of elsewhere was obtained) or was posted',
        { example: 'end', default: 'end' },
      ),
      'yearStartsOn?': described(
        MONTH_DAY,
        '本条上限的年度起始日，只能与 per: year 同写；不写则用 calendar 的 yearStartsOn',
        'First day of the years of this cap, with per: year only; that of the calendar unless said',
        { example: '09-01' },
      ),
      whenOver: described(
        oneOf(['cut', 'refuse']),
        '超出时：cut 截去超出部分，refuse 整笔拒绝；按次数的上限只能 refuse',
        'When more comes: cut counts up to the limit; refuse refuses all of what came; a cap on a count can only refuse',
      ),
    }),
  ),
  '上限：某些学习在一段时间内最多计入多少。在 caps 下计考勤、结业和认定；在转换规则下只计按该规则转换的',
  'Caps: at most so much of some learning in a period. Under caps they count sessions, passed courses and recognised outcomes; within a conversion rule what it converted',
);
