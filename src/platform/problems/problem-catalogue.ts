import type { RefusalCode } from '../../kernel/refusal.js';

/** One sentence in the two languages people read. `{name}` is filled from the refusal's details. */
export interface Bilingual {
  zh: string;
  en: string;
}

/** What a refusal looks like from outside: status, name, and a sentence that says what to do. */
export interface ProblemSpec {
  status: number;
  title: Bilingual;
  detail: Bilingual;
}

function problem(status: number, title: [string, string], detail: [string, string]): ProblemSpec {
  return { status, title: { zh: title[0], en: title[1] }, detail: { zh: detail[0], en: detail[1] } };
}

/**
 * Every problem the bank can answer with (RFC 9457). Codes are stable: clients may rely on them. Each has a page at
 * `/problems/{code}`. Forgetting one is a compile error.
 */
export const PROBLEMS: Record<RefusalCode, ProblemSpec> = {
  'malformed-json': problem(
    400,
    ['请求不是有效的 JSON', 'The request is not valid JSON'],
    ['请检查括号、引号和逗号后重新发送。', 'Check brackets, quotes and commas, then send it again.'],
  ),
  'validation-failed': problem(
    400,
    ['请求内容有误', 'The request has mistakes'],
    [
      'errors 列出了每一处错误的位置和改法，请全部改正后重新发送。',
      'See errors: each names the place and what to do. Correct all and send it again.',
    ],
  ),
  'unsupported-media-type': problem(
    415,
    ['不支持的内容类型', 'Unsupported content type'],
    [
      '请使用 application/json；文件上传请使用 multipart/form-data 或 text/csv。',
      'Use application/json, or multipart/form-data or text/csv for files.',
    ],
  ),
  'body-too-large': problem(
    413,
    ['请求过大', 'The request is too large'],
    ['请分成几个较小的请求或文件发送。', 'Split it into several smaller requests or files.'],
  ),
  'list-too-long': problem(
    413,
    ['列表过长', 'The list is too long'],
    [
      '一次最多 {limit} 行，收到 {given} 行；请分批发送。',
      'At most {limit} rows at a time, got {given}: send it in parts.',
    ],
  ),
  'cursor-invalid': problem(
    400,
    ['翻页标记无效', 'The cursor is invalid'],
    [
      '请从第一页重新开始，并原样使用 Link 头中的地址。',
      'Start again from the first page and use the address of the Link header as it is.',
    ],
  ),
  'not-found': problem(
    404,
    ['没有找到', 'Not found'],
    [
      '没有这个对象，或者您无权查看它。请核对编号。',
      'There is no such thing, or it is not yours to see. Check the number.',
    ],
  ),
  unauthenticated: problem(
    401,
    ['需要有效的密钥', 'A valid key is needed'],
    [
      '浏览器：在登录框中用户名任意填写，密码填写密钥；密钥由登记处发放。程序：以 Authorization: Bearer 提供未被撤销的密钥。',
      'In a browser: any user name, and your key as the password; a registrar gives out keys. A program sends a key that has not been revoked as Authorization: Bearer.',
    ],
  ),
  forbidden: problem(
    403,
    ['无权操作', 'Not allowed'],
    [
      '角色 {role} 不能使用此功能；请使用有相应角色的密钥。',
      'The role {role} may not do this: use a key with the right role.',
    ],
  ),
  'idempotency-key-missing': problem(
    400,
    ['缺少 Idempotency-Key', 'Idempotency-Key is missing'],
    [
      '每次写入都要带 Idempotency-Key 头：先生成并保存一个 UUID，重试时使用同一个。',
      'Every write needs the header Idempotency-Key: make and keep a UUID first, and use the same one when you retry.',
    ],
  ),
  'idempotency-key-invalid': problem(
    400,
    ['Idempotency-Key 格式有误', 'Idempotency-Key is malformed'],
    [
      '请使用 8 至 128 个可见 ASCII 字符，例如一个 UUID。',
      'Use 8 to 128 visible ASCII characters, for example a UUID.',
    ],
  ),
  'idempotency-key-reused': problem(
    422,
    ['Idempotency-Key 已用于另一个请求', 'Idempotency-Key was used for another request'],
    [
      '这个键已对应另一内容的请求，未作任何更改；新的请求请使用新的键。',
      'This key belongs to a request with other content; nothing was changed. Use a new key for a new request.',
    ],
  ),
  'request-still-running': problem(
    409,
    ['相同的请求正在处理', 'The same request is still running'],
    ['请稍后用同一个键重试，将得到首次的答复。', 'Retry with the same key in a moment to get the first answer.'],
  ),
  'precondition-required': problem(
    428,
    ['缺少 If-Match', 'If-Match is missing'],
    [
      '修改前请先读取，并在 If-Match 头中带上读到的 ETag。',
      'Read it first, and send the ETag you read in the header If-Match.',
    ],
  ),
  'precondition-failed': problem(
    412,
    ['内容已被他人修改', 'Somebody else has changed it'],
    [
      '未作任何更改。请重新读取，核对后以新的 ETag 和新的 Idempotency-Key 再修改。',
      'Nothing was changed. Read it again, look at it, then change it with the new ETag and a new Idempotency-Key.',
    ],
  ),
  overloaded: problem(
    503,
    ['系统繁忙', 'The bank is busy'],
    [
      '请在 Retry-After 指出的秒数后用同一个键重试；未作任何更改。',
      'Nothing was changed: retry with the same key after the seconds of Retry-After.',
    ],
  ),
  'storage-full': problem(
    507,
    ['存储空间已满', 'Storage is full'],
    [
      '未作任何更改；请联系管理员腾出空间后用同一个键重试。',
      'Nothing was changed: ask the operator to make room, then retry with the same key.',
    ],
  ),
  'internal-error': problem(
    500,
    ['内部错误', 'Internal error'],
    [
      '未能完成请求；请把 instance 编号告诉管理员，可用同一个键重试。',
      'The request was not completed: give the instance to the operator; retrying with the same key is safe.',
    ],
  ),

  'identity-number-invalid': problem(
    422,
    ['证件号码有误', 'The identity number is invalid'],
    [
      '证件号码与类型 {idType} 不符或校验位不对；请对照证件重新录入。',
      'The number does not fit the document type {idType} or its check digit is wrong: copy it again from the document.',
    ],
  ),
  'identity-already-registered': problem(
    409,
    ['该证件已开户', 'This document already has an account'],
    [
      '一人一户：请查询已有账户，遗失学习卡请办理补卡。',
      'One person, one account: look up the existing account; a lost card is replaced.',
    ],
  ),
  'unit-unknown': problem(
    422,
    ['行政区划代码不存在', 'Unknown administrative unit'],
    [
      '没有代码为 {unitCode} 的行政单位；请从区划列表中选择。',
      'There is no unit {unitCode}: choose one from the list of units.',
    ],
  ),
  'account-frozen': problem(
    409,
    ['账户已冻结', 'The account is frozen'],
    [
      '冻结期间仍可累积学分，但不能转换或颁证；请先由登记员解冻。',
      'A frozen account still earns but cannot convert or be awarded: a registrar must unfreeze it first.',
    ],
  ),
  'account-closed': problem(
    409,
    ['账户已注销', 'The account is closed'],
    ['注销的账户只读；如需继续学习请联系登记员。', 'A closed account is read-only: ask a registrar.'],
  ),
  'account-merged': problem(
    409,
    ['账户已并入另一账户', 'The account was merged into another one'],
    [
      '该账户已合并到本人的另一账户：请使用保留账户及其学习卡；确需更正的，先由登记员撤销合并。',
      'This account was merged into another one of the same person: use the account that was kept and its card. To correct something here, a registrar must undo the merge first.',
    ],
  ),
  'account-change-not-allowed': problem(
    409,
    ['账户状态不允许此操作', 'The account cannot change this way'],
    ['账户现为 {status}，不能改为 {wanted}。', 'The account is {status} and cannot become {wanted}.'],
  ),
  'card-number-invalid': problem(
    422,
    ['学习卡号有误', 'The card number is invalid'],
    [
      '卡号应为 15 位数字且校验位正确；请对照学习卡重新录入。',
      'A card number has 15 digits with a right check digit: copy it again from the card.',
    ],
  ),
  'card-number-mangled': problem(
    422,
    ['学习卡号被表格软件改坏', 'A spreadsheet damaged the card number'],
    [
      '卡号变成了科学计数法；请把该列设为“文本”后重新填写卡号，再保存。',
      'The number became scientific notation: set the column to "text", enter the numbers again and save.',
    ],
  ),
  'card-unknown': problem(
    422,
    ['没有这张学习卡', 'No such card'],
    [
      '卡号格式正确但未发放；请核对，或先为学习者办卡。',
      'The number is well formed but was never issued: check it, or issue a card first.',
    ],
  ),
  'card-not-active': problem(
    409,
    ['学习卡不可用', 'The card is not active'],
    [
      '该卡状态为 {status}；请先激活，或使用补办的新卡。',
      'The card is {status}: activate it, or use the card that replaced it.',
    ],
  ),
  'card-change-not-allowed': problem(
    409,
    ['学习卡状态不允许此操作', 'The card cannot change this way'],
    ['该卡状态为 {status}，不能改为 {wanted}。', 'The card is {status}; it cannot become {wanted}.'],
  ),
  'card-still-valid': problem(
    409,
    ['已有可用的学习卡', 'There is a usable card already'],
    ['每人一张有效卡；遗失请先挂失，再补办。', 'One usable card per person: report the old one lost, then replace it.'],
  ),

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

  'session-not-over': problem(
    409,
    ['课次尚未结束', 'The session is not over'],
    ['课次于 {endsAt} 结束，之后才能登记出勤。', 'The session ends at {endsAt}: post attendance after that.'],
  ),
  'attendance-overlaps': problem(
    409,
    ['与另一课次时间重叠', 'Overlaps another session'],
    [
      '该学习者当日已登记时间重叠的课次（分录 {entryId}）；请核对哪一个有误，先冲正错误的。',
      'This learner already has a session at that time (entry {entryId}): find out which is wrong and reverse it first.',
    ],
  ),
  'attendance-already-recorded': problem(
    409,
    ['出勤已登记', 'Attendance is already recorded'],
    [
      '该学习者在本课次已登记 {minutes} 分钟（分录 {entryId}，{recordedAt}）；内容不同请先冲正。',
      'This learner already has {minutes} minutes in this session (entry {entryId}, {recordedAt}): to change it, reverse that entry first.',
    ],
  ),
  'session-full': problem(
    409,
    ['课次人数已满', 'The session is full'],
    [
      '课次容量 {capacity} 人，均已登记；请核对名单。',
      'All {capacity} places of the session are taken: check the list.',
    ],
  ),
  'minutes-out-of-range': problem(
    422,
    ['分钟数不合理', 'The minutes are out of range'],
    ['分钟数应为 1 至 {limit} 的整数。', 'Minutes must be a whole number from 1 to {limit}.'],
  ),
  'minutes-exceed-session': problem(
    422,
    ['分钟数超过课次时长', 'More minutes than the session had'],
    [
      '课次时长 {sessionMinutes} 分钟；请核对后填写实际分钟数。',
      'The session lasted {sessionMinutes} minutes: enter the real minutes.',
    ],
  ),
  'visit-too-short': problem(
    409,
    ['时长不足', 'The visit was too short'],
    ['该活动至少 {minimumMinutes} 分钟才计学时。', 'This activity counts from {minimumMinutes} minutes.'],
  ),
  'evidence-not-accepted': problem(
    409,
    ['签到方式不被接受', 'This kind of evidence does not count'],
    ['该活动不接受“{evidence}”作为出勤依据。', 'This activity does not accept {evidence} as evidence.'],
  ),
  'day-cap-reached': problem(
    409,
    ['已达每日上限', 'The daily limit is reached'],
    [
      '{day} 已计 {usedMinutes} 分钟，上限 {limitMinutes} 分钟。',
      '{usedMinutes} of {limitMinutes} minutes are already counted on {day}.',
    ],
  ),
  'visits-per-day-reached': problem(
    409,
    ['已达每日次数上限', 'The daily number of visits is reached'],
    [
      '{day} 此类活动已计 {used} 次，上限 {limit} 次。',
      '{used} of {limit} visits of this kind are already counted on {day}.',
    ],
  ),
  'course-cap-reached': problem(
    409,
    ['已达课程时长上限', 'The limit for this course is reached'],
    [
      '该课程已计 {usedMinutes} 分钟，上限 {limitMinutes} 分钟。',
      '{usedMinutes} of {limitMinutes} minutes are already counted for this course.',
    ],
  ),
  'cap-reached': problem(
    409,
    ['已达上限', 'A limit is reached'],
    [
      '“{nameZh}”（{cap}，{periodZh}）：已计 {used}，上限 {limit}，尚余 {left}（{unitZh}）。',
      '{nameEn} ({cap}, by {period}): {used} of {limit} {unit} are already counted, {left} left.',
    ],
  ),
  'course-duplicates-passed': problem(
    409,
    ['与已通过的课程重复', 'The course duplicates one already passed'],
    [
      '该学习者已通过同名课程《{courseTitle}》（{courseCode}，分录 {entryId}），不能重复计学分。',
      'This learner has passed "{courseTitle}" ({courseCode}, entry {entryId}), which is the same course by its title.',
    ],
  ),
  'course-without-completion': problem(
    409,
    ['该课程按出勤计学分', 'This course earns by attendance'],
    ['该课程不需要结业登记。', 'This course has no completion to record.'],
  ),
  'course-already-completed': problem(
    409,
    ['已登记结业', 'Completion is already recorded'],
    [
      '该学习者已登记结业（分录 {entryId}）；更改请先冲正。',
      'This learner has completed the course (entry {entryId}): to change it, reverse that entry first.',
    ],
  ),
  'attendance-gate-not-met': problem(
    409,
    ['出勤率不足', 'Attendance is below the gate'],
    [
      '出勤 {attended}/{planned} 次，要求至少 {requiredPercent}%。',
      '{attended} of {planned} sessions attended; at least {requiredPercent}% are required.',
    ],
  ),
  'grade-gate-not-met': problem(
    409,
    ['成绩不足', 'The grade is below the gate'],
    ['成绩要求至少 {requiredGrade} 分。', 'A grade of at least {requiredGrade} is required.'],
  ),
  'duplicate-row': problem(
    422,
    ['重复的行', 'Duplicate row'],
    [
      '与第 {firstLine} 行是同一课次同一学习者；请删去一行。',
      'Same session and learner as line {firstLine}: delete one of them.',
    ],
  ),

  'file-missing': problem(
    400,
    ['没有收到文件', 'No file received'],
    [
      '请在表单的 file 字段中附上文件，或以 text/csv 直接发送。',
      'Attach the file in the form field "file", or send it as text/csv.',
    ],
  ),
  'file-empty': problem(
    422,
    ['文件没有数据行', 'The file has no rows'],
    ['请在表头下至少填写一行。', 'Fill in at least one row below the header.'],
  ),
  'file-encoding-unknown': problem(
    422,
    ['无法识别文件编码', 'The encoding is not recognised'],
    ['请另存为“CSV UTF-8”或 GB18030 编码的 CSV。', 'Save it as "CSV UTF-8" or as CSV in GB18030.'],
  ),
  'file-malformed': problem(
    422,
    ['CSV 格式有误', 'The CSV is malformed'],
    [
      '第 {line} 行附近的引号或分隔符有误；请用表格软件重新另存为 CSV。',
      'A quote or separator near line {line} is wrong: save it again as CSV from the spreadsheet program.',
    ],
  ),
  'file-columns-wrong': problem(
    422,
    ['表头不对', 'The columns are wrong'],
    [
      '缺少列：{missing}；多余列：{unknown}。请使用模板的表头。',
      'Missing: {missing}; unknown: {unknown}. Use the header of the template.',
    ],
  ),
  'row-incomplete': problem(
    422,
    ['该行不完整', 'The row is incomplete'],
    ['{field} 为空；请补全。', '{field} is empty: fill it in.'],
  ),
  'text-damaged': problem(
    422,
    ['文字已损坏', 'The text is damaged'],
    [
      '{field} 中有无法显示的替代字符；请从原表重新导出。',
      '{field} contains replacement characters: export it again from the source.',
    ],
  ),
  'evidence-unknown': problem(
    422,
    ['签到方式不认识', 'Unknown kind of evidence'],
    ['请使用：刷卡、名单、扫码、自报、导入。', 'Use one of: card, list, qr, self, import.'],
  ),

  'entry-already-reversed': problem(
    409,
    ['该分录已冲正', 'The entry is already reversed'],
    ['已由分录 {entryId} 冲正；一条分录只能冲正一次。', 'Reversed by entry {entryId}: an entry can be reversed once.'],
  ),
  'entry-not-reversible': problem(
    409,
    ['该分录不能在此冲正', 'This entry cannot be reversed here'],
    [
      '{kind} 类分录须由其自身的流程撤销（例如撤销证书）。',
      'An entry of kind {kind} is undone by its own action (for example revoking the certificate).',
    ],
  ),
  'credit-already-used': problem(
    409,
    ['学分已被使用', 'The credit has been used'],
    [
      '该分录的学分（批次 {lot}）已转换、冻结或用于证书；请先撤销该用途。',
      'Credit of this entry (lot {lot}) has been converted, held or awarded: undo that use first.',
    ],
  ),
  'insufficient-credit': problem(
    409,
    ['学分余额不足', 'Not enough credit'],
    [
      '{creditType} 可用 {available} 学分，需要 {needed} 学分。',
      '{available} credits of {creditType} are available; {needed} are needed.',
    ],
  ),
  'merge-with-itself': problem(
    422,
    ['不能与自身合并', 'An account cannot be merged with itself'],
    [
      '重复账户与保留账户是同一个账户；请填写另一个账户的编号。',
      'The duplicate is the account that is kept: name the other account.',
    ],
  ),
  'merge-too-large': problem(
    409,
    ['账户批次过多，不能一次合并', 'Too many lots to merge at once'],
    [
      '重复账户有 {given} 笔需要转移，一次最多 {limit} 笔；请反过来合并：保留这个账户，关闭另一个。',
      'The duplicate has {given} movements to transfer, at most {limit} fit into one entry: keep that account and close the other one.',
    ],
  ),
  'merge-already-reversed': problem(
    409,
    ['该合并已撤销', 'The merge has already been undone'],
    ['该合并已于 {reversedAt} 撤销；一次合并只能撤销一次。', 'It was undone at {reversedAt}: a merge is undone once.'],
  ),
  'credit-held': problem(
    409,
    ['有冻结中的学分', 'Credit is held'],
    [
      '重复账户有 {held} 学分冻结在未办结的业务中；请先办结或解冻，再合并。',
      'The duplicate has {held} credit held for something that is not finished: finish or release it, then merge.',
    ],
  ),

  'credit-expired': problem(
    409,
    ['学分已作到期处理', 'The credit has expired'],
    [
      '该分录的学分（批次 {lot}）已于到期日转入“已过期”；如确需冲正，请先冲正其到期分录。',
      'Credit of this entry (lot {lot}) has gone to "expired": reverse its expiry first if this must be undone.',
    ],
  ),
  'nothing-to-book': problem(
    409,
    ['没有需要入账的内容', 'There is nothing to book'],
    ['账目已是应有的状态，未作更改。', 'The book already is what it should be; nothing was changed.'],
  ),

  'recognition-not-offered': problem(
    409,
    ['本行尚未开展成果认定', 'Nothing is recognised here yet'],
    ['现行规则包没有认定规则；请咨询登记处。', 'The rules in force say nothing of recognition: ask the registrar.'],
  ),
  'recognition-step-out-of-turn': problem(
    409,
    ['当前状态不能办理此步骤', 'Not the turn of this step'],
    [
      '申请处于 {state}，不能办理 {step}；请先查看申请的最新状态。',
      'The case is {state}, where {step} cannot be done: look at the case as it is now.',
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
    ['全部席位已投票，申请现为 {state}。', 'All seats have voted; the case is now {state}.'],
  ),
  'recognition-panel-needed': problem(
    409,
    ['须由评议组决定', 'A panel must decide this'],
    [
      '按您给出的学分，本申请须由评议组 {panel} 决定；请退回后由初审人给出学分。',
      'With the worth you name it is a case for the panel {panel}: return it, so that the first reviewer names it.',
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
    ['需要理由代码', 'A reason code is needed'],
    [
      '退回、不予认定和驳回申诉须写明规则包中的理由代码，可用：{reasons}。',
      'To return, reject or dismiss, give a reason code of the rules: {reasons}.',
    ],
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
  'recognition-cap-reached': problem(
    409,
    ['已达认定上限', 'A cap is reached'],
    [
      '上限 {cap}：限额 {limit}，已用 {used}，剩余 {left}，本次 {asked}。',
      'Cap {cap}: limit {limit}, used {used}, left {left}, asked {asked}.',
    ],
  ),
  'outcome-already-submitted': problem(
    409,
    ['该成果已申请认定', 'The outcome is already in a case'],
    ['同一成果只认定一次，见申请 {recognitionId}。', 'One outcome is recognised once: see the case {recognitionId}.'],
  ),
  'outcome-class-wrong': problem(
    422,
    ['成果类别不符', 'Another class of outcome'],
    [
      '目录项目 {item} 的类别是 {expected}，申请写的是 {given}。',
      'The catalogue item {item} is a {expected}, the case says {given}.',
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
  'conversion-not-allowed': problem(
    409,
    ['没有允许此转换的规则', 'No rule allows this conversion'],
    [
      '规则表中没有从 {from} 到 {to} 的规则；没有规则即不可转换。',
      'The rule table has no rule from {from} to {to}: without a rule there is no conversion.',
    ],
  ),
  'leisure-to-degree-forbidden': problem(
    409,
    ['文化休闲学分不能转换为学历学分', 'Leisure credit cannot become degree credit'],
    ['任何规则都不能允许此转换。', 'No rule can allow this conversion.'],
  ),
  'conversion-rule-not-in-force': problem(
    409,
    ['转换规则不在有效期', 'The conversion rule is not in force'],
    [
      '规则 {rule} 有效期为 {effectiveFrom} 至 {effectiveTo}。',
      'The rule {rule} is in force from {effectiveFrom} to {effectiveTo}.',
    ],
  ),
  'conversion-amount-not-whole': problem(
    422,
    ['转换数量不合比例', 'The amount does not fit the ratio'],
    ['数量须是 {step} 学分的整数倍；可改为 {nearest}。', 'The amount must be a multiple of {step}: try {nearest}.'],
  ),
  'conversion-cap-exceeded': problem(
    409,
    ['超过转换上限', 'Over the conversion cap'],
    [
      '上限 {limit} 学分，已用 {used}，还可转换 {left}，申请 {asked}。',
      'The cap is {limit} credits, {used} used, {left} left, {asked} asked.',
    ],
  ),
  'conversion-count-exceeded': problem(
    409,
    ['超过转换项数上限', 'Over the number that may be converted'],
    [
      '最多 {limit} 项，已用 {used} 项，还可 {left} 项，申请 {asked} 项。',
      'At most {limit}; {used} used, {left} left, {asked} asked.',
    ],
  ),
  'conversion-floor-missed': problem(
    409,
    ['须留给其他学习的学分不足', 'Too little is left for other learning'],
    [
      '项目 {programme} 至少要有 {least} 学分来自其他学习：转换最多 {limit}，已用 {used}，还可 {left}，申请 {asked}。',
      'The programme {programme} keeps {least} credits for other learning: at most {limit} by conversion, {used} used, {left} left, {asked} asked.',
    ],
  ),
  'conversion-amount-missing': problem(
    422,
    ['未写明转换数量', 'The amount is missing'],
    ['按比例转换须写明数量，或指明要用的批次。', 'A conversion by ratio needs an amount, or the lots to use.'],
  ),
  'conversion-lots-unsuitable': problem(
    409,
    ['所选批次不可用于此转换', 'These lots do not suit the conversion'],
    [
      '批次 {unsuitable} 不存在、无可用学分、已过期或不符合规则。',
      'Lots {unsuitable} do not exist, have nothing usable, have expired or are not what the rule asks for.',
    ],
  ),
  'item-not-exemptible': problem(
    409,
    ['该课程或环节不可免修', 'Nothing can stand in for this item'],
    ['项目 {programme} 的 {item} 必须在本项目内完成。', '{item} of {programme} must be done in the programme itself.'],
  ),
  'item-already-covered': problem(
    409,
    ['该课程已被替代', 'The item is already covered'],
    ['项目 {programme} 的 {item} 已有成果替代。', 'An outcome already stands in for {item} of {programme}.'],
  ),
  'overlap-too-low': problem(
    409,
    ['内容重合度不足', 'The contents overlap too little'],
    [
      '重合度 {overlapPercent}%，至少须 {leastPercent}%。{supplement}',
      'The overlap is {overlapPercent}%, at least {leastPercent}% is asked. {supplement}',
    ],
  ),
  'level-too-low': problem(
    409,
    ['等级不符', 'The level does not fit'],
    ['目标等级为 {level}；批次 {leftOut} 不符。', 'The target asks for {level}; lots {leftOut} do not have it.'],
  ),
  'outcome-not-whole': problem(
    409,
    ['只能使用整项成果', 'Only whole outcomes can be used'],
    [
      '此规则不接受拆分：批次 {leftOut} 已用过一部分；整项可凑成 {nearest}。',
      'This rule takes no part of an outcome: lots {leftOut} were used in part; whole ones make {nearest}.',
    ],
  ),
  'outcome-already-converted': problem(
    409,
    ['该成果已转换过', 'The outcome was already converted'],
    [
      '批次 {leftOut} 的成果已用过；同一成果不得重复转换。',
      'The outcomes of lots {leftOut} have served already: one outcome is not converted twice.',
    ],
  ),
  'conversion-quote-outdated': problem(
    409,
    ['试算已过时', 'The quote is out of date'],
    ['试算之后账户、规则或日期有变；请重新试算。', 'The account, the rules or the day changed since: quote again.'],
  ),
  'conversion-not-held': problem(
    409,
    ['该转换不在待批状态', 'The conversion is not waiting'],
    ['它的状态为 {state}。', 'Its state is {state}.'],
  ),
  'conversion-still-held': problem(
    409,
    ['该转换尚未执行', 'The conversion was not executed'],
    ['它的状态为 {state}；未执行的转换不可撤销。', 'Its state is {state}: only an executed conversion is reversed.'],
  ),
  'conversion-hold-lapsed': problem(
    409,
    ['冻结已到期', 'The hold has lapsed'],
    [
      '须在 {holdUntil} 之前批准；请退回，学分将全部解冻。',
      'It had to be approved by {holdUntil}: refuse it, and all the credit is released.',
    ],
  ),
  'approver-not-independent': problem(
    403,
    ['须由另一人批准', 'Somebody else must decide'],
    ['提出转换的人不可自行批准。', 'Whoever asked for the conversion cannot approve it.'],
  ),

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
  'policy-not-in-force': problem(
    409,
    ['当日没有生效的规则', 'No policy was in force'],
    ['{day} 没有已发布的规则包；请先发布。', 'No policy pack was in force on {day}: publish one first.'],
  ),
  'policy-unknown': problem(
    404,
    ['没有这个规则版本', 'Unknown policy version'],
    [
      '没有版本 {policyVersion}；写法为 代码@版本。',
      'There is no version {policyVersion}: it is written code@version.',
    ],
  ),
  'policy-pack-wrong': problem(
    422,
    ['规则包有误', 'The policy pack is wrong'],
    [
      'errors 列出了全部 {count} 处错误的位置、行号和改法；未作任何更改。',
      'See errors for all {count} mistakes, each with its place, line and what would be right; nothing was changed.',
    ],
  ),
  'policy-already-published': problem(
    409,
    ['该版本已发布', 'This version is published'],
    [
      '{policyVersion} 已发布，内容不再更改；请换一个版本号。',
      '{policyVersion} is published and never changes: give the change a new version.',
    ],
  ),
  'policy-review-by-drafter': problem(
    409,
    ['不能审核自己的草案', 'The drafter cannot review'],
    [
      '{policyVersion} 的现有内容由您起草；请由另一人审核。',
      'You drafted what {policyVersion} says: another person must review it.',
    ],
  ),
  'policy-not-reviewed': problem(
    409,
    ['尚未审核', 'Not reviewed'],
    [
      '{policyVersion} 的现有内容还没有经另一人审核，不能发布。',
      'Nobody else has reviewed what {policyVersion} says now: it cannot be published yet.',
    ],
  ),
  'policy-effective-in-past': problem(
    409,
    ['生效日期已过', 'It would take effect in the past'],
    [
      '{effectiveFrom} 及以后已有分录按现行规则入账；请把生效日期改为 {firstFreeDay} 或以后。',
      'Entries on or after {effectiveFrom} were decided by the rules in force: let it take effect on {firstFreeDay} or later.',
    ],
  ),
  'policy-day-taken': problem(
    409,
    ['该日已有规则生效', 'Another version takes effect on that day'],
    [
      '{otherVersion} 已定于 {effectiveFrom} 生效；同一天只能有一个版本生效，请另选日期。',
      '{otherVersion} takes effect on {effectiveFrom}: no two versions may on one day, choose another.',
    ],
  ),
};

/** Fills a sentence's `{name}` places. A missing fact becomes a dash, never `undefined`. */
export function fillSentence(template: string, details: Record<string, unknown>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = details[name];
    return (typeof value === 'string' && value !== '') || typeof value === 'number' ? `${value}` : '—';
  });
}
