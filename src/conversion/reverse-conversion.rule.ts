import { formatCredit } from '../kernel/credit.js';
import { Refusal } from '../kernel/refusal.js';
import type { Entry } from '../ledger/domain/entry.js';
import type { AccountStatus } from '../ledger/domain/post-entry.js';
import type { ReversalPlan } from '../ledger/reversal.port.js';
import type { Sql } from '../platform/database/sql.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import { usedUnderCap } from './conversion.store.js';
import { capLeftOf, type ConversionDecision } from './domain/decide-conversion.js';

/** The mirrored postings say it all: the source lots come back, the new one goes. */
const MIRROR: ReversalPlan = { step: null, rows: () => [] };

/**
 * Undoing a conversion needs nothing more. Bringing it back (by undoing that reversal) must meet the account and the cap
 * again, because another conversion may have taken its place; the rule is the one it was made under.
 */
export async function reverseConversion(
  sql: Sql,
  entry: Entry,
  isUndoing: boolean,
  pack: PolicyPack,
): Promise<ReversalPlan> {
  if (isUndoing) return MIRROR;
  const { learnerId, version } = entry;
  const [row] = await sql.rows<{ decision: string; status: AccountStatus }>(
    'select c.decision, a.status from conversion c join learning_account a on a.learner_id = c.learner_id where c.learner_id = ? and c.version = ?',
    [learnerId, version],
  );
  if (!row) throw new Error(`Conversion ${learnerId}.${version} has no decision on record`);
  if (row.status !== 'active') throw new Refusal(row.status === 'closed' ? 'account-closed' : 'account-frozen');
  const { from, to, toCenti } = JSON.parse(row.decision) as ConversionDecision;
  const usedCenti = await usedUnderCap(sql, learnerId, { pack, from, to });
  const cap = capLeftOf(pack, from, to, usedCenti);
  if (cap && toCenti > cap.leftCenti) {
    throw new Refusal('conversion-cap-exceeded', {
      limit: formatCredit(cap.limitCenti),
      used: formatCredit(usedCenti),
      left: formatCredit(cap.leftCenti),
      asked: formatCredit(toCenti),
    });
  }
  return MIRROR;
}
