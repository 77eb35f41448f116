import { isKeptTime } from '../kernel/study-time.js';
import type { AccountStatus } from '../ledger/domain/post-entry.js';
import type { BankAccount, LearnerBucket } from '../ledger/domain/accounts.js';
import type { Posting } from '../ledger/domain/entry.js';
import type { CreditSummary } from '../ledger/domain/summarise.js';
import { formatCredit } from '../kernel/credit.js';
import { studyTime } from '../policy/domain/pack-words.js';
import { type Named } from '../policy/domain/schema-parts.js';

/** Where credit can be, in the order of every table, and the field of the one calculator that counts it. */
export const PLACES = [
  { bucket: 'available', field: 'availableCenti', name: { zh: '可用', en: 'Available' } },
  { bucket: 'held', field: 'heldCenti', name: { zh: '冻结', en: 'Held' } },
  { bucket: 'awarded', field: 'awardedCenti', name: { zh: '已用于证书', en: 'In certificates' } },
  { bucket: 'converted', field: 'convertedCenti', name: { zh: '已转出', en: 'Converted' } },
  { bucket: 'expired', field: 'expiredCenti', name: { zh: '已过期', en: 'Expired' } },
] as const satisfies { bucket: string; field: keyof CreditSummary; name: Named }[];

/** Where credit of a lot can be. */
export type Place = (typeof PLACES)[number];

const ACCOUNTS: Record<LearnerBucket | BankAccount, Named> = {
  time: { zh: '待折算学时', en: 'Study time waiting' },
  pending: { zh: '待结业学时', en: 'Study time of a course not passed yet' },
  available: { zh: '可用学分', en: 'Available credit' },
  held: { zh: '冻结学分', en: 'Held credit' },
  awarded: { zh: '证书学分', en: 'Credit in certificates' },
  points: { zh: '积分', en: 'Points' },
  attended: { zh: '出勤（银行方）', en: 'Attended (bank)' },
  accrued: { zh: '已折算学时（银行方）', en: 'Turned into credit (bank)' },
  issued: { zh: '学分发放（银行方）', en: 'Issued (bank)' },
  converted: { zh: '已转出学分（银行方）', en: 'Converted (bank)' },
  expired: { zh: '已过期学分（银行方）', en: 'Expired (bank)' },
  corrected: { zh: '更正（银行方）', en: 'Corrected (bank)' },
  rewarded: { zh: '积分发放（银行方）', en: 'Rewarded (bank)' },
  redeemed: { zh: '积分兑换（银行方）', en: 'Redeemed (bank)' },
  merged: { zh: '账户合并：学分（银行方）', en: 'Between two accounts: credit (bank)' },
  'merged-time': { zh: '账户合并：学时（银行方）', en: 'Between two accounts: study time (bank)' },
  'merged-points': { zh: '账户合并：积分（银行方）', en: 'Between two accounts: points (bank)' },
};

/** An account as pages call it; one that is kept apart under a part of its own is called like the others of its kind. */
export function accountName(bucket: string): Named {
  if (isKeptTime(bucket)) return { zh: '学时记录（不再折算）', en: 'Study time on record' };
  return ACCOUNTS[bucket.split('/', 1)[0] as LearnerBucket] ?? { zh: bucket, en: bucket };
}

/** What the status of an account means for its holder. */
export const ACCOUNT_STATUSES: Record<AccountStatus, Named> = {
  active: { zh: '正常', en: 'Active' },
  frozen: { zh: '已冻结：可累积，不能转换或颁证', en: 'Frozen: earns, but converts and is awarded nothing' },
  closed: { zh: '已注销：只读', en: 'Closed: read-only' },
};

/** What a closed account is called whose credit went into another one of the same person. */
export const MERGED_ACCOUNT: Named = {
  zh: '已并入本人另一账户：只读',
  en: 'Merged into your other account: read-only',
};

/** Names of identity documents. */
export const IDENTITY_TYPES: Record<string, Named> = {
  RESIDENT_ID: { zh: '居民身份证', en: 'Resident identity card' },
  PASSPORT: { zh: '护照', en: 'Passport' },
  HK_MACAO_PERMIT: { zh: '港澳居民来往内地通行证', en: 'Hong Kong and Macao permit' },
  TAIWAN_PERMIT: { zh: '台湾居民来往大陆通行证', en: 'Taiwan permit' },
  FOREIGN_PERMANENT_RESIDENT: { zh: '外国人永久居留身份证', en: 'Foreign permanent resident card' },
};

/** Names of the kinds of document. */
export const DOCUMENT_KINDS = {
  certificate: { zh: '证书', en: 'Certificate' },
  transcript: { zh: '成绩单', en: 'Transcript' },
} as const satisfies Record<string, Named>;

/** Hundredths with their sign, for what came and went: `+0.11`, `−0.95`. */
export function signedCredit(amountCenti: number): string {
  return `${amountCenti < 0 ? '−' : '+'}${formatCredit(Math.abs(amountCenti))}`;
}

/** Amount of a posting's unit in words. */
export function amountOf(unit: Posting['unit'], amount: number): Named {
  if (unit === 'second') return studyTime(amount);
  if (unit === 'point') return { zh: `${amount} 积分`, en: `${amount} points` };
  return { zh: `${formatCredit(amount)} 学分`, en: `${formatCredit(amount)} credit` };
}

/** A place that was asked for by the name of its bucket, or null. */
export function readPlace(bucket: string): Place | null {
  return PLACES.find((place) => place.bucket === bucket) ?? null;
}
