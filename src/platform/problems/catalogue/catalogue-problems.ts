import { problem, type ProblemSpec } from '../problem-spec.js';
import type { RefusalCode } from '../../../kernel/refusal.js';

/** Problems of providers, courses and sessions. */
export const CATALOGUE_PROBLEMS = {
  'code-already-used': problem(
    409,
    ['代码已被使用', 'The code is already used'],
    [
      '代码 {takenCode} 已存在；请换一个代码，或使用已有的记录。',
      'The code {takenCode} exists already: choose another one, or use the record that has it.',
    ],
  ),
  'provider-unknown': problem(
    422,
    ['办学机构不存在', 'Unknown provider'],
    ['没有这个办学机构；请核对编号。', 'There is no such provider: check the number.'],
  ),
  'provider-not-approved': problem(
    409,
    ['办学机构在当日未获批准', 'The provider was not approved on that day'],
    [
      '机构批准期为 {approvedFrom} 至 {approvedTo}，{day} 的课次不计学分。',
      'The provider is approved from {approvedFrom} to {approvedTo}: a session on {day} earns no credit.',
    ],
  ),
  'course-unknown': problem(
    422,
    ['课程不存在', 'Unknown course'],
    ['没有这门课程，或不属于您的机构；请核对编号。', 'There is no such course, or it is not yours: check the number.'],
  ),
  'course-not-approved': problem(
    409,
    ['课程在当日未获批准', 'The course was not approved on that day'],
    [
      '课程批准期为 {approvedFrom} 至 {approvedTo}，{day} 的课次不计学分。',
      'The course is approved from {approvedFrom} to {approvedTo}: a session on {day} earns no credit.',
    ],
  ),
  'session-unknown': problem(
    404,
    ['课次不存在', 'Unknown session'],
    [
      '没有这个课次，或不属于您的机构；请核对课次代码。',
      'There is no such session, or it is not yours: check its code.',
    ],
  ),
  'session-times-invalid': problem(
    422,
    ['课次时间有误', 'The session times are wrong'],
    [
      '结束必须晚于开始，且在同一天（北京时间）；跨天的活动请分成几个课次。',
      'The end must follow the start on the same day (Beijing time): split what lasts longer into several sessions.',
    ],
  ),
  'approval-period-invalid': problem(
    422,
    ['批准期有误', 'The approval period is wrong'],
    ['批准截止日不能早于起始日。', 'The last day of approval cannot lie before the first.'],
  ),
  'credit-type-unknown': problem(
    422,
    ['学分类型不存在', 'Unknown credit type'],
    ['现行规则中没有学分类型 {creditType}。', 'The policy in force has no credit type {creditType}.'],
  ),
  'activity-type-unknown': problem(
    422,
    ['活动类型不存在', 'Unknown activity type'],
    ['现行规则中没有活动类型 {activityType}。', 'The policy in force has no activity type {activityType}.'],
  ),
} satisfies Partial<Record<RefusalCode, ProblemSpec>>;
