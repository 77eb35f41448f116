import { problem, type ProblemSpec } from '../problem-spec.js';
import type { RefusalCode } from '../../../kernel/refusal.js';

/** Problems of learners, cards and merged accounts. */
export const LEARNER_PROBLEMS = {
  // learners and cards
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
    ['账户现为{status}，不能改为{wanted}。', 'The account is {status} and cannot become {wanted}.'],
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
      '该卡状态为{status}；请先激活，或使用补办的新卡。',
      'The card is {status}: activate it, or use the card that replaced it.',
    ],
  ),
  'card-change-not-allowed': problem(
    409,
    ['学习卡状态不允许此操作', 'The card cannot change this way'],
    ['该卡状态为{status}，不能改为{wanted}。', 'The card is {status}; it cannot become {wanted}.'],
  ),
  'card-still-valid': problem(
    409,
    ['已有可用的学习卡', 'There is a usable card already'],
    ['每人一张有效卡；遗失请先挂失，再补办。', 'One usable card per person: report the old one lost, then replace it.'],
  ),
  // two accounts of one person
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
} satisfies Partial<Record<RefusalCode, ProblemSpec>>;
