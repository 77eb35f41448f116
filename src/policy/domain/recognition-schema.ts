import { OUTCOME_CLASSES } from '../../kernel/outcome.js';
import { PANELS_SCHEMA } from './panel-rules.js';
import { PROJECT_DIMENSIONS, RAW_UNITS, REASON_USES, type ProjectDimension } from './recognition-rules.js';
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
  set,
  type Schema,
} from './schema-parts.js';

function finding(zh: string, en: string): Schema {
  return described({ type: 'string', minLength: 1, maxLength: 400 }, zh, en, { example: '符合要求' });
}

const FINDINGS: Record<ProjectDimension, Schema> = {
  target: finding('培养目标', 'Target'),
  assessment: finding('考核', 'Assessment'),
  content: finding('内容', 'Content'),
  quality: finding('质量保障', 'Quality'),
  support: finding('支持服务', 'Support'),
  staff: finding('师资', 'Staff'),
};

const PROJECT_SCHEMA: Schema = described(
  object({
    issuer: described({ type: 'string', minLength: 1, maxLength: 120 }, '实施单位', 'Who runs it', {
      example: '太原社区学院',
    }),
    accreditedOn: described(DAY, '认证日期', 'Day of the accreditation', { example: '2024-03-01' }),
    reviewDue: described(
      DAY,
      '下次复核日期；其后取得的成果暂不认定',
      'The next review is due; later results wait for it',
    ),
    findings: described(
      object(Object.fromEntries(PROJECT_DIMENSIONS.map((dimension) => [dimension, FINDINGS[dimension]]))),
      '六个维度的认证意见：目标、考核、内容、质量保障、支持服务、师资',
      'Findings in six dimensions: target, assessment, content, quality, support, staff',
    ),
  }),
  '已认证项目：其结果可成批认定',
  'An accredited project, whose results may come in as lists',
);

export const RECOGNITION_SCHEMA: Schema = described(
  object({
    'catalogue?': described(
      list(
        object({
          code: CODE,
          name: NAMED,
          outcomeClass: oneOf(OUTCOME_CLASSES),
          creditType: CODE,
          credit: described(CREDIT, '标准学分', 'Standard credit', { example: '2' }),
          'level?': described(CODE, '该成果的等级代码', 'Level that the outcome has', { example: 'L3' }),
          'issuers?': described(
            set({ type: 'string', minLength: 1, maxLength: 120 }, 1),
            '发证机构（证书上的名称）；不写则不限',
            'Issuers as written on the paper; any unless said',
            { example: ['国家开放大学'] },
          ),
          'validityYears?': described(
            integer(1, 100),
            '取得后可用的年限；不写则同学分类型',
            'Years it stays usable after it was obtained; as the credit type says unless said',
            { example: 7 },
          ),
          'gradeMinimum?': described(
            PERCENT,
            '最低成绩；不写则不看',
            'Lowest grade that counts; none asked unless said',
            { example: 60 },
          ),
          'assessed?': described({ type: 'boolean' }, '是否经过考核', 'Whether something was passed', {
            example: true,
            default: true,
          }),
          effectiveFrom: DAY,
          'effectiveTo?': DAY,
          review: described(
            oneOf(['automatic', 'one', 'two']),
            '自动认定、一人审核、初审加终审',
            'Recognised automatically, by one reviewer, or after the two reviews',
          ),
          'project?': PROJECT_SCHEMA,
        }),
      ),
      '学习成果目录',
      'Outcome catalogue',
    ),
    'rawCredit?': described(
      list(
        object({
          outcomeClass: oneOf(OUTCOME_CLASSES),
          creditType: CODE,
          'of?': described(
            oneOf(RAW_UNITS),
            '折合的是什么：credit 原发机构给的学分，hours 证明上的学时（小时）',
            'What is counted: credit the issuer gave, or hours of study on the paper',
            { example: 'hours', default: 'credit' },
          ),
          ratio: described(
            object({
              from: described(integer(1, 1_000_000), '原始学分（或小时）份数', 'Parts of raw credit, or hours', {
                example: 20,
              }),
              to: described(integer(1, 1_000_000), '标准学分份数', 'Parts of standard credit', { example: 1 }),
            }),
            '比例；不足 0.01 学分的舍去',
            'Ratio; what is less than 0.01 credit is dropped',
          ),
        }),
      ),
      '原始学分或学时折合标准学分；每个类别和学分类型至多一条',
      'Standard credit for raw credit or hours of other issuers; at most one rate for a class and type',
    ),
    'mostCredit?': described(
      CREDIT,
      '目录外单项成果的最高标准学分，按比例折合的和另定的（新标准）都受此限',
      'Most credit for one outcome outside the catalogue, whether by a rate or as a new standard',
    ),
    'evidenceAtLeast?': described(
      integer(0, 20),
      '提交所需的证明材料份数（默认 0）',
      'Files of evidence needed to submit (0)',
    ),
    'reasons?': described(
      list(
        object({
          code: CODE,
          name: NAMED,
          for: described(
            set(oneOf(REASON_USES), 1),
            '用于：退回、不予认定、驳回申诉',
            'To return, to reject, to dismiss an appeal',
            { example: ['returned'] },
          ),
        }),
      ),
      '退回、不予认定、驳回申诉的理由代码；一旦列出，三种用途都至少要有一条；不写则不须给出理由代码',
      'Codes of reasons to return, reject or dismiss an appeal; once there are any, each of the three needs one; without a list no code is asked',
    ),
    'panels?': PANELS_SCHEMA,
    reviewDays: described(integer(1, 365), '审核期限（工作日）', 'Working days until the reviews must be done', {
      example: 15,
    }),
    appealDays: described(integer(1, 365), '申诉处理期限（工作日）', 'Working days until an appeal must be decided', {
      example: 15,
    }),
    appealWithinDays: described(integer(1, 3_650), '可申诉的期限（日历日）', 'Calendar days within which to appeal', {
      example: 30,
    }),
  }),
  '校外学习成果认定',
  'Recognition of outcomes earned elsewhere',
);
