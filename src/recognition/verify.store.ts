import type { Sql } from '../platform/database/sql.js';
import type { RecognitionCase } from './domain/recognition-case.js';
import { readCase } from './recognition.store.js';

/** Learners who have cases, after one id. */
export async function learnersWithCases(sql: Sql, after: string, limit: number): Promise<string[]> {
  const rows = await sql.rows<{ learner_id: string }>(
    'select distinct learner_id from recognition where learner_id > ? order by learner_id limit ?',
    [after, limit],
  );
  return rows.map(({ learner_id }) => learner_id);
}

/** All cases of a learner with their steps. */
export async function readCases(sql: Sql, learnerId: string): Promise<RecognitionCase[]> {
  const rows = await sql.rows<{ recognition_id: string }>(
    'select recognition_id from recognition where learner_id = ? order by recognition_id',
    [learnerId],
  );
  const cases: RecognitionCase[] = [];
  for (const { recognition_id } of rows) {
    const file = await readCase(sql, learnerId, recognition_id);
    if (file) cases.push(file);
  }
  return cases;
}
