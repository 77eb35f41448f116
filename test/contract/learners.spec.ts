import { randomUUID } from 'node:crypto';
import { LearnersModule } from '../../src/learners/learners.module.js';
import {
  cardStatuses,
  LearnerRecords,
  learnersByCard,
  OpenAccounts,
  type BulkAccountRow,
} from '../../src/learners/learners.port.js';
import { IdentityVault } from '../../src/learners/identity-vault.js';
import { IssueCard } from '../../src/learners/issue-card.service.js';
import type { Learner, LearningCard } from '../../src/learners/learners.entity.js';
import { OpenAccount } from '../../src/learners/open-account.service.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import { Writer } from '../../src/platform/database/writer.js';
import { TestApp } from '../support/app.js';
import { DIALECTS } from '../support/databases.js';
import { residentNumber, seedUnits } from '../support/learners.js';
import { endings, newOnce, REGISTRAR, refusalOf } from '../support/writers.js';

function row(identityNumber: string, changes: Partial<BulkAccountRow> = {}): BulkAccountRow {
  const unitCode = '140106001901';
  return {
    name: '张示例',
    identityType: 'RESIDENT_ID',
    identityNumber,
    countyCode: '140106',
    unitCode,
    openedOn: '2013-03-02',
    ...changes,
  };
}

describe.each(DIALECTS)('learners on %s', (dialect) => {
  let bank: TestApp;
  let reader: Reader;
  beforeEach(async () => {
    bank = await TestApp.start(dialect);
    reader = bank.app.get(Reader);
    await seedUnits(bank);
  });
  afterEach(() => bank.stop());

  function open(identityNumber: string) {
    return bank.app.select(LearnersModule).get(OpenAccount).run(REGISTRAR, newOnce(), row(identityNumber));
  }
  function openInBulk(rows: BulkAccountRow[]) {
    return bank.app.get(OpenAccounts, { strict: false }).openInBulk(rows, REGISTRAR);
  }
  function issue(learnerId: string, countyCode = '140106') {
    return bank.app.select(LearnersModule).get(IssueCard).run(REGISTRAR, newOnce(), learnerId, countyCode);
  }
  function learners(): Promise<Learner[]> {
    return reader.orm.find<Learner>('learner', { order: { learnerId: 'ASC' } });
  }

  it('opens exactly one account when fifty ask for the same document at once', async () => {
    const calls = Array.from({ length: 50 }, () => open(residentNumber(0)));
    expect(await endings(calls)).toEqual({ done: 1, 'identity-already-registered': 49 });
    expect(await learners()).toHaveLength(1);
    expect(await reader.sql.rows('select kind from directory')).toEqual([{ kind: 'identity' }]);
    expect(await reader.sql.rows('select status, version, lot_count, recorded_at from learning_account')).toEqual([
      { status: 'active', version: 0, lot_count: 0, recorded_at: 0 },
    ]);
  });

  it('gives fifty cards of one county fifty serials without a gap', async () => {
    const opened = await Promise.all(Array.from({ length: 50 }, (_, index) => open(residentNumber(index))));
    const cards = await Promise.all(opened.map(({ answer }) => issue(answer.learnerId)));
    const serials = cards.map(({ answer }) => Number(answer.cardNumber.slice(6, 14))).sort((a, b) => a - b);
    expect(serials).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(await reader.sql.rows('select county_code, last_serial from card_series')).toEqual([
      { county_code: '140106', last_serial: 50 },
    ]);
  });

  it('issues one card when ten ask for the same learner at once', async () => {
    const { answer } = await open(residentNumber(0));
    const calls = Array.from({ length: 10 }, () => issue(answer.learnerId));
    expect(await endings(calls)).toEqual({ done: 1, 'card-still-valid': 9 });
    expect(await reader.sql.rows('select last_serial from card_series')).toEqual([{ last_serial: 1 }]);
  });

  it('never lets the database hold two usable cards of one learner', async () => {
    const { answer } = await open(residentNumber(0));
    const { cardNumber } = (await issue(answer.learnerId)).answer;
    const copy =
      'insert into learning_card select learner_id, ?, status, issued_at, activated_at, lost_at, closed_at, replaces from learning_card';
    // Not toThrow: the driver's errors belong to the first test file that loaded it, and look like no error here.
    await expect(bank.app.get(Writer).write(({ sql }) => sql.run(copy, ['140106000000027']))).rejects.toMatchObject({
      message: expect.stringMatching(/unique/i) as string,
    });
    expect(await reader.sql.rows('select card_number from learning_card')).toEqual([{ card_number: cardNumber }]);
  });

  it('stores document numbers only sealed and hashed', async () => {
    const number = residentNumber(7);
    await open(number);
    await openInBulk([row(residentNumber(8))]);
    for (const table of ['learner', 'directory', 'idempotency_record', 'audit_event', 'learning_card']) {
      const rows = JSON.stringify(await reader.sql.rows(`select * from ${table}`));
      expect(rows).not.toContain(number);
      expect(rows).not.toContain(residentNumber(8));
      expect(rows).not.toContain('19000101');
    }
    const vault = bank.app.get(IdentityVault, { strict: false });
    const stored = await learners();
    expect(stored.map(({ learnerId, identityCipher }) => vault.open(learnerId, identityCipher)).sort()).toEqual([
      number,
      residentNumber(8),
    ]);
    expect(stored.map(({ identityHash }) => identityHash)).toContain(vault.fingerprint('RESIDENT_ID', number));
  });

  it('opens a thousand accounts with active cards in one go, in the order of the rows', async () => {
    const rows = Array.from({ length: 1_000 }, (_, index) =>
      row(residentNumber(index), { name: `示例${index}`, countyCode: index % 2 ? '140105' : '140106' }),
    );
    const numbers = await openInBulk(rows);
    expect(numbers.slice(0, 4)).toEqual(['140106000000019', '140105000000016', '140106000000027', '140105000000024']);
    expect(new Set(numbers).size).toBe(1_000);
    expect((await learners()).map(({ name }) => name)).toEqual(rows.map(({ name }) => name));
    const cards = await reader.orm.find<LearningCard>('learning_card', { order: { learnerId: 'ASC' } });
    expect(cards.map(({ cardNumber }) => cardNumber)).toEqual(numbers);
    expect(cards[0]).toMatchObject({
      status: 'active',
      issuedAt: Date.parse('2013-03-02T15:59:59.999Z'),
      replaces: null,
    });
    expect(await reader.sql.rows('select action, subject, learner_id from audit_event')).toEqual([
      { action: 'open-accounts', subject: '1000 accounts', learner_id: null },
    ]);
    const next = await openInBulk([row(residentNumber(1_000))]);
    expect(next[0]!.slice(0, 14)).toBe('14010600000501');
  });

  it('refuses a whole batch naming every wrong row, and writes nothing', async () => {
    const refusal = await refusalOf(
      openInBulk([
        row(residentNumber(0)),
        row('140105190001010016'),
        row(residentNumber(1), { name: ' \uFFFD', openedOn: '2024-06-11' }),
        row(residentNumber(2), { identityType: 'LIBRARY_CARD', unitCode: '999999' }),
        row(residentNumber(3), { countyCode: '140106001', openedOn: '2024-02-30' }),
      ]),
    );
    expect(refusal.code).toBe('validation-failed');
    const errors = refusal.details['errors'] as { pointer: string; code: string }[];
    expect(errors.map(({ pointer, code }) => `${pointer} ${code}`).sort()).toEqual([
      '/rows/1/identityNumber identity-number-invalid',
      '/rows/2/name isPersonName',
      '/rows/2/openedOn isOpeningDay',
      '/rows/3/identityType isIn',
      '/rows/3/unitCode unit-unknown',
      '/rows/4/countyCode unit-unknown',
      '/rows/4/openedOn isOpeningDay',
    ]);
    expect(await learners()).toEqual([]);
    expect(await reader.sql.rows('select number from directory')).toEqual([]);
    expect(await reader.sql.rows('select actor from audit_event')).toEqual([]);
  });

  it('refuses a document that is on record or twice in the batch', async () => {
    await open(residentNumber(5));
    const refusal = await refusalOf(
      openInBulk([row(residentNumber(4)), row(residentNumber(5)), row(residentNumber(6)), row(residentNumber(6))]),
    );
    const errors = refusal.details['errors'] as { pointer: string; code: string }[];
    expect(errors.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/rows/1/identityNumber', 'identity-already-registered'],
      ['/rows/3/identityNumber', 'identity-already-registered'],
    ]);
    expect(await learners()).toHaveLength(1);
  });

  it('keeps one of two batches that share people and come at the same time', async () => {
    const forwards = Array.from({ length: 200 }, (_, index) => row(residentNumber(index)));
    const calls = [openInBulk(forwards), openInBulk([...forwards].reverse())];
    expect(await endings(calls)).toEqual({ done: 1, 'validation-failed': 1 });
    expect(await learners()).toHaveLength(200);
  });

  it('takes at most a thousand rows at once, and none as nothing', async () => {
    const rows = Array.from({ length: 1_001 }, (_, index) => row(residentNumber(index)));
    expect(await refusalOf(openInBulk(rows))).toMatchObject({ code: 'list-too-long', details: { limit: 1_000 } });
    expect(await openInBulk([])).toEqual([]);
    expect(await learners()).toEqual([]);
  });

  it('tells the owners of cards and leaves out numbers that were never issued', async () => {
    const [card] = await openInBulk([row(residentNumber(0))]);
    const [first] = await learners();
    const { answer } = await open(residentNumber(1));
    const issued = (await issue(answer.learnerId)).answer.cardNumber;
    const owners = await learnersByCard(reader.sql, [issued, card!, '140106000000999', card!]);
    expect(Object.fromEntries(owners)).toEqual({ [card!]: first!.learnerId, [issued]: answer.learnerId });
    expect(await learnersByCard(reader.sql, [])).toEqual(new Map());
  });

  it('tells the status of a learner’s cards and nothing of a card that is another’s', async () => {
    const [card] = await openInBulk([row(residentNumber(0))]);
    const [first] = await learners();
    const { answer } = await open(residentNumber(1));
    const issued = (await issue(answer.learnerId)).answer.cardNumber;
    const statuses = await cardStatuses(reader.sql, [
      { learnerId: first!.learnerId, cardNumber: card! },
      { learnerId: answer.learnerId, cardNumber: issued },
      { learnerId: answer.learnerId, cardNumber: card! },
    ]);
    expect(Object.fromEntries(statuses)).toEqual({ [card!]: 'active', [issued]: 'issued' });
  });

  it('names the holder of an account, also inside the transaction that opens it', async () => {
    const { answer } = await open(residentNumber(3));
    const records = bank.app.get(LearnerRecords, { strict: false });
    const holder = {
      learnerId: answer.learnerId,
      name: '张示例',
      maskedIdentity: `140*************${residentNumber(3).slice(-2)}`,
      identityType: 'RESIDENT_ID',
      unitCode: '140106001901',
      status: 'active',
      mergedInto: null,
      openedOn: '2013-03-02',
    };
    expect(await records.holder(answer.learnerId)).toEqual(holder);
    const inside = await bank.app.get(Writer).write(async (transaction) => {
      await transaction.sql.run("update learning_account set status = 'frozen'");
      return records.holder(answer.learnerId, transaction);
    });
    expect(inside).toEqual({ ...holder, status: 'frozen' });
    expect(await records.holder(randomUUID())).toBeNull();
    expect(await records.holder('not an id')).toBeNull();
  });
});
