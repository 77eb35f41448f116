import type { EntryKind } from './entry.js';

/** Kinds of entry, as pages and reports call them. */
export const ENTRY_KINDS: Record<EntryKind, { zh: string; en: string }> = {
  attendance: { zh: '出勤', en: 'Attendance' },
  completion: { zh: '课程结业', en: 'Course passed' },
  recognition: { zh: '成果认定', en: 'Recognition' },
  conversion: { zh: '学分转换', en: 'Conversion' },
  hold: { zh: '学分冻结（转换待批）', en: 'Held for a conversion' },
  release: { zh: '学分解冻（转换退回）', en: 'Released, not converted' },
  award: { zh: '颁发证书', en: 'Certificate issued' },
  expiry: { zh: '学分到期', en: 'Expiry' },
  reversal: { zh: '冲正', en: 'Reversal' },
  adjustment: { zh: '调整', en: 'Adjustment' },
  reward: { zh: '积分奖励', en: 'Reward' },
  redemption: { zh: '积分兑换', en: 'Redemption' },
  merge: { zh: '账户合并', en: 'Merge' },
  opening: { zh: '期初结转', en: 'Opening' },
};
