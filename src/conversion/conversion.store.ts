import { personAccounts, readReversals } from '../ledger/ledger.port.js';
import { isLive } from '../ledger/domain/entry.js';
import type { InsertTarget, Sql } from '../platform/database/sql.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';

/** Written with the entry of the conversion or not at all. */
export const INSERT_CONVERSION: InsertTarget = {
  table: 'conversion',
  columns: [
    'learner_id',
    'version',
    'rule',
    'cap_programme',
    'from_type',
    'to_type',
    'from_centi',
    'to_centi',
    'decision',
  ],
};

/** Hundredths that a person's live conversions have brought, in any of their accounts, under the cap which a conversion from → to would meet. */
export async function usedUnderCap(
  sql: Sql,
  learnerId: string,
  { pack, from, to }: { pack: PolicyPack; from: string; to: string },
): Promise<number> {
  const programme = pack.conversionRules.find((rule) => rule.from === from && rule.to === to && rule.cap)?.cap
    ?.programme;
  if (programme === undefined) return 0;
  let used = 0;
  for (const account of (await personAccounts(sql, [learnerId])).get(learnerId)!) {
    const rows = await sql.rows<{ version: number; to_centi: number }>(
      'select version, to_centi from conversion where learner_id = ? and cap_programme = ? and to_type = ?',
      [account, programme, to],
    );
    if (rows.length === 0) continue;
    const reversals = await readReversals(sql, account);
    for (const row of rows) if (isLive(reversals, row.version)) used += row.to_centi;
  }
  return used;
}
