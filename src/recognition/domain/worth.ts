import type { RefusalCode, RefusalDetails } from '../../kernel/refusal.js';

/** What a reviewer says an outcome outside the catalogue is worth. */
export interface ReviewedWorth {
  creditType: string | null;
  /** Hundredths of standard credit; null: by the rate of the rules. */
  centi: number | null;
  level: string | null;
  isAssessed: boolean | null;
}

/** One question the rules asked, and the answer. */
export interface WorthCheck {
  check: 'item' | 'worth' | 'level' | 'validity' | 'title' | 'cap';
  isPassed: boolean;
  /** Problem when it is not passed. */
  code: RefusalCode | null;
  facts: RefusalDetails;
}
