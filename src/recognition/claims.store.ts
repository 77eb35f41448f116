import { sha256Hex } from '../kernel/canonical-json.js';
import { refusalOf } from '../kernel/refusal.js';
import type { FeatureRows } from '../ledger/book-command.js';
import type { InsertTarget, Sql } from '../platform/database/sql.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import { CLAIMING_STATES } from './domain/case-states.js';
import { outcomeIdentity } from './domain/outcome-identity.js';
import type { HeldClaim, RecognitionCase } from './domain/recognition-case.js';
import { claimObjection, type CaseName } from './domain/submission-mistakes.js';

const COLUMNS = ['claim_hash', 'sequence', 'learner_id', 'recognition_id', 'claimed_at', 'released_at'];
/** Plain: of two writers at once the second meets the key, is tried again and then sees who has it. */
const CLAIM: InsertTarget = { table: 'recognition_claim', columns: COLUMNS };
const RELEASE: InsertTarget = {
  table: 'recognition_claim',
  columns: COLUMNS,
  onConflict: 'on conflict (claim_hash, sequence) do update set released_at = excluded.released_at',
};

/** The last one who claimed a certificate. */
export interface LastClaim {
  hash: string;
  sequence: number;
  holder: CaseName | null;
}

interface ClaimRow {
  sequence: number;
  learner_id: string;
  recognition_id: string;
  released_at: number | null;
}

/** Who has the outcome of a case, under the title rules of the pack. */
export async function lastClaim(
  sql: Sql,
  { learnerId, content }: RecognitionCase,
  pack: PolicyPack,
): Promise<LastClaim> {
  const hash = sha256Hex(outcomeIdentity(learnerId, content, pack.titleRules));
  return claimOfHash(sql, hash);
}

/** Who has it by its hash. */
export async function claimOfHash(sql: Sql, hash: string): Promise<LastClaim> {
  const [row] = await sql.rows<ClaimRow>(
    'select sequence, learner_id, recognition_id, released_at from recognition_claim where claim_hash = ? order by sequence desc limit 1',
    [hash],
  );
  return {
    hash,
    sequence: row?.sequence ?? 0,
    holder: row?.released_at === null ? { learnerId: row.learner_id, recognitionId: row.recognition_id } : null,
  };
}

/**
 * What becomes of the certificate with a change of a case: taken when the case is handed in, kept while it may be
 * recognised, given up when it cannot be any more. Refuses with `outcome-already-submitted` where the learner has it in
 * another case, and with `certificate-not-available`, which says nothing of anybody, where somebody else has it.
 */
export function changeClaim(
  before: RecognitionCase | null,
  after: RecognitionCase,
  last: LastClaim | null,
  nowMs: number,
): { claim: HeldClaim | null; rows: FeatureRows[] } {
  const held = before?.claim ?? null;
  const release = held ? [{ target: RELEASE, rows: [[held.hash, held.sequence, ...ids(after), nowMs, nowMs]] }] : [];
  if (!CLAIMING_STATES.includes(after.state)) return { claim: null, rows: release };
  if (!last || (held && held.hash === last.hash)) return { claim: held, rows: [] };
  const taken = claimObjection(after, last.holder);
  if (taken) throw refusalOf([taken]);
  const claim = { hash: last.hash, sequence: last.sequence + 1 };
  return {
    claim,
    rows: [...release, { target: CLAIM, rows: [[claim.hash, claim.sequence, ...ids(after), nowMs, null]] }],
  };
}

function ids({ learnerId, recognitionId }: RecognitionCase): [string, string] {
  return [learnerId, recognitionId];
}
