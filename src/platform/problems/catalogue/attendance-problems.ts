import { problem, type ProblemSpec } from '../problem-spec.js';
import type { RefusalCode } from '../../../kernel/refusal.js';

/** Problems of attendance and of files. */
export const ATTENDANCE_PROBLEMS = {
  // attendance
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
  // files
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
} satisfies Partial<Record<RefusalCode, ProblemSpec>>;
