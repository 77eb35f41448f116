/**
 * Accounts are named, not stored as objects. A learner's account is `bucket` + credit type; the other side of every
 * posting is a bank-side name. A bucket may carry a part after `/`: study time that a step of one length or a gated course
 * still has to turn into credit is kept apart (`time/486s`, `pending/<courseId>`), or its remainder would leak into
 * another rate.
 */

export type Unit = 'second' | 'centi' | 'point';
/** Accounts of a learner; their balances are stored. */
export type LearnerBucket = 'time' | 'pending' | 'available' | 'held' | 'awarded' | 'points';
/** The other side: sums over postings, never stored. */
export type BankAccount =
  | 'attended'
  | 'accrued'
  | 'issued'
  | 'converted'
  | 'expired'
  | 'corrected'
  | 'rewarded'
  | 'redeemed'
  | 'merged'
  | 'merged-time'
  | 'merged-points';

interface BucketSpec {
  unit: Unit;
  side: 'learner' | 'bank';
  /** Credit in these buckets belongs to a lot. */
  hasLots?: boolean;
}

const BUCKETS: Record<LearnerBucket | BankAccount, BucketSpec> = {
  time: { unit: 'second', side: 'learner' },
  pending: { unit: 'second', side: 'learner' },
  attended: { unit: 'second', side: 'bank' },
  accrued: { unit: 'second', side: 'bank' },
  available: { unit: 'centi', side: 'learner', hasLots: true },
  held: { unit: 'centi', side: 'learner', hasLots: true },
  awarded: { unit: 'centi', side: 'learner', hasLots: true },
  issued: { unit: 'centi', side: 'bank', hasLots: true },
  converted: { unit: 'centi', side: 'bank', hasLots: true },
  expired: { unit: 'centi', side: 'bank', hasLots: true },
  corrected: { unit: 'centi', side: 'bank', hasLots: true },
  points: { unit: 'point', side: 'learner' },
  rewarded: { unit: 'point', side: 'bank' },
  redeemed: { unit: 'point', side: 'bank' },
  // Between two accounts of one person: over both entries of a merge each of these comes out even.
  merged: { unit: 'centi', side: 'bank', hasLots: true },
  'merged-time': { unit: 'second', side: 'bank' },
  'merged-points': { unit: 'point', side: 'bank' },
};

/** Bucket name without its part, checked against the closed list above. */
export function bucketSpec(bucket: string): BucketSpec {
  const slash = bucket.indexOf('/');
  const name = slash < 0 ? bucket : bucket.slice(0, slash);
  if (!Object.hasOwn(BUCKETS, name)) throw new RangeError(`No account is called ${bucket}`);
  return BUCKETS[name as LearnerBucket];
}

/** True for an account of a learner. Errors: RangeError for a name that no account has. */
export function isLearnerSide(bucket: string): boolean {
  return bucketSpec(bucket).side === 'learner';
}

/** Key of a learner's balance in memory: bucket (with part) and credit type. */
export function accountKey(bucket: string, creditType: string): string {
  return `${bucket}:${creditType}`;
}
