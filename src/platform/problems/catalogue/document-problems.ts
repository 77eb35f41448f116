import { problem, type ProblemSpec } from '../problem-spec.js';
import type { RefusalCode } from '../../../kernel/refusal.js';

/** Problems of awards and documents. */
export const DOCUMENT_PROBLEMS = {
  'programme-unknown': problem(
    404,
    ['项目不存在', 'Unknown programme'],
    ['现行规则中没有项目 {programme}。', 'The policy in force has no programme {programme}.'],
  ),
  'requirements-not-met': problem(
    409,
    ['尚未达到颁证要求', 'The requirements are not met'],
    ['还差：{missing}。', 'Still missing: {missing}.'],
  ),
  'plan-costs-missing': problem(
    422,
    ['缺少课程费用', 'The costs of courses are missing'],
    [
      '按最少费用求方案时，须在 costs 中列出可考虑的课程及其费用。',
      'For a plan of least cost, give in costs the courses to consider and what each of them costs.',
    ],
  ),
  'plan-not-found-in-time': problem(
    503,
    ['没有及时找到方案', 'No plan was found in time'],
    [
      '没有作出任何更改；请稍后再试，或先排除一些课程以缩小范围。',
      'Nothing was changed: try again in a moment, or exclude some courses to make the question smaller.',
    ],
  ),
  'title-protected': problem(
    422,
    ['证书名称含受保护词', 'The title uses a protected word'],
    ['非学历证书名称不得使用“{word}”。', 'A non-degree certificate may not be called "{word}".'],
  ),
  'certificate-already-revoked': problem(
    409,
    ['证书已撤销', 'The certificate is already revoked'],
    ['该证书已于 {revokedAt} 撤销。', 'It was revoked at {revokedAt}.'],
  ),
  'as-of-in-future': problem(
    422,
    ['截止日期在未来', 'The date lies in the future'],
    ['请使用今天（{today}）或更早的日期。', 'Use today ({today}) or an earlier date.'],
  ),
} satisfies Partial<Record<RefusalCode, ProblemSpec>>;
