import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { Difference } from '../ledger/domain/audit-book.js';
import { entryId, isLive } from '../ledger/domain/entry.js';
import { readReversals } from '../ledger/ledger.port.js';
import { Reader } from '../platform/database/data-sources.js';
import { CLAIMING_STATES, COUNTING_STATES } from './domain/case-states.js';
import { replacedCredit, type RecognitionCase, type StandardCredit } from './domain/recognition-case.js';
import { learnersWithCases, readCases } from './verify.store.js';

/** Learners looked at together. */
const PAGE = 200;
const FIRST = '00000000-0000-0000-0000-000000000000';
/** Files hashed together: few, because each may have megabytes. */
const FILES = 8;

interface BookedRow {
  version: number;
  subject: string | null;
  credit_type: string | null;
  amount: number | null;
  earned_on: string | null;
  valid_until: string | null;
}

/** Looks at every case: the book has what it says, its story has no gap, its certificate and files are its own. Reads only. */
@Injectable()
export class VerifyRecognitions {
  constructor(private readonly reader: Reader) {}

  /** Names every difference. */
  async run(onDifference: (difference: Difference) => void): Promise<void> {
    for (let after = FIRST; ;) {
      const learners = await learnersWithCases(this.reader.sql, after, PAGE);
      for (const learnerId of learners) await this.verifyLearner(learnerId, onDifference);
      const last = learners.at(-1);
      if (!last || learners.length < PAGE) break;
      after = last;
    }
    await this.verifyClaims(onDifference);
    await this.verifyFiles(onDifference);
  }

  private async verifyLearner(learnerId: string, onDifference: (difference: Difference) => void): Promise<void> {
    const { sql } = this.reader;
    const cases = await readCases(sql, learnerId);
    const rows = await sql.rows<BookedRow>(
      `select e.version, e.subject, p.credit_type, p.amount, p.earned_on, p.valid_until from journal_entry e
       left join posting p on p.learner_id = e.learner_id and p.version = e.version
       where e.learner_id = ? and e.kind = 'recognition' order by e.version, p.line`,
      [learnerId],
    );
    const reversals = await readReversals(sql, learnerId);
    const booked = new Map(rows.map((row) => [row.version, row]));
    for (const file of cases) {
      const { standard, recognitionId } = file;
      const where = `recognition ${recognitionId}`;
      const row = standard ? booked.get(standard.entryVersion) : undefined;
      if (standard) booked.delete(standard.entryVersion);
      const isCounted = standard !== null && isLive(reversals, standard.entryVersion);
      if (standard && !isAsRecognised(file, standard, row))
        onDifference({ where, what: 'the book has not what was recognised' });
      for (const replaced of replacedCredit(file)) {
        const before = booked.get(replaced.entryVersion);
        booked.delete(replaced.entryVersion);
        if (!isAsRecognised(file, replaced, before) || isLive(reversals, replaced.entryVersion))
          onDifference({ where, what: 'the book has not what was recognised before its appeal' });
      }
      if (COUNTING_STATES.includes(file.state) !== isCounted)
        onDifference({ where, what: `it is ${file.state}, its entry ${isCounted ? 'counts' : 'does not count'}` });
      const gap = storyGap(file);
      if (gap) onDifference({ where, what: gap });
    }
    for (const version of booked.keys())
      onDifference({ where: entryId(learnerId, version), what: 'no case says why this was recognised' });
  }

  /** A case that may be recognised holds its certificate, and nothing else does. */
  private async verifyClaims(onDifference: (difference: Difference) => void): Promise<void> {
    const { sql } = this.reader;
    const states = CLAIMING_STATES.map((state) => `'${state}'`).join(', ');
    const rows = await sql.rows<{ name: string; what: string }>(
      `select cast(r.recognition_id as text) as name, 'it does not hold its certificate' as what from recognition r
       left join recognition_claim c on c.claim_hash = r.claim_hash and c.sequence = r.claim_sequence
         and c.recognition_id = r.recognition_id and c.released_at is null
       where r.state in (${states}) and c.claim_hash is null
       union all
       select cast(c.recognition_id as text), 'it holds a certificate that is not its own' from recognition_claim c
       left join recognition r on r.claim_hash = c.claim_hash and r.claim_sequence = c.sequence
         and r.recognition_id = c.recognition_id
       where c.released_at is null and r.recognition_id is null`,
    );
    for (const { name, what } of rows) onDifference({ where: `recognition ${name}`, what });
  }

  /** Every file of a case is there, with the bytes it was accepted with. */
  private async verifyFiles(onDifference: (difference: Difference) => void): Promise<void> {
    const { sql } = this.reader;
    const lost = await sql.rows<{ recognition_id: string; content_hash: string }>(
      `select e.recognition_id, e.content_hash from recognition_evidence e
       left join evidence_content f on f.learner_id = e.learner_id and f.content_hash = e.content_hash
       where f.content_hash is null`,
    );
    for (const { recognition_id, content_hash } of lost)
      onDifference({ where: `recognition ${recognition_id}`, what: `its evidence ${content_hash} is gone` });
    for (let after: [string, string] = [FIRST, '']; ;) {
      const files = await sql.rows<{ learner_id: string; content_hash: string; content: string }>(
        'select learner_id, content_hash, content from evidence_content where (learner_id, content_hash) > (?, ?) order by learner_id, content_hash limit ?',
        [...after, FILES],
      );
      for (const { content_hash: hash, content } of files) {
        if (createHash('sha256').update(Buffer.from(content, 'base64')).digest('hex') !== hash)
          onDifference({ where: `evidence ${hash}`, what: 'its bytes are not those that were handed in' });
      }
      const last = files.at(-1);
      if (!last || files.length < FILES) return;
      after = [last.learner_id, last.content_hash];
    }
  }
}

function isAsRecognised(
  { recognitionId, content }: RecognitionCase,
  standard: StandardCredit,
  row: BookedRow | undefined,
): boolean {
  return (
    row !== undefined &&
    row.subject === recognitionId &&
    row.credit_type === standard.creditType &&
    row.amount === standard.centi &&
    row.earned_on === content.obtainedOn &&
    row.valid_until === standard.validUntil
  );
}

/** What is wrong with the steps of a case: each begins where the one before it ended, the last where the case stands. */
function storyGap({ steps, state }: RecognitionCase): string | null {
  let before: string | null = null;
  for (const [index, step] of steps.entries()) {
    if (step.sequence !== index + 1 || step.stateBefore !== before) return `step ${step.sequence} does not follow`;
    before = step.stateAfter;
  }
  return before === state ? null : `its steps end ${before ?? 'nowhere'}, it is ${state}`;
}
