import { groupBy } from '../../src/kernel/group-by.js';
import { isLearnerSide } from '../../src/ledger/domain/accounts.js';
import { entryId } from '../../src/ledger/domain/entry.js';
import type { Sql } from '../../src/platform/database/sql.js';

interface AccountRow {
  learner_id: string;
  version: number;
  lot_count: number;
  recorded_at: number;
}

interface EntryRow {
  learner_id: string;
  version: number;
  recorded_at: number;
}

interface PostingRow {
  learner_id: string;
  version: number;
  line: number;
  source: string;
  destination: string;
  credit_type: string;
  amount: number;
  lot: number | null;
  source_after: number | null;
  destination_after: number | null;
}

interface BalanceRow {
  learner_id: string;
  credit_type: string;
  bucket: string;
  amount: number;
}

/**
 * Everything that is wrong with the whole book, in words; empty for a right one. Looks at LEDGER invariants 2–5, 7 and
 * 13, at the learners' counters, and at the audit, and shares no arithmetic with the code it checks.
 */
export async function bookFaults(sql: Sql): Promise<string[]> {
  const accounts = await sql.rows<AccountRow>(
    'select learner_id, version, lot_count, recorded_at from learning_account',
  );
  const entries = groupBy(
    await sql.rows<EntryRow>('select learner_id, version, recorded_at from journal_entry order by learner_id, version'),
    (row) => row.learner_id,
  );
  const postings = groupBy(
    await sql.rows<PostingRow>(
      'select learner_id, version, line, source, destination, credit_type, amount, lot, source_after, destination_after from posting order by learner_id, version, line',
    ),
    (row) => row.learner_id,
  );
  const balances = groupBy(
    await sql.rows<BalanceRow>('select learner_id, credit_type, bucket, amount from balance'),
    (row) => row.learner_id,
  );
  const known = new Set(accounts.map((account) => account.learner_id));
  const strangers = [...entries.keys(), ...postings.keys(), ...balances.keys()].filter((id) => !known.has(id));
  return [
    ...strangers.map((id) => `${id}: rows without an account`),
    ...accounts.flatMap((account) => {
      const id = account.learner_id;
      const own = postings.get(id) ?? [];
      return [
        ...entryFaults(account, entries.get(id) ?? [], own),
        ...postingFaults(account, own, balances.get(id) ?? []),
      ].map((fault) => `${id}: ${fault}`);
    }),
    ...(await auditFaults(sql, [...entries.values()].flat())),
  ];
}

function entryFaults(account: AccountRow, entries: EntryRow[], postings: PostingRow[]): string[] {
  const faults: string[] = [];
  const withPostings = new Set(postings.map((posting) => posting.version));
  entries.forEach(({ version, recorded_at: recordedAt }, index) => {
    if (version !== index + 1) faults.push(`version ${version} stands at place ${index + 1}`);
    if (recordedAt < (entries[index - 1]?.recorded_at ?? 0))
      faults.push(`version ${version} was recorded before the last`);
    if (!withPostings.delete(version)) faults.push(`version ${version} has no posting`);
  });
  for (const version of withPostings) faults.push(`postings of version ${version} have no entry`);
  if (account.version !== entries.length) faults.push(`counts ${account.version} entries but has ${entries.length}`);
  const last = entries.at(-1)?.recorded_at ?? 0;
  if (account.recorded_at !== last) faults.push(`last recorded at ${last} but says ${account.recorded_at}`);
  return faults;
}

function postingFaults(account: AccountRow, postings: PostingRow[], balances: BalanceRow[]): string[] {
  const faults: string[] = [];
  const running = new Map<string, number>();
  const lotsLeft = new Map<number, number>();
  const move = (posting: PostingRow, bucket: string, amount: number, after: number | null) => {
    if (!isLearnerSide(bucket)) {
      if (after !== null) faults.push(`bank-side ${bucket} has a balance in version ${posting.version}`);
      return;
    }
    const key = `${bucket}:${posting.credit_type}`;
    const now = (running.get(key) ?? 0) + amount;
    running.set(key, now);
    if (now < 0) faults.push(`${key} is negative in version ${posting.version}`);
    if (now !== after) faults.push(`${key} is ${now} after version ${posting.version} but ${after} is written`);
  };
  let line = 0;
  postings.forEach((posting, index) => {
    line = posting.version === postings[index - 1]?.version ? line + 1 : 1;
    if (posting.line !== line) faults.push(`line ${posting.line} of version ${posting.version} stands at ${line}`);
    move(posting, posting.source, -posting.amount, posting.source_after);
    move(posting, posting.destination, posting.amount, posting.destination_after);
    if (posting.lot === null) return;
    const change =
      posting.destination === 'available' ? posting.amount : posting.source === 'available' ? -posting.amount : 0;
    const left = (lotsLeft.get(posting.lot) ?? 0) + change;
    lotsLeft.set(posting.lot, left);
    if (left < 0) faults.push(`lot ${posting.lot} is drawn beyond itself in version ${posting.version}`);
  });
  if (lotsLeft.size !== account.lot_count) faults.push(`counts ${account.lot_count} lots but has ${lotsLeft.size}`);
  for (const { bucket, credit_type: creditType, amount } of balances) {
    const key = `${bucket}:${creditType}`;
    if ((running.get(key) ?? 0) !== amount)
      faults.push(`balance ${key} is ${amount}, its postings say ${running.get(key)}`);
    running.delete(key);
  }
  for (const [key, amount] of running) if (amount !== 0) faults.push(`balance ${key} of ${amount} is not stored`);
  return faults;
}

async function auditFaults(sql: Sql, entries: EntryRow[]): Promise<string[]> {
  const rows = await sql.rows<{ subject: string; learner_id: string }>(
    "select subject, learner_id from audit_event where outcome = 'done' and learner_id is not null",
  );
  const lines = new Map<string, number>();
  for (const { subject, learner_id: id } of rows) {
    if (subject.startsWith(`${id}.`)) lines.set(subject, (lines.get(subject) ?? 0) + 1);
  }
  const faults: string[] = [];
  for (const { learner_id: id, version } of entries) {
    const name = entryId(id, version);
    if (lines.get(name) !== 1) faults.push(`${name} has ${lines.get(name) ?? 0} audit lines`);
    lines.delete(name);
  }
  for (const name of lines.keys()) faults.push(`the audit names ${name}, which is not there`);
  return faults;
}
