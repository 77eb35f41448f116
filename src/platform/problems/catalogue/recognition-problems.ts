import { problem, type ProblemSpec } from '../problem-spec.js';
import type { RefusalCode } from '../../../kernel/refusal.js';

/** Problems of recognition. */
export const RECOGNITION_PROBLEMS = {
  'recognition-not-offered': problem(
    409,
    ['本行尚未开展成果认定', 'Nothing is recognised here yet'],
    ['现行规则包没有认定规则；请咨询登记处。', 'The rules in force say nothing of recognition: ask the registrar.'],
  ),
  'recognition-step-out-of-turn': problem(
    409,
    ['当前状态不能办理此步骤', 'Not the turn of this step'],
    [
      '申请现为{state}，不能办理{step}；请先查看申请的最新状态。',
      'The case is {state}, so it is not the turn of {step}: look at the case as it is now.',
    ],
  ),
  'recognition-withdrawn': problem(
    409,
    ['申请已撤回', 'The case was withdrawn'],
    ['撤回的申请不再办理；如需认定请重新申请。', 'A withdrawn case is not dealt with any more: enter a new one.'],
  ),
  'recognition-own-application': problem(
    409,
    ['不得审核自己经办的申请', 'Nobody reviews a case of their own'],
    [
      '您为本申请登记、补正、提交或上传过材料，请由其他审核人办理。',
      'You have acted for the applicant in this case: another reviewer must decide.',
    ],
  ),
  'recognition-same-reviewer': problem(
    409,
    ['初审和终审须由两人办理', 'The two reviews need two people'],
    [
      '您已在本轮办理过审核，请由另一位审核人终审。',
      'You have made the other review of this round: somebody else must make this one.',
    ],
  ),
  'recognition-already-voted': problem(
    409,
    ['您已投过票', 'You have voted'],
    ['评议中每人只投一票，不能更改。', 'In a panel everybody votes once, and a vote stands.'],
  ),
  'recognition-expert-needed': problem(
    409,
    ['余下席位须由行业专家投票', 'The seats left are those of experts'],
    [
      '余下 {seats} 个席位留给连续从业满 {years} 年的行业专家。',
      'The {seats} seats that are left are for experts with {years} years in the trade.',
    ],
  ),
  'recognition-panel-decided': problem(
    409,
    ['评议已有结果', 'The panel has decided'],
    ['全部席位已投票，申请现为{state}。', 'All seats have voted; the case is now {state}.'],
  ),
  'recognition-panel-needed': problem(
    409,
    ['须由评议组决定', 'A panel must decide this'],
    [
      '按您给出的学分，本申请须由“{nameZh}”（{panel}）决定；请退回后由初审人给出学分。',
      'With the worth you name it is a case for the panel {nameEn} ({panel}): return it, so that the first reviewer names it.',
    ],
  ),
  'recognition-appeal-not-new': problem(
    409,
    ['申诉须由未参与审核的人处理', 'Somebody new must decide an appeal'],
    [
      '您参与过本申请的审核，请由未参与的人处理申诉。',
      'You took part in the reviews of this case: somebody who did not must decide.',
    ],
  ),
  'recognition-appeal-used': problem(
    409,
    ['只能申诉一次', 'One appeal only'],
    ['本申请已申诉过，申诉决定为最终决定。', 'There has been an appeal in this case; its decision is the last one.'],
  ),
  'recognition-worth-unchanged': problem(
    409,
    ['申诉决定与原认定相同', 'The new decision is the old one'],
    [
      '按规则和上限，新决定仍为 {credit} 学分且类型、等级不变；如维持原认定请驳回申诉。',
      'Under the rules and caps the new decision is again {credit} of the same type and level: to keep the old one, dismiss the appeal.',
    ],
  ),
  'recognition-replaced': problem(
    409,
    ['该认定已由申诉决定取代', 'A later decision has replaced it'],
    [
      '本申请现行的认定分录是 {entryId}，被取代的分录不能恢复。',
      'The entry of this case that counts is {entryId}; one that was replaced cannot be brought back.',
    ],
  ),
  'recognition-appeal-too-late': problem(
    409,
    ['申诉期已过', 'Too late to appeal'],
    [
      '申诉期限为决定后 {days} 天，已于 {lastDay} 届满。',
      'An appeal can be made within {days} days of the decision; the last day was {lastDay}.',
    ],
  ),
  'recognition-reason-needed': problem(
    422,
    ['需要理由', 'A reason is needed'],
    ['退回、不予认定和驳回申诉须{how}。', 'To return, reject or dismiss, {howEn}.'],
  ),
  'recognition-evidence-missing': problem(
    422,
    ['证明材料不足', 'Evidence is missing'],
    [
      '提交前至少需要 {needed} 份证明材料，现有 {given} 份。',
      'At least {needed} files of evidence are needed before it is submitted; there are {given}.',
    ],
  ),
  'recognition-worth-missing': problem(
    422,
    ['需要审核人给出学分', 'The reviewer must say what it is worth'],
    [
      '目录外的成果须写明 creditType；没有折合比例时还须写明 standardCredit。',
      'For an outcome outside the catalogue give creditType, and standardCredit where the rules have no rate for its raw credit.',
    ],
  ),
  'recognition-worth-too-high': problem(
    422,
    ['超过单项成果的最高学分', 'More than one outcome may bring'],
    [
      '目录外单项成果最多 {limit} 学分，给出的是 {asked}。',
      'An outcome outside the catalogue brings at most {limit} credit; {asked} was given.',
    ],
  ),
  'recognition-worth-fixed': problem(
    422,
    ['目录内成果的学分由规则确定', 'The catalogue says what it is worth'],
    [
      '本申请适用目录项目 {item}，审核人不能另定学分、类型或等级。',
      'The catalogue item {item} decides credit, type and level; a reviewer cannot.',
    ],
  ),
  'recognition-worth-named': problem(
    409,
    ['申诉改定的学分已由先投票的人给出', 'The worth that is voted on has been named'],
    [
      '评议申诉时，由第一个赞成申诉的人给出学分，其余的人只表示是否同意；请不写学分再投，或投驳回票。',
      'Where a panel hears an appeal, the first who upholds it names the worth and the others vote on it: vote without one, or vote to dismiss.',
    ],
  ),
  'recognition-cap-reached': problem(
    409,
    ['已达认定上限', 'A cap is reached'],
    [
      '“{nameZh}”（{cap}）：限额 {limit}，已用 {used}，剩余 {left}，本次 {asked}（{unitZh}）。',
      '{nameEn} ({cap}): limit {limit}, used {used}, left {left}, asked {asked} ({unit}).',
    ],
  ),
  'outcome-already-submitted': problem(
    409,
    ['该成果已申请认定', 'The outcome is already in a case'],
    ['同一成果只认定一次，见申请 {recognitionId}。', 'One outcome is recognised once: see the case {recognitionId}.'],
  ),
  'outcome-duplicates-held': problem(
    409,
    ['已有同名成果', 'An outcome of this title is held already'],
    [
      '该学习者已有同名成果《{outcomeTitle}》的学分（分录 {entryId}）；按规则同名只计一次。',
      'This learner already holds credit for "{outcomeTitle}" (entry {entryId}), which is the same by its title: the rules count one.',
    ],
  ),
  'outcome-class-wrong': problem(
    422,
    ['成果类别不符', 'Another class of outcome'],
    [
      '目录项目 {item} 的类别是“{expectedZh}”（{expected}），申请写的是“{givenZh}”（{given}）。',
      'The catalogue item {item} is of the class {expectedEn} ({expected}), the case says {givenEn} ({given}).',
    ],
  ),
  'outcome-expired': problem(
    409,
    ['成果已过有效期', 'The outcome is no longer valid'],
    [
      '按规则该成果的有效期至 {validUntil}，不能再认定。',
      'Under the rules it was valid until {validUntil} and cannot be recognised any more.',
    ],
  ),
  'outcome-not-yet-obtained': problem(
    422,
    ['取得日期晚于今天', 'Obtained after today'],
    [
      '取得日期 {obtainedOn} 尚未到来，请核对证书。',
      'The day it was obtained, {obtainedOn}, has not come yet: check the paper.',
    ],
  ),
  'certificate-not-available': problem(
    409,
    ['该证书编号不能认定', 'This certificate number cannot be used'],
    [
      '请核对发证机构和证书编号；确认无误请携证书到登记处核验。',
      'Check the issuer and the number; if they are right, bring the certificate to the registrar.',
    ],
  ),
  'certificate-number-missing': problem(
    422,
    ['缺少证书编号', 'The certificate number is missing'],
    ['证书类成果须填写证书编号。', 'A certificate needs its number.'],
  ),
  'catalogue-item-unknown': problem(
    422,
    ['目录中没有此项目', 'No such catalogue item'],
    [
      '现行成果目录没有 {item}；请核对代码，或不填项目按目录外成果申请。',
      'The outcome catalogue has no {item}: check the code, or leave the item out.',
    ],
  ),
  'catalogue-item-not-in-force': problem(
    409,
    ['目录项目不适用于该日期', 'The catalogue item is not for that day'],
    [
      '项目 {item} 适用于 {effectiveFrom} 至 {effectiveTo} 取得的成果，本成果取得于 {obtainedOn}。',
      'The item {item} is for outcomes obtained from {effectiveFrom} to {effectiveTo}; this one was on {obtainedOn}.',
    ],
  ),
  'catalogue-item-without-project': problem(
    409,
    ['该项目不能成批认定', 'This item is not for lists'],
    [
      '只有已认证项目可以成批认定；{item} 请逐项申请。',
      'Only an accredited project may send lists; enter {item} case by case.',
    ],
  ),
  'project-review-due': problem(
    409,
    ['项目认证需要复核', 'The project must be reviewed first'],
    [
      '项目 {item} 的认证适用于 {accreditedOn} 至 {reviewDue} 取得的成果。',
      'The accreditation of {item} covers outcomes obtained from {accreditedOn} to {reviewDue}.',
    ],
  ),
  'issuer-not-accepted': problem(
    409,
    ['发证机构不在目录中', 'The issuer is not in the catalogue'],
    [
      '目录项目 {item} 不认可该发证机构；请核对证书上的名称。',
      'The catalogue item {item} does not name this issuer: check its name on the paper.',
    ],
  ),
  'grade-below-minimum': problem(
    409,
    ['成绩未达最低要求', 'The grade is below the minimum'],
    [
      '项目 {item} 要求成绩至少 {minimum}，本成果为 {grade}。',
      'The item {item} asks for a grade of {minimum} or more; this one has {grade}.',
    ],
  ),
  'level-unknown': problem(
    422,
    ['等级不存在', 'Unknown level'],
    ['规则的资历框架中没有等级 {level}。', 'No level scheme of the rules has {level}.'],
  ),
  'evidence-type-not-accepted': problem(
    415,
    ['材料格式不接受', 'This kind of file is not accepted'],
    [
      '只接受内容和扩展名一致的 PDF、PNG、JPEG 文件。',
      'Only PDF, PNG and JPEG files, with the ending that fits what is in them.',
    ],
  ),
  'evidence-empty': problem(
    422,
    ['文件是空的', 'The file is empty'],
    ['请重新选择文件后上传。', 'Choose the file again and send it.'],
  ),
  'evidence-too-large': problem(
    413,
    ['文件过大', 'The file is too large'],
    [
      '每份材料最多 {limit} 字节，收到 {given} 字节；请压缩或降低分辨率。',
      'A file may have {limit} bytes, this one has {given}: make it smaller.',
    ],
  ),
  'evidence-too-many': problem(
    409,
    ['材料份数过多', 'Too many files'],
    ['每项申请最多 {limit} 份材料；请合并后上传。', 'A case may have {limit} files: put several pages into one.'],
  ),
} satisfies Partial<Record<RefusalCode, ProblemSpec>>;
