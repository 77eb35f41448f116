import type { Bilingual } from './problem-spec.js';

/**
 * What people call the states of things and the steps that lead from one to another: the one list for every sentence that
 * names one. A word is the same wherever its code is used, so that a card and an account that are closed are called alike.
 */
const WORDS: Record<string, Bilingual> = {
  // cases of recognition
  draft: { zh: '草稿', en: 'a draft' },
  submitted: { zh: '已提交，待初审', en: 'handed in' },
  'preliminarily-approved': { zh: '初审通过，待终审', en: 'approved at the first review' },
  'before-panel': { zh: '评议中', en: 'before a panel' },
  returned: { zh: '已退回，待补正', en: 'sent back' },
  recognised: { zh: '已认定', en: 'recognised' },
  rejected: { zh: '不予认定', en: 'rejected' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  appealed: { zh: '申诉处理中', en: 'under appeal' },
  contested: { zh: '已认定，申诉处理中', en: 'recognised and under appeal' },
  'appeal-dismissed': { zh: '申诉已驳回', en: 'dismissed on appeal' },
  revoked: { zh: '认定已撤销', en: 'revoked' },
  // what is done to them
  entry: { zh: '登记', en: 'entry' },
  'batch-recognition': { zh: '成批认定', en: 'recognition from a list' },
  correction: { zh: '补正', en: 'correction' },
  evidence: { zh: '上传材料', en: 'adding evidence' },
  submission: { zh: '提交', en: 'submission' },
  'preliminary-review': { zh: '初审', en: 'preliminary review' },
  'panel-vote': { zh: '评议投票', en: 'voting in a panel' },
  'final-review': { zh: '终审', en: 'final review' },
  withdrawal: { zh: '撤回', en: 'withdrawal' },
  appeal: { zh: '申诉', en: 'appeal' },
  'appeal-decision': { zh: '申诉决定', en: 'deciding an appeal' },
  revocation: { zh: '撤销认定', en: 'revocation' },
  restoration: { zh: '恢复认定', en: 'restoration' },
  // conversions
  held: { zh: '待批准', en: 'held' },
  converted: { zh: '已执行', en: 'executed' },
  released: { zh: '已释放', en: 'released' },
  reversed: { zh: '已撤销', en: 'reversed' },
  // accounts and cards
  active: { zh: '正常', en: 'active' },
  frozen: { zh: '已冻结', en: 'frozen' },
  closed: { zh: '已注销', en: 'closed' },
  issued: { zh: '已发放，未激活', en: 'issued, not yet active' },
  lost: { zh: '已挂失', en: 'lost' },
  replaced: { zh: '已补办', en: 'replaced' },
};

/** Facts of a refusal that are codes of a state or a step. */
const NAMING: readonly string[] = ['state', 'status', 'wanted', 'step'];

/** A fact as a sentence says it: a state or step by its word, with its code behind it where the word is another; null for any other fact. */
export function stateWords(fact: string, code: string, language: keyof Bilingual): string | null {
  if (!NAMING.includes(fact) || !Object.hasOwn(WORDS, code)) return null;
  const word = WORDS[code]![language];
  if (language === 'zh') return `“${word}”（${code}）`;
  return word.includes(code) ? word : `${word} (${code})`;
}
