import type { Entry } from '../ledger/domain/entry.js';
import { readEntry } from '../ledger/ledger.port.js';
import type { Sql } from '../platform/database/sql.js';
import { readConversions, readTrace, type StoredConversion } from './conversion.store.js';
import type { ConversionDecision } from './domain/conversion-case.js';

/** A conversion as whoever ends its hold sees it. */
export interface Held {
  conversion: StoredConversion;
  decision: ConversionDecision;
  /** The entry that moved its credit into `held`; its actor asked for the conversion. */
  entry: Entry;
}

/** The conversions that are named, by learner and version; those that are not there are missing. */
export async function readHeld(
  sql: Sql,
  asked: { learnerId: string; input: { version: number } }[],
): Promise<Map<string, Held>> {
  const found = new Map<string, Held>();
  for (const { learnerId, input } of asked) {
    const conversion = (await readConversions(sql, learnerId)).find(({ version }) => version === input.version);
    const traced = conversion && (await readTrace(sql, learnerId, input.version));
    const entry = traced && (await readEntry(sql, learnerId, input.version));
    if (conversion && traced && entry) found.set(learnerId, { conversion, decision: traced.decision, entry });
  }
  return found;
}
