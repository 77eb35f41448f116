import { entryId } from '../ledger/domain/entry.js';
import { foldLots } from '../ledger/domain/lots.js';
import { readPostings } from '../ledger/ledger.port.js';
import type { LotSources } from '../ledger/lot-sources.port.js';
import type { Sql } from '../platform/database/sql.js';
import type { RecognisedTitle } from './domain/require-no-duplicate.js';

/** Outcomes of elsewhere that a learner holds credit for and that have a title of their own. */
export async function recognisedTitles(sql: Sql, learnerId: string, sources: LotSources): Promise<RecognisedTitle[]> {
  const lots = [...foldLots(await readPostings(sql, learnerId)).values()].filter(({ recognised }) => recognised > 0);
  const facts = await sources.of(sql, learnerId, lots);
  return lots.flatMap(({ lot, version }) => {
    const { origin, outcomeClass, title } = facts.get(lot)!;
    const isNamed = origin === 'recognition' && outcomeClass !== 'unformatted';
    return isNamed ? [{ title, entryId: entryId(learnerId, version) }] : [];
  });
}
