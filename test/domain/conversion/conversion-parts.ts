import type { ConversionAsked, SourceLot } from '../../../src/conversion/domain/conversion-case.js';
import type { OutcomeFacts } from '../../../src/kernel/outcome.js';
import { availableOf, type Lot } from '../../../src/ledger/domain/lots.js';

/** What was learnt, unless a test says otherwise: a visit here. */
export const VISIT: OutcomeFacts = {
  origin: 'attendance',
  outcomeClass: 'activity',
  creditType: 'leisure',
  activityType: null,
  item: null,
  title: '养生有道',
  provider: 'SQXY-YZ',
  level: null,
  isAssessed: false,
  grade: null,
  startsOn: '2024-06-03',
  endsOn: '2024-06-03',
  postedOn: '2024-06-03',
};

/** A lot of the book as a conversion looks at it. Its entry is its one root. */
export function sourceLot(lot: Lot): SourceLot {
  return {
    lot: lot.lot,
    creditType: lot.creditType,
    availableCenti: availableOf(lot),
    isWhole: availableOf(lot) === lot.recognised,
    validUntil: lot.validUntil,
    facts: { ...VISIT, creditType: lot.creditType },
    roots: [{ entry: lot.version, creditType: lot.creditType, category: 'vocational' }],
  };
}

/** A question that leaves everything open. */
export const OPEN: ConversionAsked = { from: null, to: null, rule: null, programme: null, fromCenti: null, lots: null };
