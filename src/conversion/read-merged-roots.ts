import { availableOf, type Lot } from '../ledger/domain/lots.js';
import { keptMergeVersions, lotsBeforeMerge } from '../ledger/ledger.port.js';
import type { Sql } from '../platform/database/sql.js';
import { creditTypeOf, type PolicyPack } from '../policy/domain/policy-pack.js';
import { outcomeElsewhere, readConvertedLots } from './conversion.store.js';
import type { Root } from './domain/conversion-case.js';

/** What is behind a lot that came over from another account of the person. */
export interface MergedLot {
  /** Where it came from first, named by entry ids: a type is of the category it has in the pack unless it was converted. */
  roots(pack: PolicyPack): Root[];
  /** True while nothing of it had been used there. */
  isWhole: boolean;
}

/** Lots that merges brought into an account, by lot, followed into the accounts where they were earned or converted. */
export async function rootsBeforeMerges(
  sql: Sql,
  learnerId: string,
  lots: Pick<Lot, 'lot' | 'version'>[],
): Promise<Map<number, MergedLot>> {
  const found = new Map<number, MergedLot>();
  for (const version of await keptMergeVersions(sql, learnerId)) {
    const came = lots.filter((lot) => lot.version === version);
    const before = came.length > 0 ? await lotsBeforeMerge(sql, learnerId, version) : null;
    if (!before) continue;
    const { learnerId: account, lots: theirs } = before;
    const earlier = await rootsBeforeMerges(sql, account, [...theirs.values()]);
    const converted = await readConvertedLots(sql, account);
    for (const { lot: own } of came) {
      const lot = theirs.get(own);
      // Study time of both accounts that became credit with the merge began here.
      if (!lot) continue;
      const known = earlier.get(lot.lot);
      const first = (pack: PolicyPack): Root[] =>
        known?.roots(pack) ??
        converted.get(lot.lot)?.roots ?? [
          {
            entry: lot.version,
            creditType: lot.creditType,
            category: creditTypeOf(pack, lot.creditType)?.category ?? null,
          },
        ];
      found.set(own, {
        roots: (pack) => first(pack).map((root) => ({ ...root, entry: outcomeElsewhere(account, root.entry) })),
        isWhole: availableOf(lot) === lot.recognised && (known?.isWhole ?? true),
      });
    }
  }
  return found;
}
