import { Refusal } from '../../kernel/refusal.js';

/** Days whose visits, completions, recognitions, conversions, points and awards are decided by the draft. */
export interface Period {
  from: string;
  to: string;
}

/** Whether a day is one of the period. */
export function isWithin({ from, to }: Period, day: string): boolean {
  return from <= day && day <= to;
}

/** Refuses with `validation-failed` a period that ends before it begins. */
export function requirePeriod({ from, to }: Period): void {
  if (from > to) {
    const detail = '结束日不能早于开始日 must not be before the first day';
    throw new Refusal('validation-failed', { errors: [{ pointer: '/to', code: 'period', detail }] });
  }
}
