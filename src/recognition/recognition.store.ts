import type { FeatureRows } from '../ledger/book-command.js';
import type { AccountStatus } from '../ledger/domain/post-entry.js';
import type { InsertTarget, Sql, SqlValue } from '../platform/database/sql.js';
import type { CaseState, PersonRole, StepName } from './domain/case-states.js';
import type { CaseStep, EvidenceFile, RecognisedClass, RecognitionCase } from './domain/recognition-case.js';

export const CASE_COLUMNS = [
  'learner_id',
  'recognition_id',
  'state',
  'outcome_class',
  'title',
  'issuer',
  'certificate_number',
  'obtained_on',
  'raw_centi',
  'raw_hours_centi',
  'raw_grade',
  'raw_level',
  'grade',
  'item',
  'provider_id',
  'policy_version',
  'due_on',
  'days_left',
  'claim_hash',
  'claim_sequence',
  'credit_type',
  'standard_centi',
  'level',
  'valid_until',
  'is_assessed',
  'standard_policy_version',
  'entry_version',
] as const;

const STEP_COLUMNS = [
  'learner_id',
  'recognition_id',
  'sequence',
  'step',
  'state_before',
  'state_after',
  'actor',
  'role',
  'recorded_at',
  'comment',
  'reason_code',
  'policy_version',
  'detail',
] as const;

const UPSERT_CASE: InsertTarget = {
  table: 'recognition',
  columns: CASE_COLUMNS,
  onConflict: `on conflict (learner_id, recognition_id) do update set ${CASE_COLUMNS.slice(2)
    .map((column) => `${column} = excluded.${column}`)
    .join(', ')}`,
};
const INSERT_STEP: InsertTarget = { table: 'recognition_step', columns: STEP_COLUMNS };

/** A case as the database gives it back. */
export interface CaseRow {
  learner_id: string;
  recognition_id: string;
  state: CaseState;
  outcome_class: RecognisedClass;
  title: string;
  issuer: string;
  certificate_number: string | null;
  obtained_on: string;
  raw_centi: number | null;
  raw_hours_centi: number | null;
  raw_grade: string | null;
  raw_level: string | null;
  grade: number | null;
  item: string | null;
  provider_id: string | null;
  policy_version: string | null;
  due_on: string | null;
  days_left: number | null;
  claim_hash: string | null;
  claim_sequence: number | null;
  credit_type: string | null;
  standard_centi: number | null;
  level: string | null;
  valid_until: string | null;
  is_assessed: number | null;
  standard_policy_version: string | null;
  entry_version: number | null;
}

interface StepRow {
  sequence: number;
  step: StepName;
  state_before: CaseState | null;
  state_after: CaseState;
  actor: string;
  role: PersonRole;
  recorded_at: number;
  comment: string | null;
  reason_code: string | null;
  policy_version: string | null;
  detail: string | null;
}

interface EvidenceRow {
  content_hash: string;
  file_name: string;
  media_type: string;
  bytes: number;
  added_by: string;
  added_at: number;
}

/** Reads a case with its steps and evidence, or null. Inside a transaction its account must be locked. */
export async function readCase(sql: Sql, learnerId: string, recognitionId: string): Promise<RecognitionCase | null> {
  const [row] = await sql.rows<CaseRow>(
    `select ${CASE_COLUMNS.join(', ')} from recognition where learner_id = ? and recognition_id = ?`,
    [learnerId, recognitionId],
  );
  if (!row) return null;
  const steps = await sql.rows<StepRow>(
    `select ${STEP_COLUMNS.slice(2).join(', ')} from recognition_step where learner_id = ? and recognition_id = ? order by sequence`,
    [learnerId, recognitionId],
  );
  return toCase(row, steps.map(toStep), await evidenceOf(sql, learnerId, recognitionId));
}

/** Files of a case, in the order they were added. */
async function evidenceOf(sql: Sql, learnerId: string, recognitionId: string): Promise<EvidenceFile[]> {
  const rows = await sql.rows<EvidenceRow>(
    'select content_hash, file_name, media_type, bytes, added_by, added_at from recognition_evidence where learner_id = ? and recognition_id = ? order by added_at, content_hash',
    [learnerId, recognitionId],
  );
  return rows.map((row) => ({
    contentHash: row.content_hash,
    fileName: row.file_name,
    mediaType: row.media_type,
    bytes: row.bytes,
    addedBy: row.added_by,
    addedAt: row.added_at,
  }));
}

/** Whose case this is, or null. The one question that does not know the learner: an index answers it. */
export async function learnerOfCase(sql: Sql, recognitionId: string): Promise<string | null> {
  const [row] = await sql.rows<{ learner_id: string }>('select learner_id from recognition where recognition_id = ?', [
    recognitionId,
  ]);
  return row?.learner_id ?? null;
}

/**
 * Status of an account, held until the transaction ends; null when there is none. Every change of a case starts here,
 * so of two at once the second sees what the first has done.
 */
export async function lockLearner(sql: Sql, learnerId: string): Promise<AccountStatus | null> {
  const [row] = await sql.rowsByKeys<{ status: AccountStatus }>(
    'select status from learning_account',
    ['learner_id'],
    [[learnerId]],
    'for update',
  );
  return row?.status ?? null;
}

/** Rows that make the case what it is after its new steps. */
export function caseRows(before: RecognitionCase | null, after: RecognitionCase): FeatureRows[] {
  const fresh = after.steps.slice(before?.steps.length ?? 0);
  return [
    { target: UPSERT_CASE, rows: [caseValues(after)] },
    { target: INSERT_STEP, rows: fresh.map((step) => stepValues(after, step)) },
  ];
}

/** Writes rows of the feature outside the book. */
export async function writeRows(sql: Sql, rows: FeatureRows[]): Promise<void> {
  for (const { target, rows: values } of rows) await sql.insert(target, values);
}

function caseValues({ content, standard, claim, ...file }: RecognitionCase): SqlValue[] {
  return [
    file.learnerId,
    file.recognitionId,
    file.state,
    content.outcomeClass,
    content.title,
    content.issuer,
    content.certificateNumber,
    content.obtainedOn,
    content.rawCenti,
    content.rawHoursCenti,
    content.rawGrade,
    content.rawLevel,
    content.grade,
    content.item,
    file.providerId,
    file.policyVersion,
    file.dueOn,
    file.daysLeft,
    claim?.hash ?? null,
    claim?.sequence ?? null,
    standard?.creditType ?? null,
    standard?.centi ?? null,
    standard?.level ?? null,
    standard?.validUntil ?? null,
    standard ? Number(standard.isAssessed) : null,
    standard?.policyVersion ?? null,
    standard?.entryVersion ?? null,
  ];
}

function stepValues({ learnerId, recognitionId }: RecognitionCase, step: CaseStep): SqlValue[] {
  return [
    learnerId,
    recognitionId,
    step.sequence,
    step.step,
    step.stateBefore,
    step.stateAfter,
    step.actor,
    step.role,
    step.recordedAt,
    step.comment,
    step.reasonCode,
    step.policyVersion,
    step.detail == null ? null : JSON.stringify(step.detail),
  ];
}

/** A case as its row has it. */
export function toCase(row: CaseRow, steps: CaseStep[], evidence: EvidenceFile[]): RecognitionCase {
  return {
    learnerId: row.learner_id,
    recognitionId: row.recognition_id,
    state: row.state,
    content: {
      outcomeClass: row.outcome_class,
      title: row.title,
      issuer: row.issuer,
      certificateNumber: row.certificate_number,
      obtainedOn: row.obtained_on,
      rawCenti: row.raw_centi,
      rawHoursCenti: row.raw_hours_centi,
      rawGrade: row.raw_grade,
      rawLevel: row.raw_level,
      grade: row.grade,
      item: row.item,
    },
    providerId: row.provider_id,
    policyVersion: row.policy_version,
    dueOn: row.due_on,
    daysLeft: row.days_left,
    // It follows from the rules of the case: `CaseAccess`.
    calendarKnownUntil: null,
    claim:
      row.claim_hash === null || row.claim_sequence === null
        ? null
        : { hash: row.claim_hash, sequence: row.claim_sequence },
    standard:
      row.entry_version === null
        ? null
        : {
            creditType: row.credit_type ?? '',
            centi: row.standard_centi ?? 0,
            level: row.level,
            validUntil: row.valid_until,
            isAssessed: row.is_assessed === 1,
            policyVersion: row.standard_policy_version ?? '',
            entryVersion: row.entry_version,
          },
    steps,
    evidence,
  };
}

function toStep(row: StepRow): CaseStep {
  return {
    sequence: row.sequence,
    step: row.step,
    stateBefore: row.state_before,
    stateAfter: row.state_after,
    actor: row.actor,
    role: row.role,
    recordedAt: row.recorded_at,
    comment: row.comment,
    reasonCode: row.reason_code,
    policyVersion: row.policy_version,
    detail: row.detail === null ? null : (JSON.parse(row.detail) as unknown),
  };
}

/** Cases of a learner by id, without steps and evidence. */
export async function casesOfLearner(sql: Sql, learnerId: string): Promise<Map<string, RecognitionCase>> {
  const rows = await sql.rows<CaseRow>(`select ${CASE_COLUMNS.join(', ')} from recognition where learner_id = ?`, [
    learnerId,
  ]);
  return new Map(rows.map((row) => [row.recognition_id, toCase(row, [], [])]));
}
