import { canonicalJson, sha256Hex } from '../../kernel/canonical-json.js';
import type { PostingDraft } from '../../ledger/domain/entry.js';
import type { AccountStatus } from '../../ledger/domain/post-entry.js';
import type { ConversionDecision } from './conversion-case.js';

type Moved = Pick<ConversionDecision, 'draws' | 'newLots' | 'validUntil'>;

function moveDraws({ draws }: Pick<Moved, 'draws'>, source: string, destination: string): PostingDraft[] {
  return draws.map(({ lot, amountCenti, creditType }) => ({
    source,
    destination,
    creditType,
    amount: amountCenti,
    lot,
  }));
}

/** The drawn lots leave as `converted`, from where they wait; the new credit comes in, one lot for each of `newLots`. */
export function conversionPostings(
  decision: Moved,
  today: string,
  source: 'available' | 'held' = 'available',
): PostingDraft[] {
  const { newLots, validUntil } = decision;
  return [
    ...moveDraws(decision, source, 'converted'),
    ...newLots.map(({ creditType, centi }): PostingDraft => ({
      source: 'issued',
      destination: 'available',
      creditType,
      amount: centi,
      lot: 'new',
      earnedOn: today,
      validUntil,
    })),
  ];
}

/** The drawn credit waits in `held` until somebody else has decided. */
export function holdPostings(decision: Pick<Moved, 'draws'>): PostingDraft[] {
  return moveDraws(decision, 'available', 'held');
}

/** All of it comes back, to the lots it came from. */
export function releasePostings(decision: Pick<Moved, 'draws'>): PostingDraft[] {
  return moveDraws(decision, 'held', 'available');
}

/** The state a quote looked at. Any change of the book, the account, the rules or the day makes another one. */
export function stateFingerprint(state: {
  learnerId: string;
  version: number;
  status: AccountStatus;
  policyVersion: string;
  today: string;
}): string {
  return sha256Hex(canonicalJson(state)).slice(0, 32);
}
