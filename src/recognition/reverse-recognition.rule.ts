import { shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { entryId, type Entry } from '../ledger/domain/entry.js';
import type { ReversalPlan } from '../ledger/reversal.port.js';
import type { Sql } from '../platform/database/sql.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import { changeClaim, claimOfHash, lastClaim } from './claims.store.js';
import { objectionsOf, requireNone } from './domain/objections.js';
import { decideWorth } from './domain/decide-worth.js';
import type { RecognitionCase, StandardCredit } from './domain/recognition-case.js';
import { takeStep } from './domain/take-step.js';
import type { LearnerRecords } from './learner-records.service.js';
import { caseRows, lockLearner, readCase } from './recognition.store.js';

/**
 * Undoing a recognition takes its lot back (which refuses by itself when the credit was used), gives the certificate up
 * and leaves the case revoked. What an appeal has replaced stays undone. Bringing it back must meet the account, the certificate and the caps again: somebody else
 * may have taken their place.
 */
export async function reverseRecognition(
  sql: Sql,
  entry: Entry,
  isUndoing: boolean,
  { pack, records }: { pack: PolicyPack; records: LearnerRecords },
): Promise<ReversalPlan> {
  const { learnerId, subject } = entry;
  const before = await readCase(sql, learnerId, subject ?? '');
  if (!before?.standard) throw new Error(`Entry ${entryId(learnerId, entry.version)} has no recognised case`);
  const { entryVersion } = before.standard;
  if (entryVersion !== entry.version)
    throw new Refusal('recognition-replaced', { entryId: entryId(learnerId, entryVersion) });
  const file = before;
  const last = isUndoing ? file.claim && (await claimOfHash(sql, file.claim.hash)) : await lastClaim(sql, file, pack);
  if (!isUndoing) {
    if ((await lockLearner(sql, learnerId)) === 'closed') throw new Refusal('account-closed');
    // The rows are written with the entry; what speaks against it must be said before.
    changeClaim(file, { ...file, state: 'recognised' }, last, 0);
    await requireRoom(sql, file, before.standard, { pack, records, recordedAt: entry.recordedAt });
  }
  return {
    step: null,
    rows(reversal) {
      const nowMs = reversal.recordedAt;
      const asked = {
        step: isUndoing ? ('revocation' as const) : ('restoration' as const),
        actor: reversal.actor,
        role: 'registrar' as const,
        comment: reversal.reason,
      };
      const after = takeStep(file, asked, { pack, nowMs });
      const { claim, rows } = changeClaim(file, after, last, nowMs);
      return [...rows, ...caseRows(file, { ...after, claim })];
    },
  };
}

/** Refuses with `recognition-cap-reached` over a cap by now, and with `outcome-duplicates-held` when its title has been taken since. */
async function requireRoom(
  sql: Sql,
  { learnerId, content }: RecognitionCase,
  standard: StandardCredit,
  { pack, records, recordedAt }: { pack: PolicyPack; records: LearnerRecords; recordedAt: number },
): Promise<void> {
  const { creditType, level, isAssessed, centi } = standard;
  const worth = decideWorth({
    content,
    reviewed: { creditType, level, isAssessed, centi },
    pack,
    ...(await records.of(sql, learnerId, pack)),
    today: shanghaiDay(recordedAt),
  });
  requireNone(objectionsOf(worth.checks.filter(({ check }) => check === 'cap' || check === 'title')));
  const cut = worth.checks.findLast(({ check, facts }) => check === 'cap' && facts['counted'] !== facts['asked']);
  if (cut && worth.centi < centi) throw new Refusal('recognition-cap-reached', cut.facts);
}
