import { foldBalances } from '../../src/ledger/domain/fold-balances.js';
import { lastEntryAsOf, readEntries, readEntry, readPostings } from '../../src/ledger/book.store.js';
import { bookFaults } from '../support/book-faults.js';
import { DIALECTS } from '../support/databases.js';
import { ATTEND, CREDIT_TYPE, SPEND } from '../support/synthetic-commands.js';
import { CALLER, command, TestBook } from '../support/test-book.js';

describe.each(DIALECTS)('the book on %s', (dialect) => {
  let bank: TestBook;
  beforeAll(async () => {
    bank = await TestBook.create(dialect);
  });
  afterAll(() => bank.close());

  it('answers only after another connection can read the entry', async () => {
    const learners = await bank.openAccounts(20);
    const seen = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const learnerId = learners[index % learners.length]!;
        const { answer } = await bank.committer.run(command(ATTEND, learnerId, { seconds: 60 + index }));
        const entry = await readEntry(bank.sql, learnerId, answer.version);
        return entry?.postings[0]?.amount;
      }),
    );
    expect(seen).toEqual(Array.from({ length: 200 }, (_, index) => 60 + index));
  });

  it.each([
    { writers: 50, learners: 1 },
    { writers: 50, learners: 50 },
  ])(
    'keeps every post of $writers writers at once on $learners learners exactly once',
    async ({ writers, learners }) => {
      const ids = await bank.openAccounts(learners);
      const postsEach = 20;
      const keys: string[] = [];
      await Promise.all(
        Array.from({ length: writers }, async (_, writer) => {
          for (let post = 0; post < postsEach; post += 1) {
            const key = `${learners}-learners-${writer}-${post}`;
            await bank.committer.run(command(ATTEND, ids[writer % learners]!, { seconds: 100 }, key));
            keys.push(key);
          }
        }),
      );
      expect(keys).toHaveLength(writers * postsEach);
      expect(new Set((await bank.entriesByKey(keys)).values())).toEqual(new Set([1]));
      for (const id of ids) {
        const seconds = ((writers * postsEach) / learners) * 100;
        expect(await bank.balances(id)).toEqual({
          [`time:${CREDIT_TYPE}`]: seconds % 486,
          [`available:${CREDIT_TYPE}`]: Math.floor(seconds / 486),
        });
      }
      expect(await bookFaults(bank.sql)).toEqual([]);
    },
  );

  it('writes commands for many learners that wait together in one commit', async () => {
    const learners = await bank.openAccounts(30);
    const committer = bank.newCommitter(1);
    const before = bank.writer.writes;
    await Promise.all(learners.map((id) => committer.run(command(ATTEND, id, { seconds: 60 }))));
    expect(bank.writer.writes - before).toBe(1);
  });

  it('lets each command of a batch see what the ones before it left', async () => {
    const learnerId = await bank.openAccount();
    const committer = bank.newCommitter(1);
    const outcomes = await Promise.all([
      committer.submit(command(ATTEND, learnerId, { seconds: 486 })),
      committer.submit(command(ATTEND, learnerId, { seconds: 485 })),
      committer.submit(command(ATTEND, learnerId, { seconds: 1 })),
      committer.submit(command(SPEND, learnerId, { amountCenti: 2 })),
    ]);
    expect(outcomes.map((outcome) => 'answer' in outcome && outcome.answer.version)).toEqual([1, 2, 3, 4]);
    expect(await bank.balances(learnerId)).toEqual({ [`time:${CREDIT_TYPE}`]: 0, [`available:${CREDIT_TYPE}`]: 0 });
    const spent = await readEntry(bank.sql, learnerId, 4);
    expect(spent?.postings).toMatchObject([
      { line: 1, source: 'available', destination: 'converted', lot: 1, amount: 1, sourceAfter: 1 },
      { line: 2, source: 'available', destination: 'converted', lot: 2, amount: 1, sourceAfter: 0 },
    ]);
  });

  it('gives back an entry as it was written, newest first', async () => {
    const learnerId = await bank.openAccount();
    const key = `round-trip-${dialect}`;
    await bank.attend(learnerId, 60);
    await bank.attend(learnerId, 500, key);
    const entries = await readEntries(bank.sql, learnerId, { from: 1, through: 2, limit: 10 });
    expect(entries.map((entry) => entry.version)).toEqual([2, 1]);
    expect(entries[0]).toMatchObject({
      learnerId,
      kind: 'attendance',
      actor: CALLER.keyId,
      idempotencyKey: key,
      recordedAt: bank.clock.nowMs(),
      reversesVersion: null,
      detail: null,
      postings: [
        { line: 1, source: 'attended', destination: 'time', unit: 'second', amount: 500, destinationAfter: 560 },
        { line: 2, source: 'time', destination: 'accrued', unit: 'second', amount: 486, sourceAfter: 74 },
        { line: 3, source: 'issued', destination: 'available', unit: 'centi', amount: 1, lot: 1, destinationAfter: 1 },
      ],
    });
  });

  it('writes one audit line for every entry, with who and what', async () => {
    const learnerId = await bank.openAccount();
    await Promise.all([bank.attend(learnerId, 60), bank.attend(learnerId, 61)]);
    const lines = await bank.sql.rows(
      'select actor, role, action, subject, outcome from audit_event where learner_id = ? order by subject',
      [learnerId],
    );
    const line = { actor: CALLER.keyId, role: 'registrar', action: 'attend', outcome: 'done' };
    expect(lines).toEqual([
      { ...line, subject: `${learnerId}.1` },
      { ...line, subject: `${learnerId}.2` },
    ]);
  });

  it.each(['journal_entry', 'posting', 'audit_event'])(
    'refuses to change, replace or delete rows of %s',
    async (table) => {
      const learnerId = await bank.openAccount();
      await bank.attend(learnerId, 500);
      const before = await rowsOf(bank, table);
      const column = table === 'posting' ? 'credit_type' : 'actor';
      const statements = [
        `update ${table} set ${column} = 'x' where learner_id = '${learnerId}'`,
        `delete from ${table} where learner_id = '${learnerId}'`,
        `delete from ${table}`,
        ...(dialect === 'sqlite'
          ? [`insert or replace into ${table} select * from ${table}`, `update or replace ${table} set ${column} = 'x'`]
          : [`truncate ${table}`, `truncate ${table} cascade`]),
      ];
      for (const statement of statements) {
        await expect(bank.database.writer.write(({ sql }) => sql.run(statement))).rejects.toMatchObject({
          message: expect.stringContaining('append-only') as string,
        });
      }
      expect(await rowsOf(bank, table)).toEqual(before);
    },
  );

  it('never lets recorded time run backwards when the clock does', async () => {
    const learnerId = await bank.openAccount();
    const start = bank.clock.nowMs();
    const steps = [0, 86_400_000, -3 * 86_400_000, 5, -1, 2 * 86_400_000];
    for (const step of steps) {
      bank.clock.advanceMs(step);
      await bank.attend(learnerId, 60);
    }
    const rows = await bank.sql.rows<{ recorded_at: number }>(
      'select recorded_at from journal_entry where learner_id = ? order by version',
      [learnerId],
    );
    const day = 86_400_000;
    expect(rows.map((row) => row.recorded_at - start)).toEqual([0, day, day, day, day, day]);
    expect(await bookFaults(bank.sql)).toEqual([]);
  });

  it('tells what the book said at any instant', async () => {
    const learnerId = await bank.openAccount();
    const start = bank.clock.nowMs();
    for (const seconds of [400, 100, 900]) {
      await bank.attend(learnerId, seconds);
      bank.clock.advanceMs(1_000);
    }
    const asOf = async (instantMs: number) => {
      const { version } = await lastEntryAsOf(bank.sql, learnerId, instantMs);
      const balances = foldBalances(await readPostings(bank.sql, learnerId, version));
      return [version, balances.get(`time:${CREDIT_TYPE}`) ?? 0, balances.get(`available:${CREDIT_TYPE}`) ?? 0];
    };
    expect(await asOf(start - 1)).toEqual([0, 0, 0]);
    expect(await asOf(start)).toEqual([1, 400, 0]);
    expect(await asOf(start + 999)).toEqual([1, 400, 0]);
    expect(await asOf(start + 1_000)).toEqual([2, 14, 1]);
    expect(await asOf(start + 2_000)).toEqual([3, 428, 2]);
    expect(await asOf(start + 86_400_000)).toEqual([3, 428, 2]);
    const all = await readPostings(bank.sql, learnerId);
    expect(await readPostings(bank.sql, learnerId, 3)).toEqual(all);
    expect(all.at(-1)).toMatchObject({ version: 3, destination: 'available', destinationAfter: 2 });
  });
});

describe('the check of the book that these tests rely on', () => {
  it('sees a stored balance that its postings do not say', async () => {
    const bank = await TestBook.create('sqlite');
    try {
      const learnerId = await bank.openAccount();
      await bank.attend(learnerId, 100);
      await bank.database.writer.write(({ sql }) => sql.run('update balance set amount = amount + 1'));
      await bank.database.writer.write(({ sql }) => sql.run('update learning_account set version = 2'));
      expect(await bookFaults(bank.sql)).toEqual([
        `${learnerId}: counts 2 entries but has 1`,
        `${learnerId}: balance time:${CREDIT_TYPE} is 101, its postings say 100`,
      ]);
    } finally {
      await bank.close();
    }
  });
});

function rowsOf(bank: TestBook, table: string): Promise<object[]> {
  const order = table === 'audit_event' ? 'event_id' : 'learner_id, version';
  return bank.sql.rows(`select * from ${table} order by ${table === 'posting' ? `${order}, line` : order}`);
}
