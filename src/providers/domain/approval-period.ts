import { Refusal } from '../../kernel/refusal.js';

/** First and last day of an approval (`YYYY-MM-DD`, both included); no last day means until further notice. */
export interface ApprovalPeriod {
  from: string;
  to: string | null;
}

/** Refuses a period that ends before it begins with `approval-period-invalid`. */
export function checkApprovalPeriod({ from, to }: ApprovalPeriod): void {
  if (to !== null && to < from) throw new Refusal('approval-period-invalid', { approvedFrom: from, approvedTo: to });
}

/** A period as one word of the audit (ISO 8601 interval, `..` for an open end). */
export function periodText({ from, to }: ApprovalPeriod): string {
  return `${from}/${to ?? '..'}`;
}
