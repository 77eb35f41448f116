import { Injectable } from '@nestjs/common';
import { groupBy } from '../kernel/group-by.js';
import { Reader } from '../platform/database/data-sources.js';
import { readBalancesBetween, readEntriesBetween } from './verify.store.js';
import { keysOfEntries, readAnswersAfter } from './verify-answers.store.js';
import { accountKey } from './domain/accounts.js';
import { auditBook, type Difference } from './domain/audit-book.js';
import { entryId, type Entry } from './domain/entry.js';

/** Learners looked at together. */
const PAGE = 500;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';
const AFTER_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** What a run looked at. */
export interface VerifyCounts {
  learners: number;
  entries: number;
  postings: number;
  answers: number;
}

/** Looks at the whole book, learner by learner, in constant memory. Reads only. */
@Injectable()
export class VerifyBook {
  constructor(private readonly reader: Reader) {}

  /** Every difference in the book, given one by one as it is found. */
  async run(
    onDifference: (difference: Difference) => void,
    onProgress: (counts: VerifyCounts) => void,
  ): Promise<VerifyCounts> {
    const counts: VerifyCounts = { learners: 0, entries: 0, postings: 0, answers: 0 };
    let after = BEFORE_ALL;
    for (;;) {
      const accounts = await this.reader.sql.rows<{
        learner_id: string;
        version: number;
        lot_count: number;
        recorded_at: number;
      }>(
        'select learner_id, version, lot_count, recorded_at from learning_account where learner_id > ? order by learner_id limit ?',
        [after, PAGE],
      );
      const through = accounts.length < PAGE ? AFTER_ALL : accounts.at(-1)!.learner_id;
      await this.verifyRange(accounts, after, through, counts, onDifference);
      onProgress(counts);
      if (accounts.length < PAGE) break;
      after = through;
    }
    await this.verifyAnswers(counts, onDifference);
    await this.verifyDeeds(onDifference);
    return counts;
  }

  private async verifyRange(
    accounts: { learner_id: string; version: number; lot_count: number; recorded_at: number }[],
    after: string,
    through: string,
    counts: VerifyCounts,
    onDifference: (difference: Difference) => void,
  ): Promise<void> {
    const { sql } = this.reader;
    const { entries, orphans } = await readEntriesBetween(sql, after, through);
    for (const { learnerId, version, line } of orphans) {
      onDifference({ where: `${learnerId}.${version} line ${line}`, what: 'a posting without an entry' });
    }
    const byLearner = groupBy(entries, ({ learnerId }) => learnerId);
    const balances = groupBy(await readBalancesBetween(sql, after, through), ({ learnerId }) => learnerId);
    const known = new Map(accounts.map((account) => [account.learner_id, account]));
    for (const learnerId of new Set([...known.keys(), ...byLearner.keys(), ...balances.keys()])) {
      const account = known.get(learnerId);
      const own = byLearner.get(learnerId) ?? [];
      counts.learners += 1;
      counts.entries += own.length;
      counts.postings += own.reduce((sum, { postings }) => sum + postings.length, 0);
      const differences = auditBook({
        learnerId,
        account: account
          ? { version: account.version, lotCount: account.lot_count, recordedAt: account.recorded_at }
          : null,
        entries: own,
        balances: new Map(
          (balances.get(learnerId) ?? []).map(({ bucket, creditType, amount }) => [
            accountKey(bucket, creditType),
            amount,
          ]),
        ),
      });
      [...differences, ...misnumberedLots(learnerId, own)].forEach(onDifference);
    }
  }

  /** Every entry that a key asked for has its answer, and every answer that names an entry finds it. */
  private async verifyAnswers(counts: VerifyCounts, onDifference: (difference: Difference) => void): Promise<void> {
    const { sql } = this.reader;
    const unanswered = await sql.rows<{ learner_id: string; version: number }>(
      'select learner_id, version from journal_entry where idempotency_key is not null and idempotency_key not in (select key from idempotency_record)',
    );
    for (const { learner_id, version } of unanswered) {
      onDifference({ where: entryId(learner_id, version), what: 'its idempotency key has no answer' });
    }
    let after: [string, string] = ['', ''];
    for (;;) {
      const answers = await readAnswersAfter(sql, after, PAGE);
      counts.answers += answers.length;
      const keys = await keysOfEntries(
        sql,
        answers.flatMap(({ names }) => names),
      );
      for (const { key, names, own } of answers) {
        for (const name of names) {
          if (!keys.has(name)) onDifference({ where: `answer ${key}`, what: `entry ${name} is not in the book` });
          else if (name === own && keys.get(name) !== key)
            onDifference({ where: `answer ${key}`, what: `entry ${name} was written under another key` });
        }
      }
      const last = answers.at(-1);
      if (!last || answers.length < PAGE) return;
      after = [last.scope, last.key];
    }
  }

  /** Every entry was somebody's deed, and every deed in the book left its entry. */
  private async verifyDeeds(onDifference: (difference: Difference) => void): Promise<void> {
    const { sql } = this.reader;
    const entries = "select cast(learner_id as text) || '.' || cast(version as text) as name from journal_entry";
    const deeds = `select subject as name from audit_event where subject like '${'_'.repeat(36)}.%'`;
    for (const { name } of await sql.rows<{ name: string }>(`${entries} except ${deeds}`))
      onDifference({ where: name, what: 'the audit does not say who wrote it' });
    for (const { name } of await sql.rows<{ name: string }>(`${deeds} except ${entries}`))
      onDifference({ where: name, what: 'the audit says who wrote it, but it is not in the book' });
  }
}

/** Lots are numbered in the order in which they came in, or their provenance would be another's. */
function misnumberedLots(learnerId: string, entries: Entry[]): Difference[] {
  let last = 0;
  return entries.flatMap(({ postings }) =>
    postings.flatMap(({ lot, source, earnedOn, version, line }) => {
      // Credit that a reversal brings back into its lot has no dates of its own.
      if (lot === null || !['issued', 'merged'].includes(source) || (lot <= last && earnedOn === null)) return [];
      last += 1;
      if (lot === last) return [];
      return [{ where: `${entryId(learnerId, version)} line ${line}`, what: `lot ${last} was expected, not ${lot}` }];
    }),
  );
}
