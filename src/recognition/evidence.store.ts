import type { InsertTarget, Sql } from '../platform/database/sql.js';
import type { CaseState } from './domain/case-states.js';
import type { EvidenceFile, RecognitionCase } from './domain/recognition-case.js';

const INSERT_EVIDENCE: InsertTarget = {
  table: 'recognition_evidence',
  columns: ['learner_id', 'recognition_id', 'content_hash', 'file_name', 'media_type', 'bytes', 'added_by', 'added_at'],
};
const INSERT_CONTENT: InsertTarget = {
  table: 'evidence_content',
  columns: ['learner_id', 'content_hash', 'content'],
  onConflict: 'on conflict (learner_id, content_hash) do nothing',
};

/** Adds a file to a case; bytes that the learner already has in the bank are not kept a second time. */
export async function insertEvidence(
  sql: Sql,
  { learnerId, recognitionId }: RecognitionCase,
  file: EvidenceFile,
  content: Buffer,
): Promise<void> {
  await sql.insert(INSERT_CONTENT, [[learnerId, file.contentHash, content.toString('base64')]]);
  await sql.insert(INSERT_EVIDENCE, [
    [learnerId, recognitionId, file.contentHash, file.fileName, file.mediaType, file.bytes, file.addedBy, file.addedAt],
  ]);
}

/** The bytes of evidence, or null. */
export async function evidenceContent(sql: Sql, learnerId: string, contentHash: string): Promise<Buffer | null> {
  const [row] = await sql.rows<{ content: string }>(
    'select content from evidence_content where learner_id = ? and content_hash = ?',
    [learnerId, contentHash],
  );
  return row ? Buffer.from(row.content, 'base64') : null;
}

/** A case that a file was given in for. */
export interface CaseWithEvidence {
  learnerId: string;
  recognitionId: string;
  state: CaseState;
  title: string;
  item: string | null;
}

/** Cases of all learners that have any of these files, each once, oldest first. An index over all learners answers it. */
export async function casesWithEvidence(sql: Sql, contentHashes: string[]): Promise<CaseWithEvidence[]> {
  const rows = await sql.rowsByKeys<CaseWithEvidence>(
    `select r.learner_id as "learnerId", r.recognition_id as "recognitionId", r.state, r.title, r.item
     from recognition_evidence e
     join recognition r on r.learner_id = e.learner_id and r.recognition_id = e.recognition_id`,
    ['e.content_hash'],
    contentHashes.map((hash) => [hash]),
  );
  const once = new Map(rows.map((row) => [row.recognitionId, row]));
  return [...once.values()].sort((a, b) => (a.recognitionId < b.recognitionId ? -1 : 1));
}
