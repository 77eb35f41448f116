import { problem, type ProblemSpec } from '../problem-spec.js';
import type { RefusalCode } from '../../../kernel/refusal.js';

/** Problems of the book and of conversion. */
export const BOOK_PROBLEMS = {
  // the book
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
      '{creditType} 可用 {available} 学分，需要 {needed} 学分。{hint?}',
      '{available} credits of {creditType} are available; {needed} are needed. {hintEn?}',
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
  // conversion
  'conversion-not-allowed': problem(
    409,
    ['没有允许此转换的规则', 'No rule allows this conversion'],
    [
      '规则表中没有{what}；没有规则即不可转换。',
      'The rule table has no {whatEn}: without a rule there is no conversion.',
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
      '规则“{ruleName}”（{rule}）有效期为 {effectiveFrom} 至 {effectiveTo}。',
      'The rule "{ruleNameEn}" ({rule}) is in force from {effectiveFrom} to {effectiveTo}.',
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
      '{capName}：上限 {limit} 学分，已用 {used}，还可转换 {left}，申请 {asked}。',
      '{capNameEn}: the cap is {limit} credits, {used} used, {left} left, {asked} asked.',
    ],
  ),
  'conversion-count-exceeded': problem(
    409,
    ['超过转换项数上限', 'Over the number that may be converted'],
    [
      '{capName}：最多 {limit} 项，已用 {used} 项，还可 {left} 项，申请 {asked} 项。',
      '{capNameEn}: at most {limit}; {used} used, {left} left, {asked} asked.',
    ],
  ),
  'conversion-floor-missed': problem(
    409,
    ['须留给其他学习的学分不足', 'Too little is left for other learning'],
    [
      '{capName}：项目 {programme} 至少要有 {least} 学分来自其他学习：转换最多 {limit}，已用 {used}，还可 {left}，申请 {asked}。',
      '{capNameEn}: the programme {programme} keeps {least} credits for other learning: at most {limit} by conversion, {used} used, {left} left, {asked} asked.',
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
    [
      '项目 {programme} 的 {itemName} 必须在本项目内完成。',
      '{itemNameEn} of {programme} must be done in the programme itself.',
    ],
  ),
  'item-already-covered': problem(
    409,
    ['该课程已被替代', 'The item is already covered'],
    ['项目 {programme} 的 {itemName} 已有成果替代。', 'An outcome already stands in for {itemNameEn} of {programme}.'],
  ),
  'overlap-too-low': problem(
    409,
    ['内容重合度不足', 'The contents overlap too little'],
    [
      '重合度 {overlapPercent}%，至少须 {leastPercent}%。{supplement?}',
      'The overlap is {overlapPercent}%, at least {leastPercent}% is asked. {supplementEn?}',
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
    ['此规则只接受整项成果，不得拆分。{hint?}', 'This rule takes whole outcomes and no part of one. {hintEn?}'],
  ),
  'outcome-already-converted': problem(
    409,
    ['该成果已转换过', 'The outcome was already converted'],
    [
      '批次 {leftOut} 的成果已用过；同一成果不得重复转换。',
      'The outcomes of lots {leftOut} have served already: one outcome is not converted twice.',
    ],
  ),
  'outcome-too-old': problem(
    409,
    ['成果取得过早', 'The outcome is too old'],
    [
      '项目 {programme} 只计 {notBefore} 以后取得的成果；批次 {leftOut} 更早。',
      'The programme {programme} counts what was earned from {notBefore} on; lots {leftOut} are older.',
    ],
  ),
  'course-counts-once': problem(
    409,
    ['同一门课程只转换一次', 'A course is converted once'],
    [
      '批次 {leftOut} 与已计入的另一项成果是同一门课程，只计一次。{hint?}',
      'Lots {leftOut} are of a course that another outcome stands for: it counts once. {hintEn?}',
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
    ['它的状态为{state}。', 'Its state is {state}.'],
  ),
  'conversion-still-held': problem(
    409,
    ['该转换尚未执行', 'The conversion was not executed'],
    ['它的状态为{state}；未执行的转换不可撤销。', 'Its state is {state}: only an executed conversion is reversed.'],
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
} satisfies Partial<Record<RefusalCode, ProblemSpec>>;
