import { randomUUID } from 'node:crypto';
import { Refusal } from '../../src/kernel/refusal.js';
import { readAnswersAfter } from '../../src/ledger/verify-answers.store.js';
import type { Database } from '../../src/platform/database/data-sources.js';
import type { Sql } from '../../src/platform/database/sql.js';
import { isKeyClash } from '../../src/platform/database/writer.js';
import { onceName, readAnswers, writeAnswers, type OnceKey } from '../../src/platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../../src/platform/idempotency/once-writer.service.js';
import { ReplayedRefusal } from '../../src/platform/idempotency/receipt.js';
import { TestClock } from '../support/clock.js';
import { DIALECTS, newDatabase } from '../support/databases.js';
import { atOnce, endings, newOnce, refusalOf } from '../support/writers.js';

describe.each(DIALECTS)('answers under keys on %s', (dialect) => {
  const clock = new TestClock();
  let database: Database;
  let remove: () => Promise<void>;
  let sql: Sql;
  beforeAll(async () => {
    ({ database, remove } = await newDatabase(dialect));
    ({ sql } = database.reader);
  });
  afterAll(() => remove());

  /** The writer of another process: it shares nothing but the database. */
  const process = () => new OnceWriter(database.writer, database.reader, clock);
  const keep = (...answers: (OnceKey & { answer: string })[]) =>
    database.writer.write((transaction) => writeAnswers(transaction.sql, answers, clock.nowMs()));
  /** A work that leaves a trace: takes a place in a session nobody else has. */
  const take = (sessionId: string) => (transaction: { sql: Sql }) =>
    transaction.sql
      .run(
        'insert into session_seat values (?, 1) on conflict (session_id) do update set taken = session_seat.taken + 1',
        [sessionId],
      )
      .then(() => ({ sessionId }));
  const taken = async (sessionId: string) =>
    (await sql.rows<{ taken: number }>('select taken from session_seat where session_id = ?', [sessionId]))[0]?.taken;

  describe('in the store', () => {
    it('come back as they were written, and none for a key that is new', async () => {
      const once = { ...newOnce(), bodyHash: 'f'.repeat(64) };
      const answer = '{"done":{"text":"“学分” 𠮷 ? $1 \\u0000"}}';
      await keep({ ...once, answer });
      expect(await readAnswers(sql, [newOnce(), once])).toEqual(
        new Map([[onceName(once), { bodyHash: 'f'.repeat(64), answer }]]),
      );
      expect(await readAnswers(sql, [])).toEqual(new Map());
      await keep();
    });

    it('are told apart by scope and by every letter of the key', async () => {
      const scope = randomUUID();
      const other = randomUUID();
      const keys = ['key-one!', 'KEY-ONE!', 'key-one', 'key-one%', 'key_one!', '~key-one'];
      const names = [...keys.map((key) => ({ scope, key })), { scope: other, key: 'key-one!' }];
      await keep(...names.map((name, index) => ({ ...name, bodyHash: `${index}`, answer: `"${index}"` })));
      const found = await readAnswers(
        sql,
        names.map((name) => ({ ...name, bodyHash: '' })),
      );
      expect(names.map((name) => found.get(onceName(name))?.bodyHash)).toEqual(['0', '1', '2', '3', '4', '5', '6']);
    });

    it('are written once: a second answer is a clash of keys and undoes its whole transaction', async () => {
      const [once, fresh] = [newOnce(), newOnce()];
      await keep({ ...once, answer: '"first"' });
      const clash: unknown = await keep({ ...fresh, answer: '"other"' }, { ...once, answer: '"second"' }).catch(
        (error: unknown) => error,
      );
      expect(isKeyClash(clash)).toBe(true);
      expect(await readAnswers(sql, [once, fresh])).toEqual(
        new Map([[onceName(once), { bodyHash: 'test', answer: '"first"' }]]),
      );
    });

    it('of nine thousand keys are written and read in one go', async () => {
      const answers = Array.from({ length: 9_000 }, (_, index) => ({ ...newOnce(), answer: `${index}` }));
      await keep(...answers);
      const found = await readAnswers(sql, [...answers].reverse());
      expect(answers.map((once) => found.get(onceName(once))?.answer)).toEqual(answers.map(({ answer }) => answer));
    });

    it('are walked in the order of scope and key, byte by byte, a page at a time', async () => {
      // The greatest scope of all, so that nothing comes after it.
      const scope = 'ffffffff-ffff-4fff-bfff-ffffffffffff';
      const keys = ['Z-key', 'a-key', 'A-key', '_key', 'a-kez', '~key', '0key'];
      const entry = `${randomUUID()}.12`;
      await keep(
        ...keys.map((key) => ({ scope, key, bodyHash: 'x', answer: `{"done":{"entryId":"${entry}","of":"${key}"}}` })),
      );
      const walked: string[] = [];
      for (let after: [string, string] = [scope, '']; ;) {
        const page = await readAnswersAfter(sql, after, 3);
        walked.push(...page.map(({ key }) => key));
        for (const { names, own } of page) expect([names, own]).toEqual([[entry], entry]);
        if (page.length < 3) break;
        after = [scope, page.at(-1)!.key];
      }
      expect(walked).toEqual(['0key', 'A-key', 'Z-key', '_key', 'a-key', 'a-kez', '~key']);
    });
  });

  describe('of single writes', () => {
    it('are given once and then again, by every process', async () => {
      const [once, sessionId] = [newOnce(), randomUUID()];
      const receipts = await Promise.all(atOnce(50, () => process().run(once, take(sessionId))));
      expect(receipts.map(({ answer }) => answer)).toEqual(receipts.map(() => ({ sessionId })));
      expect(receipts.filter(({ replayed }) => !replayed)).toHaveLength(1);
      expect(await taken(sessionId)).toBe(1);
      clock.advanceMs(10 * 365 * 86_400_000);
      expect(await process().run(once, take(sessionId))).toEqual({ answer: { sessionId }, replayed: true });
    });

    it('go to one of fifty contents under one key; the others are told so', async () => {
      const [once, sessionId] = [newOnce(), randomUUID()];
      const calls = atOnce(50, (index) => process().run({ ...once, bodyHash: `body ${index}` }, take(sessionId)));
      expect(await endings(calls)).toEqual({ done: 1, 'idempotency-key-reused': 49 });
      expect(await taken(sessionId)).toBe(1);
    });

    it('that refuse undo their work, and refuse again with the same facts though it would now succeed', async () => {
      const [once, sessionId] = [newOnce(), randomUUID()];
      const refuse = async (transaction: { sql: Sql }) => {
        await take(sessionId)(transaction);
        throw new Refusal('session-full', { capacity: 1, text: '满' });
      };
      expect(await refusalOf(process().run(once, refuse))).toMatchObject({ code: 'session-full' });
      expect(await taken(sessionId)).toBeUndefined();
      const again = await refusalOf(process().run(once, take(sessionId)));
      expect(again).toBeInstanceOf(ReplayedRefusal);
      expect(again).toMatchObject({ code: 'session-full', details: { capacity: 1, text: '满' } });
      expect(await taken(sessionId)).toBeUndefined();
    });

    it('that break leave nothing, and the key stays free', async () => {
      const [once, sessionId] = [newOnce(), randomUUID()];
      const broken = async (transaction: { sql: Sql }) => {
        await take(sessionId)(transaction);
        throw new TypeError('a mistake in the program');
      };
      await expect(process().run(once, broken)).rejects.toThrow('a mistake in the program');
      expect([await taken(sessionId), (await readAnswers(sql, [once])).size]).toEqual([undefined, 0]);
      expect(await process().run(once, take(sessionId))).toEqual({ answer: { sessionId }, replayed: false });
    });
  });

  describe('of long writes', () => {
    it('are kept at the end; until then a second request is told to wait', async () => {
      const [writer, once] = [process(), newOnce()];
      let finish: (rows: number) => void = () => undefined;
      let first: Promise<unknown> = Promise.resolve();
      await new Promise<void>((isBegun) => {
        first = writer.runLong(once, () => {
          isBegun();
          return new Promise<number>((resolve) => (finish = resolve));
        });
      });
      expect(await refusalOf(writer.runLong(once, () => Promise.resolve(2)))).toMatchObject({
        code: 'request-still-running',
        details: { retryAfterSeconds: 1 },
      });
      finish(1);
      expect(await first).toEqual({ answer: 1, replayed: false });
      expect(await writer.runLong(once, () => Promise.resolve(2))).toEqual({ answer: 1, replayed: true });
      const other = { ...once, bodyHash: 'other' };
      expect(await refusalOf(writer.runLong(other, () => Promise.resolve(2)))).toMatchObject({
        code: 'idempotency-key-reused',
      });
    });

    it('that break leave the key free', async () => {
      const [writer, once] = [process(), newOnce()];
      await expect(writer.runLong(once, () => Promise.reject(new TypeError('cut off')))).rejects.toThrow('cut off');
      expect(await writer.runLong(once, () => Promise.resolve(2))).toEqual({ answer: 2, replayed: false });
    });

    it('of two processes that do the same work are one answer', async () => {
      const once = newOnce();
      const receipts = await Promise.all(atOnce(10, (index) => process().runLong(once, () => Promise.resolve(index))));
      expect(new Set(receipts.map(({ answer }) => answer)).size).toBe(1);
      expect(receipts.filter(({ replayed }) => !replayed)).toHaveLength(1);
    });
  });
});
