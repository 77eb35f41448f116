import { Refusal } from '../kernel/refusal.js';
import type { Entry } from '../ledger/domain/entry.js';
import type { AccountStatus } from '../ledger/domain/post-entry.js';
import { mergeTargets } from '../ledger/ledger.port.js';
import type { ReversalPlan } from '../ledger/reversal.port.js';
import type { Sql } from '../platform/database/sql.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import { personHistory, readConversions } from './conversion.store.js';
import { CourseAttempts } from './domain/attempt-gate.js';
import { limitCheck, limitUses } from './domain/conversion-limits.js';
import { conversionNames, namesOf, spentOutcomes } from './domain/lot-gates.js';
import { itemChecks } from './domain/target-checks.js';

/** The mirrored postings say it all: the source lots come back, the new ones go, also where the credit had been held first. */
const MIRROR: ReversalPlan = { step: null, freesHeld: true, rows: () => [] };

/**
 * Undoing a conversion needs nothing more. Bringing it back (by undoing that reversal) must meet the account, every limit,
 * single use and the items again, because another conversion may have taken its place; the rule is the one it was made under.
 */
export async function reverseConversion(
  sql: Sql,
  entry: Entry,
  isUndoing: boolean,
  pack: PolicyPack,
): Promise<ReversalPlan> {
  if (isUndoing) return MIRROR;
  const { learnerId, version } = entry;
  const conversions = await readConversions(sql, learnerId);
  const own = conversions.find(({ executedVersion }) => executedVersion === version);
  if (!own) throw new Error(`Conversion ${learnerId}.${version} has no decision on record`);
  const [account] = await sql.rows<{ status: AccountStatus }>(
    'select status from learning_account where learner_id = ?',
    [learnerId],
  );
  if ((await mergeTargets(sql, [learnerId])).has(learnerId)) throw new Refusal('account-merged');
  if (account?.status !== 'active')
    throw new Refusal(account?.status === 'closed' ? 'account-closed' : 'account-frozen');
  const rule = pack.conversionRules.find(({ code }) => code === own.rule);
  if (!rule) throw new Error(`Rule ${own.rule} of conversion ${learnerId}.${version} is not in its pack`);
  const { parts } = own;
  const history = await personHistory(sql, learnerId, conversions);
  const toCenti = parts.reduce((sum, { centi }) => sum + centi, 0);
  const limits = limitUses({ pack, rule, parts, history, today: own.decidedOn, toCenti });
  const checks = [...itemChecks(pack, rule, history), ...limits.map((use) => limitCheck(use, use.asked))];
  const failed = checks.find(({ isPassed }) => !isPassed);
  if (failed) throw new Refusal(failed.code, failed.facts);
  const spent = spentOutcomes(rule, history);
  const again = parts.filter(({ outcomes }) => outcomes.some((outcome) => spent.has(outcome)));
  if (again.length > 0)
    throw new Refusal('outcome-already-converted', { leftOut: [...new Set(again.map(({ lot }) => lot))].join(', ') });
  const attempts = new CourseAttempts(
    pack.titleRules,
    parts.map((part) => ({ ...part, facts: part.source, roots: part.outcomes.map((entry) => ({ entry })) })),
  );
  const others = history.filter((part) => attempts.othersOf(part).length > 0);
  if (others.length > 0) {
    const leftOut = namesOf([...new Set(others.flatMap((part) => attempts.othersOf(part)).map(({ lot }) => lot))]);
    throw new Refusal('course-counts-once', { leftOut, usedBy: conversionNames(others) });
  }
  return MIRROR;
}
