import { shanghaiDay } from '../kernel/clock.js';
import type { LotSources, SourceFacts, SourceReader } from '../ledger/lot-sources.port.js';
import { entryId } from '../ledger/domain/entry.js';
import { foldLots } from '../ledger/domain/lots.js';
import { readPostings } from '../ledger/ledger.port.js';
import type { Sql } from '../platform/database/sql.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import { toFacts, type HeldOutcome } from './domain/decide-worth.js';
import { replacedCredit, type RecognitionCase, type StandardCredit } from './domain/recognition-case.js';
import { casesOfLearner, readCase } from './recognition.store.js';

/** What was recognised behind entries of recognition. */
export function recognitionFacts(packOf: (version: string) => PolicyPack | null): SourceReader {
  return async (sql, learnerId, entries) => {
    const cases = await casesOfLearner(sql, learnerId);
    const found = new Map<number, SourceFacts>();
    for (const { version, subject, recordedAt } of entries) {
      const file = cases.get(subject ?? '');
      const standard = file && (await standardOf(sql, file, version));
      if (!standard) continue;
      const policy = packOf(standard.policyVersion);
      const postedOn = shanghaiDay(recordedAt);
      const { creditType: _, ...facts } = toFacts(file.content, { ...standard, policy, postedOn });
      found.set(version, facts);
    }
    return found;
  };
}

/** What an entry of a case gave: what the case gives now, or what an appeal has replaced. */
async function standardOf(sql: Sql, file: RecognitionCase, version: number): Promise<StandardCredit | null> {
  const { standard, learnerId, recognitionId } = file;
  if (standard === null || standard.entryVersion === version) return standard;
  const whole = await readCase(sql, learnerId, recognitionId);
  return replacedCredit(whole ?? file).find(({ entryVersion }) => entryVersion === version) ?? null;
}

/**
 * What already counts when an outcome is about to come in: live recognised outcomes and the credit of attendance, each
 * lot as one. Credit that was converted counted when it first came in. What is about to be replaced does not count.
 */
export async function countedOutcomes(
  sql: Sql,
  learnerId: string,
  sources: LotSources,
  replaced: StandardCredit | null = null,
): Promise<HeldOutcome[]> {
  const lots = [...foldLots(await readPostings(sql, learnerId)).values()].filter(
    ({ recognised, version }) => recognised > 0 && version !== replaced?.entryVersion,
  );
  const facts = await sources.of(sql, learnerId, lots);
  return lots.flatMap(({ lot, version, recognised }) => {
    const found = facts.get(lot);
    if (!found || found.origin === 'conversion') return [];
    return [{ ...found, seconds: 0, centi: recognised, entryId: entryId(learnerId, version) }];
  });
}
