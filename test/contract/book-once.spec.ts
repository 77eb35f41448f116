import { Refusal } from '../../src/kernel/refusal.js';
import type { Outcome } from '../../src/ledger/book-command.js';
import { bookFaults } from '../support/book-faults.js';
import { DIALECTS } from '../support/databases.js';
import { ATTEND, SPEND, type EntryAnswer } from '../support/synthetic-commands.js';
import { command, TestBook } from '../support/test-book.js';

const KEYS = 200;
const TIMES = 50;

describe.each(DIALECTS)('a key used again on %s', (dialect) => {
  let bank: TestBook;
  let learners: string[];
  beforeAll(async () => {
    bank = await TestBook.create(dialect);
    learners = await bank.openAccounts(40);
  });
  afterAll(() => bank.close());

  const learnerOf = (index: number) => learners[index % learners.length]!;

  it(`posts once and gives everyone one answer when the same body comes ${TIMES} times at once`, async () => {
    const outcomes = await Promise.all(
      Array.from({ length: KEYS }, (_, index) =>
        Promise.all(repeat(TIMES, () => bank.attend(learnerOf(index), 60 + index, `same-body-${index}`))),
      ),
    );
    for (const ofKey of outcomes) {
      const answers = ofKey.map(answerOf);
      expect(answers).toEqual(answers.map(() => answers[0]));
      expect(ofKey.filter((outcome) => isReplayed(outcome))).toHaveLength(TIMES - 1);
    }
    await expectOneEntryEach('same-body');
  });

  it(`posts once and refuses every other body when ${TIMES} bodies come at once`, async () => {
    const outcomes = await Promise.all(
      Array.from({ length: KEYS }, (_, index) =>
        Promise.all(repeat(TIMES, (body) => bank.attend(learnerOf(index), 60 + body, `other-body-${index}`))),
      ),
    );
    for (const ofKey of outcomes) {
      expect(ofKey.filter((outcome) => 'answer' in outcome)).toMatchObject([{ replayed: false }]);
      expect(ofKey.filter((outcome) => isRefusal(outcome, 'idempotency-key-reused'))).toHaveLength(TIMES - 1);
    }
    await expectOneEntryEach('other-body');
  });

  it('posts for one learner only when the same key comes for many at once', async () => {
    const each = 20;
    const outcomes = await Promise.all(
      Array.from({ length: KEYS }, (_, index) =>
        Promise.all(repeat(each, (place) => bank.attend(learnerOf(index + place), 60, `other-learner-${index}`))),
      ),
    );
    for (const ofKey of outcomes) {
      expect(ofKey.filter((outcome) => 'answer' in outcome)).toHaveLength(1);
      expect(ofKey.filter((outcome) => isRefusal(outcome, 'idempotency-key-reused'))).toHaveLength(each - 1);
    }
    await expectOneEntryEach('other-learner');
  });

  it('gives the first answer again long after', async () => {
    const learnerId = await bank.openAccount();
    const first = await bank.attend(learnerId, 600, `much-later-${dialect}`);
    bank.clock.advanceMs(400 * 86_400_000);
    await bank.attend(learnerId, 600);
    const again = await bank.attend(learnerId, 600, `much-later-${dialect}`);
    expect(first).toEqual({ answer: { entryId: `${learnerId}.1`, version: 1 }, replayed: false });
    expect(again).toEqual({ answer: { entryId: `${learnerId}.1`, version: 1 }, replayed: true });
  });

  it('gives the same refusal again even when the book would now allow it', async () => {
    const learnerId = await bank.openAccount();
    const spend = (key: string) => bank.committer.submit(command(SPEND, learnerId, { amountCenti: 1 }, key));
    const refused = await spend(`burnt-${dialect}`);
    await bank.attend(learnerId, 486);
    const again = await spend(`burnt-${dialect}`);
    expect(refused).toMatchObject({ code: 'insufficient-credit', details: { available: 0, needed: 1 } });
    expect(again).toMatchObject({ code: 'insufficient-credit', details: { available: 0, needed: 1 } });
    expect(await spend(`fresh-${dialect}`)).toMatchObject({ answer: { version: 2 }, replayed: false });
  });

  it('keeps the keys of two callers apart', async () => {
    const learnerId = await bank.openAccount();
    const mine = command(ATTEND, learnerId, { seconds: 60 }, `shared-${dialect}`);
    const theirs = { ...mine, once: { ...mine.once!, scope: '0190040a-7f80-7c60-9d7e-000000000000' } };
    const outcomes = await Promise.all([bank.committer.submit(mine), bank.committer.submit(theirs)]);
    expect(outcomes).toMatchObject([{ replayed: false }, { replayed: false }]);
  });

  async function expectOneEntryEach(prefix: string): Promise<void> {
    const counts = await bank.entriesByKey(Array.from({ length: KEYS }, (_, index) => `${prefix}-${index}`));
    expect([...counts.values()]).toEqual(Array.from({ length: KEYS }, () => 1));
    expect(await bookFaults(bank.sql)).toEqual([]);
  }
});

function repeat<T>(times: number, make: (index: number) => T): T[] {
  return Array.from({ length: times }, (_, index) => make(index));
}

function isRefusal(outcome: Outcome<unknown>, code: string): boolean {
  return outcome instanceof Refusal && outcome.code === code;
}

function isReplayed(outcome: Outcome<unknown>): boolean {
  return 'answer' in outcome && outcome.replayed;
}

function answerOf(outcome: Outcome<EntryAnswer>): EntryAnswer | undefined {
  return 'answer' in outcome ? outcome.answer : undefined;
}
