import { Refusal } from '../../src/kernel/refusal.js';
import { BankProcess, secondsOf } from '../support/bank-process.js';
import { bookFaults } from '../support/book-faults.js';
import { DIALECTS } from '../support/databases.js';
import { ATTEND, type EntryAnswer } from '../support/synthetic-commands.js';
import { command, TestBook } from '../support/test-book.js';

describe.each(DIALECTS)('two processes of one bank on %s', (dialect) => {
  let bank: TestBook;
  beforeAll(async () => {
    bank = await TestBook.create(dialect);
  });
  afterAll(() => bank.close());

  it('post to the same learners at once and lose and double nothing', async () => {
    const learnerIds = await bank.openAccounts(24);
    const rival = startRival(learnerIds, 'rival', 1_000);
    await rival.ready;
    const keys: string[] = [];
    let isRivalDone = false;
    const ended = rival.ended.finally(() => (isRivalDone = true));
    await Promise.all(
      Array.from({ length: 32 }, async (_, writer) => {
        for (let post = 0; !isRivalDone; post += 1) {
          const key = `own-${writer}-${post}`;
          await bank.committer.run(command(ATTEND, learnerIds[(writer + post) % 24]!, { seconds: 60 }, key));
          keys.push(key);
        }
      }),
    );
    await ended;
    const rivalKeys = rival.acknowledgedKeys();
    expect(rivalKeys).toHaveLength(1_000);
    const counts = await bank.entriesByKey([...keys, ...rivalKeys]);
    expect(counts.size).toBe(keys.length + 1_000);
    expect(new Set(counts.values())).toEqual(new Set([1]));
    expect(await totalEntries(learnerIds)).toBe(keys.length + 1_000);
    expect(await bookFaults(bank.sql)).toEqual([]);
  });

  it('give the same key one posting and one answer', async () => {
    const learnerIds = await bank.openAccounts(7);
    const keys = 800;
    const rival = startRival(learnerIds, 'shared', keys);
    await rival.ready;
    const answers = new Map<string, EntryAnswer>();
    let next = 0;
    await Promise.all(
      Array.from({ length: 64 }, async () => {
        while (next < keys) {
          const index = next;
          next += 1;
          const { answer } = await bank.committer.run(
            command(ATTEND, learnerIds[index % 7]!, { seconds: secondsOf(index) }, `shared-${index}`),
          );
          answers.set(`shared-${index}`, answer);
        }
      }),
    );
    await rival.ended;
    expect(new Map(rival.answers.map(({ key, answer }) => [key, answer]))).toEqual(answers);
    expect(await totalEntries(learnerIds)).toBe(keys);
    expect(await bookFaults(bank.sql)).toEqual([]);
  });

  function startRival(learnerIds: string[], prefix: string, total: number): BankProcess {
    const { location } = bank;
    return new BankProcess({ location, learnerIds, prefix, total, inFlight: 64, lanes: location.databaseUrl ? 5 : 1 });
  }

  async function totalEntries(learnerIds: string[]): Promise<number> {
    const rows = await bank.sql.rowsByKeys<{ version: number }>(
      'select version from journal_entry',
      ['learner_id'],
      learnerIds.map((id) => [id]),
    );
    return rows.length;
  }
});

describe('two committers on one PostgreSQL', () => {
  it('look for a key again when the other writes it between their look and their commit', async () => {
    const bank = await TestBook.create('postgres');
    const other = await TestBook.open(bank.location);
    try {
      const learnerIds = (await bank.openAccounts(3)) as [string, string, string];
      const stolen = ['first-key', 'second-key'];
      const slowToRead: typeof ATTEND = {
        ...ATTEND,
        async loadFacts() {
          const key = stolen.shift();
          if (key) await other.attend(learnerIds[2], 60, key);
          return null;
        },
      };
      const committer = bank.newCommitter(1);
      const outcomes = await Promise.all([
        committer.submit(command(slowToRead, learnerIds[0], { seconds: 60 }, 'first-key')),
        committer.submit(command(slowToRead, learnerIds[1], { seconds: 60 }, 'second-key')),
      ]);
      expect(stolen).toEqual([]);
      expect(outcomes).toMatchObject([{ code: 'idempotency-key-reused' }, { code: 'idempotency-key-reused' }]);
      expect(await bank.balances(learnerIds[0])).toEqual({});
      expect(await bookFaults(bank.sql)).toEqual([]);
    } finally {
      await other.close();
      await bank.close();
    }
  });

  it('meet no deadlock when eight lanes and three lanes cross the same learners and keys', async () => {
    const bank = await TestBook.create('postgres');
    const other = await TestBook.open(bank.location);
    try {
      const learnerIds = await bank.openAccounts(40);
      const posts = 800;
      const committers = [bank.newCommitter(8), other.newCommitter(3)];
      const outcomes = await Promise.all(
        committers.flatMap((committer, place) =>
          Array.from({ length: posts }, (_, index) => {
            const step = place === 0 ? 7 : 33;
            const key = index % 4 === 0 ? `crossing-${index}` : `own-${place}-${index}`;
            return committer.submit(command(ATTEND, learnerIds[(index * step) % 40]!, { seconds: 60 }, key));
          }),
        ),
      );
      const refused = outcomes.flatMap((outcome) => (outcome instanceof Refusal ? [outcome.code] : []));
      expect(refused).toEqual(refused.map(() => 'idempotency-key-reused'));
      const rows = await bank.sql.rows<{ idempotency_key: string }>('select idempotency_key from journal_entry');
      expect(new Set(rows.map((row) => row.idempotency_key)).size).toBe(rows.length);
      const fresh = outcomes.filter((outcome) => 'answer' in outcome && !outcome.replayed);
      expect(rows).toHaveLength(fresh.length);
      expect(await bookFaults(bank.sql)).toEqual([]);
    } finally {
      await other.close();
      await bank.close();
    }
  });
});
