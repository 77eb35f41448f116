import { shanghaiDay } from '../kernel/clock.js';
import type { LotSources, SourceReader } from '../ledger/lot-sources.port.js';
import { readPostings } from '../ledger/ledger.port.js';
import { foldLots } from '../ledger/domain/lots.js';
import type { Sql } from '../platform/database/sql.js';
import type { CountedOutcome } from '../policy/domain/caps.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import { toFacts } from './domain/decide-worth.js';
import { casesOfLearner } from './recognition.store.js';

/** What was recognised behind entries of recognition. */
export function recognitionFacts(packOf: (version: string) => PolicyPack | null): SourceReader {
  return async (sql, learnerId, entries) => {
    const cases = await casesOfLearner(sql, learnerId);
    return new Map(
      entries.flatMap(({ version, subject, recordedAt }) => {
        const file = cases.get(subject ?? '');
        if (!file?.standard) return [];
        const { standard, content } = file;
        const policy = packOf(standard.policyVersion);
        const { creditType: _, ...facts } = toFacts(content, {
          ...standard,
          policy,
          postedOn: shanghaiDay(recordedAt),
        });
        return [[version, facts] as const];
      }),
    );
  };
}

/**
 * What already counts when an outcome is about to come in: live recognised outcomes and the credit of attendance, each
 * lot as one. Credit that was converted counted when it first came in.
 */
export async function countedOutcomes(sql: Sql, learnerId: string, sources: LotSources): Promise<CountedOutcome[]> {
  const lots = [...foldLots(await readPostings(sql, learnerId)).values()].filter(({ recognised }) => recognised > 0);
  const facts = await sources.of(sql, learnerId, lots);
  return lots.flatMap(({ lot, recognised }) => {
    const found = facts.get(lot);
    return found && found.origin !== 'conversion' ? [{ ...found, seconds: 0, centi: recognised }] : [];
  });
}
