import type { Refusal } from '../kernel/refusal.js';

/** A row that came back. */
export interface RejectedRow {
  line: number;
  field: string;
  code: Refusal['code'];
  details: Refusal['details'];
  cells: string[];
}
