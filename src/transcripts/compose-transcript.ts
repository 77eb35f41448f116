import { formatCredit } from '../kernel/credit.js';
import type { Lot } from '../ledger/domain/lots.js';
import type { LedgerSummary } from '../ledger/domain/summarise.js';
import type { Source, TranscriptLine, TranscriptSnapshot } from '../certificates/certificates.port.js';
import type { Named } from '../policy/domain/schema-parts.js';

/** Lines of a transcript: every lot that brought credit in and where its hundredths are, in order of arrival. Sources by lot. */
export function transcriptLines(lots: Lot[], sources: Map<number, Source>): TranscriptLine[] {
  return lots
    .filter(({ recognised }) => recognised > 0)
    .map((lot) => {
      const amount = (bucket: string) => formatCredit(lot.buckets[bucket] ?? 0);
      return {
        lot: lot.lot,
        creditType: lot.creditType,
        recognised: formatCredit(lot.recognised),
        available: amount('available'),
        held: amount('held'),
        awarded: amount('awarded'),
        converted: amount('converted'),
        expired: amount('expired'),
        earnedOn: lot.earnedOn,
        validUntil: lot.validUntil,
        source: sources.get(lot.lot)!,
      };
    });
}

/** Totals of a transcript, from the one calculator; they equal the sums of its lines. */
export function transcriptTotals(
  summary: LedgerSummary,
  nameOf: (creditType: string) => Named,
): Pick<TranscriptSnapshot, 'totals' | 'studyTime'> {
  return {
    totals: summary.credits.map((credit) => ({
      creditType: credit.creditType,
      name: nameOf(credit.creditType),
      recognised: formatCredit(credit.recognisedCenti),
      available: formatCredit(credit.availableCenti),
      held: formatCredit(credit.heldCenti),
      awarded: formatCredit(credit.awardedCenti),
      converted: formatCredit(credit.convertedCenti),
      expired: formatCredit(credit.expiredCenti),
    })),
    studyTime: summary.studyTime,
  };
}
