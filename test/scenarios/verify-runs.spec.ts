import { Program } from '../support/child-process.js';
import { TamperedBank } from '../support/tampered-bank.js';

const OF = (version: number) => `where learner_id = :id and version = ${version}`;

/**
 * Ways to spoil what runs and registrars write besides study: holds and how they ended, expiries, points. SQL with `:id` for the
 * learner of that name in the tampered bank, and part of what verify says with the same name.
 */
const MANIPULATIONS: [what: string, change: string, said: string][] = [
  [
    'two lots of a hold swapped',
    `update posting set lot = 3 - lot ${OF(8)}`,
    ':id.8: it did not move what was decided',
  ],
  [
    'a hold that moved less than was decided, with everything that is added up from it',
    `update posting set amount = 9, source_after = source_after + 1, destination_after = 9 ${OF(6)};
     update posting set amount = 9, source_after = 0 ${OF(7)} and source = 'held'`,
    ':id.6: it did not move what was decided',
  ],
  [
    'a hold hidden from those who decide',
    `update conversion_hold set ended = 'refused' ${OF(19)}`,
    ':id.19: the list of what waits is wrong about it',
  ],
  [
    'a hold taken off the list of what waits',
    `delete from conversion_hold ${OF(19)}`,
    ':id.19: the list of what waits is wrong about it',
  ],
  [
    'a hold that may be approved for longer, on the list',
    `update conversion_hold set held_until = '2099-12-31' ${OF(19)}`,
    ':id.19: the list of what waits is wrong about it',
  ],
  [
    'a hold that may be approved for longer, on record',
    `update conversion set held_until = '2099-12-31' ${OF(19)}`,
    ':id.19: its record is not what was decided: held_until',
  ],
  [
    'a conversion said to wait that nobody asked for',
    "insert into conversion_hold values (:id, 3, 0, '2099-12-31', null)",
    ':id.3: a conversion is said to wait that is not in the book',
  ],
  [
    'an approval by the one who asked',
    `update journal_entry set actor = (select actor from journal_entry ${OF(6)}) ${OF(7)}`,
    ':id.7: it was approved by the one who asked for it',
  ],
  [
    'an approval after its last day',
    `update journal_entry set occurred_at = occurred_at + 40 * 86400000 ${OF(7)}`,
    ':id.7: it was approved after its last day',
  ],
  [
    'a refusal for another reason than was decided',
    "update refused_conversion set code = 'account-frozen' where learner_id = :id",
    ': its record is not what was decided',
  ],
  [
    'a refusal of somebody who had enough',
    `update refused_conversion set trace = replace(trace, '"availableCenti":11', '"availableCenti":99000') where learner_id = :id`,
    ': decided again, it comes out otherwise',
  ],
  [
    'a refusal dressed as a lapse',
    `update journal_entry set detail = '{"lapsedAfter":"2024-07-10"}' ${OF(9)};
     update conversion_hold set ended = 'lapsed' ${OF(8)}`,
    ':id.9: it was given back as lapsed before its last day was over',
  ],
  [
    'a lapse dressed as a refusal',
    `update conversion_hold set ended = 'refused' ${OF(10)}`,
    ':id.11: it says that its hold was lapsed, the list of what waits says refused',
  ],
  [
    'a lapse before its time',
    `update journal_entry set occurred_at = occurred_at - 1 ${OF(11)}`,
    ':id.11: it was given back as lapsed before its last day was over',
  ],
  [
    'a release called a conversion',
    "update conversion_settlement set outcome = 'converted' where learner_id = :id and version = 9",
    ':id.9: a hold was settled that is not in the book',
  ],
  [
    'a settlement forgotten, so that the hold could be approved once more',
    'delete from conversion_settlement where learner_id = :id and version = 9',
    ':id.9: it did not move what was decided',
  ],
  [
    'a conversion whose outcomes no longer count under the share of a programme',
    `update conversion set cap_programme = null ${OF(6)}`,
    ':id.6: its record is not what was decided: cap_programme',
  ],
  [
    'a conversion whose outcomes are called unused',
    `update conversion set parts = replace(parts, '"outcomes":[1]', '"outcomes":[]') ${OF(6)}`,
    ':id.6: decided again, it comes out otherwise',
  ],
  [
    'a check of a decision turned',
    `update conversion set trace = replace(trace, '"limit":"0.47"', '"limit":"9.47"') ${OF(6)}`,
    ':id.6: decided again, it comes out otherwise',
  ],
  [
    'credit that forgets that it began as leisure',
    `update conversion_lot set roots = replace(roots, 'leisure', 'vocational') where learner_id = :id and lot = 6`,
    ':id.7: what is on record of lot 6 is not what was decided',
  ],
  [
    'credit that forgets where it came from',
    'delete from conversion_lot where learner_id = :id and lot = 6',
    ':id.7: what is on record of lot 6 is not what was decided',
  ],
  [
    'study called converted credit',
    `insert into conversion_lot select learner_id, 3, 6, programme, item, facts, roots from conversion_lot where learner_id = :id`,
    ':id.6: a lot is said to be converted that its entry did not bring in',
  ],
  [
    'an expiry before the last day of its credit',
    `update journal_entry set subject = '2025-05-22' ${OF(20)}`,
    ':id.20: lot 3 is valid until 2025-05-22, it cannot expire on 2025-05-22',
  ],
  [
    'an expiry of one hundredth too little, with everything that is added up from it',
    `update posting set amount = amount - 1, source_after = source_after + 1 ${OF(20)} and lot = 6;
     update balance set amount = amount + 1 where learner_id = :id and bucket = 'available' and credit_type = 'vocational'`,
    ':id.20: lot 6 expired in part: 1 are left',
  ],
  [
    'an expiry called something else',
    `update journal_entry set kind = 'adjustment' ${OF(20)}`,
    ':id.20: a adjustment lets credit expire',
  ],
  [
    'a lot left out of an expiry, with everything that is added up from it',
    `delete from posting ${OF(20)} and lot = 6;
     update balance set amount = 5 where learner_id = :id and bucket = 'available' and credit_type = 'vocational'`,
    ':id.20: lot 6 was past its last day and did not expire',
  ],
  [
    'the last day of expired credit lengthened',
    `update posting set valid_until = '2031-05-22' ${OF(3)} and source = 'issued'`,
    ':id.20: lot 3 is valid until 2031-05-22, it cannot expire on 2025-05-23',
  ],
  [
    'points raised where they stand',
    "update point_day set points = 5 where learner_id = :id and activity_day = '2024-05-20'",
    ':id.12: 5 points stand for 2024-05-20, its entries say 1',
  ],
  [
    'points raised with everything that is added up from them',
    `update posting set amount = amount + 4 ${OF(12)};
     update posting set destination_after = destination_after + 4 where learner_id = :id and unit = 'point' and version between 12 and 16;
     update posting set source_after = source_after + 4 where learner_id = :id and unit = 'point' and version = 18;
     update balance set amount = amount + 4 where learner_id = :id and bucket = 'points';
     update point_day set points = 5 where learner_id = :id and activity_day = '2024-05-20'`,
    ':id.12: 5 points were given for 2024-05-20, its visits are worth 1',
  ],
  [
    'a settled day forgotten, so that it would be settled once more',
    "delete from point_day where learner_id = :id and activity_day = '2024-05-21'",
    ':id.13: points of 2024-05-21 that no settlement knows',
  ],
  [
    'points moved to another day',
    `update journal_entry set subject = '2024-05-25' ${OF(13)}`,
    ':id.13: points of 2024-05-25 that no settlement knows',
  ],
  [
    'points that were taken back kept where they stand',
    "update point_day set points = 1 where learner_id = :id and activity_day = '2024-05-24'",
    ':id.18: 1 points stand for 2024-05-24, its entries say 0',
  ],
  [
    'hours of an honour raised',
    'update attendance set accepted_seconds = accepted_seconds * 100 where learner_id = :id and version = 2',
    ':id.2: the gates do not see this visit',
  ],
  [
    'a visit moved to a day with another honour',
    "update attendance set activity_day = '2023-05-21' where learner_id = :id and version = 2",
    ':id.2: the gates see this visit at another time',
  ],
  [
    'a visit moved to the time of another one',
    'update attendance set starts_at = starts_at + 60000 where learner_id = :id and version = 2',
    ':id.2: the gates see this visit at another time',
  ],
];

describe('verify of holds, expiries and points', () => {
  let bank: TamperedBank;
  beforeAll(async () => {
    bank = await TamperedBank.make();
  });
  afterAll(() => bank.remove());

  const spoiled = (change: string) =>
    bank.spoil((database) => {
      for (const statement of change.split(';')) {
        const { changes } = database.prepare(statement).run({ id: bank.sound.patient.learnerId });
        if (changes === 0) throw new Error(`It changed nothing: ${statement}`);
      }
    });

  it.each(MANIPULATIONS)('finds %s', async (_, change, said) => {
    const verdict = await bank.verdict(spoiled(change));
    expect(verdict.said.join('\n')).toContain(said.replace(':id', bank.sound.patient.learnerId));
    expect(verdict.isSound).toBe(false);
  });

  it('names the place and ends with 1', async () => {
    const [, change, said] = MANIPULATIONS[0]!;
    const file = spoiled(change);
    const program = new Program('dist/cli.js', ['verify'], { DATABASE_FILE: file, IDENTITY_KEY: '0f'.repeat(32) });
    expect(await program.end()).toBe(1);
    expect(program.output).toContain(`✗ ${said.replace(':id', bank.sound.patient.learnerId)}`);
  });
});
