import { isId } from '../kernel/ids.js';
import { parseEntryId } from '../ledger/domain/entry.js';
import type { Sql } from '../platform/database/sql.js';
import { readConversions, type StoredConversion } from './conversion.store.js';

/** The conversion that a public id names: its own, or that of the entry that executed or released it. Null when there is none. */
export async function findConversion(sql: Sql, conversionId: string): Promise<StoredConversion | null> {
  const name = parseEntryId(conversionId);
  if (!name || !isId(name.learnerId)) return null;
  const conversions = await readConversions(sql, name.learnerId);
  return (
    conversions.find(({ version, settledVersion }) => version === name.version || settledVersion === name.version) ??
    null
  );
}
