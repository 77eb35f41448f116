import { Refusal } from '../../src/kernel/refusal.js';
import { BookError } from '../../src/ledger/domain/post-entry.js';
import type { Committer } from '../../src/ledger/committer.js';
import { bookFaults } from '../support/book-faults.js';
import { DIALECTS } from '../support/databases.js';
import {
  ATTEND,
  BREAK,
  CREDIT_TYPE,
  OVERDRAW,
  SPEND,
  VISIT,
  type BreakingPoint,
} from '../support/synthetic-commands.js';
import { command, TestBook } from '../support/test-book.js';

describe.each(DIALECTS)('a command that fails on %s', (dialect) => {
  let bank: TestBook;
  /** One lane: what is submitted together is one batch. */
  let committer: Committer;
  beforeAll(async () => {
    bank = await TestBook.create(dialect);
    committer = bank.newCommitter(1);
  });
  afterEach(async () => {
    expect(await bookFaults(bank.sql)).toEqual([]);
  });
  afterAll(() => bank.close());

  it('refuses only itself in its batch', async () => {
    const [rich, poor, other] = (await bank.openAccounts(3)) as [string, string, string];
    const before = bank.writer.writes;
    const outcomes = await Promise.all([
      committer.submit(command(ATTEND, rich, { seconds: 4860 })),
      committer.submit(command(SPEND, poor, { amountCenti: 5 })),
      committer.submit(command(SPEND, rich, { amountCenti: 6 })),
      committer.submit(command(SPEND, rich, { amountCenti: 6 })),
      committer.submit(command(ATTEND, '0190040a-7f80-7c60-9d7e-00000000dead', { seconds: 60 })),
      committer.submit(command(ATTEND, other, { seconds: 60 })),
    ]);
    expect(bank.writer.writes - before).toBe(1);
    expect(outcomes).toMatchObject([
      { answer: { version: 1 } },
      { code: 'insufficient-credit', details: { available: 0 } },
      { answer: { version: 2 } },
      { code: 'insufficient-credit', details: { available: 4 } },
      { code: 'not-found' },
      { answer: { version: 1 } },
    ]);
    expect(await bank.balances(rich)).toMatchObject({ [`available:${CREDIT_TYPE}`]: 4 });
    expect(await bank.balances(poor)).toEqual({});
  });

  it.each<BreakingPoint>(['facts', 'rule', 'completion'])('fails alone when it breaks in its %s', async (at) => {
    const learners = await bank.openAccounts(9);
    const broken = await bank.openAccount();
    const settled = await Promise.allSettled([
      ...learners.map((id) => committer.submit(command(ATTEND, id, { seconds: 60 }))),
      committer.submit(command(BREAK, broken, { at }, `broken-${at}-key`)),
      ...learners.map((id) => committer.submit(command(ATTEND, id, { seconds: 61 }))),
    ]);
    const reasons = settled.flatMap((result) =>
      result.status === 'rejected' ? [(result.reason as Error).message] : [],
    );
    expect(reasons).toEqual([`broken ${at}`]);
    for (const id of learners) expect(await bank.balances(id)).toEqual({ [`time:${CREDIT_TYPE}`]: 121 });
    expect(await bank.balances(broken)).toEqual({});
    expect(await answersUnder(`broken-${at}-key`)).toBe(0);
  });

  it('leaves the learner usable for the commands behind it', async () => {
    const learnerId = await bank.openAccount();
    const settled = await Promise.allSettled([
      committer.submit(command(ATTEND, learnerId, { seconds: 60 })),
      committer.submit(command(BREAK, learnerId, { at: 'rule' })),
      committer.submit(command(OVERDRAW, learnerId, { seconds: 62 })),
      committer.submit(command(ATTEND, learnerId, { seconds: 61 })),
    ]);
    expect(settled).toMatchObject([
      { value: { answer: { version: 1 } } },
      { status: 'rejected' },
      { status: 'rejected' },
      { value: { answer: { version: 2 } } },
    ]);
    expect(await bank.balances(learnerId)).toEqual({ [`time:${CREDIT_TYPE}`]: 121 });
  });

  it('leaves nothing behind when a balance would be negative, not even its key', async () => {
    const learnerId = await bank.openAccount();
    const key = `overdrawn-${dialect}`;
    await expect(committer.run(command(OVERDRAW, learnerId, { seconds: 2 }, key))).rejects.toBeInstanceOf(BookError);
    const counts = await bank.sql.rows(
      'select version, lot_count, recorded_at from learning_account where learner_id = ?',
      [learnerId],
    );
    expect(counts).toEqual([{ version: 0, lot_count: 0, recorded_at: 0 }]);
    expect(await bank.balances(learnerId)).toEqual({});
    expect(await answersUnder(key)).toBe(0);
    expect(await bank.attend(learnerId, 60, key)).toMatchObject({ answer: { version: 1 }, replayed: false });
  });

  it('writes the rows of a feature with the entry', async () => {
    const learnerId = await bank.openAccount();
    await committer.run(command(VISIT, learnerId, { place: 'library' }));
    await committer.run(command(VISIT, learnerId, { place: 'museum' }));
    expect(await visitsOf(learnerId)).toEqual([
      { place: 'library', version: 1 },
      { place: 'museum', version: 2 },
    ]);
  });

  it('writes neither entry nor rows when the database refuses the rows, and keeps the rest of the batch', async () => {
    const [visitor, other] = (await bank.openAccounts(2)) as [string, string];
    await committer.run(command(VISIT, visitor, { place: 'library' }));
    const settled = await Promise.allSettled([
      committer.submit(command(VISIT, other, { place: 'library' })),
      committer.submit(command(VISIT, visitor, { place: 'library' }, `twice-${dialect}`)),
      committer.submit(command(ATTEND, other, { seconds: 60 })),
      committer.submit(command(VISIT, visitor, { place: 'museum' })),
    ]);
    expect(settled).toMatchObject([
      { value: { answer: { version: 1 } } },
      { status: 'rejected' },
      { value: { answer: { version: 2 } } },
      { value: { answer: { version: 2 } } },
    ]);
    expect(await visitsOf(visitor)).toEqual([
      { place: 'library', version: 1 },
      { place: 'museum', version: 2 },
    ]);
    expect(await answersUnder(`twice-${dialect}`)).toBe(0);
  });

  it('is refused as overloaded beyond 20,000 waiting ones, and all of those are kept', async () => {
    const learners = await bank.openAccounts(500);
    bank.writer.shut();
    const posts = Array.from({ length: 20_100 }, (_, index) =>
      committer.submit(command(ATTEND, learners[index % 500]!, { seconds: 1 }, null)),
    );
    const refused = await Promise.all(posts.slice(20_000));
    expect(refused).toEqual(refused.map(() => new Refusal('overloaded', { retryAfterSeconds: 1 })));
    bank.writer.open();
    const kept = await Promise.all(posts.slice(0, 20_000));
    expect(kept.filter((outcome) => 'answer' in outcome)).toHaveLength(20_000);
    for (const id of learners) expect(await bank.balances(id)).toEqual({ [`time:${CREDIT_TYPE}`]: 40 });
  });

  async function visitsOf(learnerId: string): Promise<object[]> {
    return bank.sql.rows('select place, version from synthetic_visit where learner_id = ? order by version', [
      learnerId,
    ]);
  }

  async function answersUnder(key: string): Promise<number> {
    return (await bank.sql.rows('select key from idempotency_record where key = ?', [key])).length;
  }
});
