import { createHash } from 'node:crypto';
import { statSync, truncateSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { Program } from '../support/child-process.js';
import { TamperedBank, type Sound } from '../support/tampered-bank.js';

/** One way to spoil a bank: SQL with `:rich` and `:plain` for the two learners, or something more cunning. */
interface Manipulation {
  what: string;
  change: string | ((database: Database, sound: Sound) => void);
  /** Part of what verify says, with the same names. */
  said: string;
}

function execute(database: Database, sound: Sound, text: string): void {
  const names = { ...sound, rich: sound.rich.learnerId, plain: sound.plain.learnerId };
  for (const statement of text.split(';')) {
    const { changes } = database.prepare(statement).run(names);
    if (changes === 0) throw new Error(`It changed nothing: ${statement}`);
  }
}

/** Takes a learner's last entry out of the book without leaving a trace in the book itself. */
function forgetLast(learner: ':rich' | ':plain'): string {
  const last = `version = (select version from learning_account where learner_id = ${learner})`;
  const moved = (side: string) =>
    `coalesce((select sum(p.amount) from posting p where p.learner_id = ${learner} and p.${last} and p.${side} = balance.bucket and p.credit_type = balance.credit_type), 0)`;
  return `
    update balance set amount = amount + ${moved('source')} - ${moved('destination')} where learner_id = ${learner};
    update learning_account set lot_count = lot_count - (select count(*) from posting where learner_id = ${learner} and ${last} and earned_on is not null) where learner_id = ${learner};
    delete from posting where learner_id = ${learner} and ${last};
    delete from journal_entry where learner_id = ${learner} and ${last};
    update learning_account set version = version - 1, recorded_at = (select max(recorded_at) from journal_entry where learner_id = ${learner}) where learner_id = ${learner}`;
}

/** A visit that nobody posted, with everything the book itself asks for. */
const SLIPPED_IN = `
  insert into journal_entry select learner_id, 3, kind, occurred_at, recorded_at, actor, provider_id, 'nowhere', source, policy_version, null, null, null, null from journal_entry where learner_id = :plain and version = 2;
  insert into posting select learner_id, 3, line, source, destination, unit, credit_type, amount, lot + 1, source_after, case when lot is null then destination_after else destination_after + 11 end, earned_on, valid_until from posting where learner_id = :plain and version = 2;
  update posting set destination_after = 5508 where learner_id = :plain and version = 3 and line = 1;
  update posting set source_after = 162 where learner_id = :plain and version = 3 and line = 2;
  update balance set amount = amount + 11 where learner_id = :plain and bucket = 'available';
  update balance set amount = 162 where learner_id = :plain and bucket = 'time/486s';
  update learning_account set version = 3, lot_count = 3 where learner_id = :plain`;

/** Rewrites a certificate and gives it a hash that fits. */
function forge(database: Database, { standing }: Sound): void {
  const { snapshot } = database.prepare('select snapshot from document where serial = ?').get(standing) as {
    snapshot: string;
  };
  const forged = snapshot.replaceAll('"0.11"', '"9.11"').replace('"total":"0.50"', '"total":"9.50"');
  const hash = createHash('sha256').update(forged).digest('hex');
  database.prepare('update document set snapshot = ?, snapshot_hash = ? where serial = ?').run(forged, hash, standing);
}

const OF_PLAIN = 'where learner_id = :plain and version = 2';
const MANIPULATIONS: Manipulation[] = [
  {
    what: 'one amount raised',
    change: "update posting set amount = amount + 1 where learner_id = :plain and version = 1 and source = 'issued'",
    said: ':plain.1 line 3: available:leisure stands at 11 after it, the postings say 12',
  },
  {
    what: 'credit raised with everything that is added up from it',
    change: `update posting set amount = amount + 500, destination_after = destination_after + 500 ${OF_PLAIN} and source = 'issued';
      update balance set amount = amount + 500 where learner_id = :plain and bucket = 'available'`,
    said: ':plain.2: 511 hundredths do not follow from 5346 seconds of study time',
  },
  {
    what: 'a posting deleted',
    change: 'delete from posting where learner_id = :plain and version = 1 and line = 2',
    said: ':plain.1 line 3: line 2 was expected: a posting is missing',
  },
  {
    what: 'all postings deleted',
    change: 'delete from posting',
    said: ':plain.1: an entry without postings',
  },
  {
    what: 'an entry deleted, its postings left',
    change: 'delete from journal_entry where learner_id = :rich and version = 3',
    said: ':rich.3 line 1: a posting without an entry',
  },
  {
    what: 'an entry deleted with its postings',
    change:
      'delete from posting where learner_id = :rich and version = 3; delete from journal_entry where learner_id = :rich and version = 3',
    said: ':rich.4: version 3 was expected: the sequence has a gap',
  },
  {
    what: 'the last entry, which a key asked for, taken back as if it had never been',
    change: forgetLast(':rich'),
    said: 'entry :rich.14 is not in the book',
  },
  {
    what: 'the last entry, which came in a list, taken back as if it had never been',
    change: forgetLast(':plain'),
    said: ':plain.2: the audit says who wrote it, but it is not in the book',
  },
  { what: 'a visit slipped in', change: SLIPPED_IN, said: ':plain.3: the audit does not say who wrote it' },
  {
    what: 'a balance raised',
    change: "update balance set amount = amount + 100 where learner_id = :plain and bucket = 'available'",
    said: ':plain: balance available:leisure is 122, the postings say 22',
  },
  {
    what: 'a balance deleted',
    change: 'delete from balance where learner_id = :plain',
    said: ':plain: balance available:leisure is 0, the postings say 22',
  },
  {
    what: 'the count of a learner’s entries lowered',
    change: 'update learning_account set version = version - 1 where learner_id = :rich',
    said: ':rich: the account counts 13 entries, the journal has 14',
  },
  {
    what: 'two lots of a conversion swapped',
    change: "update posting set lot = 3 - lot where learner_id = :rich and version = 10 and destination = 'converted'",
    said: ':rich.10: it did not move what was decided',
  },
  {
    what: 'two lots swapped where they came in',
    change: "update posting set lot = 3 - lot where learner_id = :plain and source = 'issued'",
    said: ':plain.1 line 3: lot 1 was expected, not 2',
  },
  {
    what: 'the validity of credit lengthened',
    change: `update posting set valid_until = '2099-12-31' ${OF_PLAIN} and source = 'issued'`,
    said: ':plain.2: its credit is valid until 2099-12-31, the rules say 2031-06-04',
  },
  {
    what: 'a conversion that brought more than it was worth',
    change: `update posting set amount = 107, destination_after = 107 where learner_id = :rich and version = 10 and source = 'issued';
      update balance set amount = 107 where learner_id = :rich and credit_type = 'vocational'`,
    said: ':rich.10: it did not move what was decided',
  },
  {
    what: 'a reversal pointed at another entry',
    change: 'update journal_entry set reverses_version = 10 where learner_id = :rich and version = 14',
    said: ':rich.14: does not undo line 1 of entry 10',
  },
  {
    what: 'a reversal pointed at a visit of the same length',
    change: 'update journal_entry set reverses_version = 8 where learner_id = :rich and version = 14',
    said: ':rich.9: the gates do not see this visit',
  },
  {
    what: 'the time of an entry moved before the one it follows',
    change: 'update journal_entry set recorded_at = recorded_at - 1 where learner_id = :rich and version = 5',
    said: ':rich.5: recorded before the entry it follows',
  },
  {
    what: 'an answer deleted',
    change: "delete from idempotency_record where answer like '%' || :rich || '.4\"%'",
    said: ':rich.4: its idempotency key has no answer',
  },
  {
    what: 'an answer that names another entry',
    change: `update idempotency_record set answer = replace(answer, :rich || '.4"', :rich || '.5"') where answer like '%' || :rich || '.4"%'`,
    said: 'entry :rich.5 was written under another key',
  },
  {
    what: 'the audit of a deed deleted',
    change: "delete from audit_event where subject = :rich || '.6'",
    said: ':rich.6: the audit does not say who wrote it',
  },
  {
    what: 'a visit hidden from the gates, so that it could be posted again',
    change: 'update attendance set is_live = 0 where learner_id = :plain and version = 2',
    said: ':plain.2: the gates do not see this visit',
  },
  {
    what: 'a reversed visit that counts for the gates again',
    change: 'update attendance set is_live = 1 where learner_id = :rich and version = 9',
    said: ':rich.9: the gates see a visit that the journal does not have',
  },
  {
    what: 'the places of a session freed',
    change: 'update session_seat set taken = 0 where taken > 0',
    said: '0 places are taken by 1 visits',
  },
  {
    what: 'a certificate rewritten',
    change: `update document set snapshot = replace(snapshot, '"total":"0.50"', '"total":"9.50"') where serial = :standing`,
    said: 'document :standing: its content is not what was issued',
  },
  {
    what: 'a certificate rewritten with a hash that fits',
    change: forge,
    said: 'document :standing: its lines are not the lots that its award took',
  },
  {
    what: 'a certificate deleted',
    change: 'delete from document where serial = :standing',
    said: ':rich.13: its certificate is gone',
  },
  {
    what: 'a transcript deleted',
    change: 'delete from document where serial = :transcript',
    said: 'document :transcript: it was issued and is gone',
  },
  {
    what: 'a revocation deleted, so that the certificate is valid again',
    change: 'delete from document_revocation',
    said: 'document :revoked: its award was undone but it is not revoked',
  },
  {
    what: 'a rule changed after it was published',
    change: `update policy_version set content = replace(content, '"classHoursPerCredit":16', '"classHoursPerCredit":8')`,
    said: 'rules taiyuan-default@2024.1: they are not what was published',
  },
];

describe('verify', () => {
  let bank: TamperedBank;
  beforeAll(async () => {
    bank = await TamperedBank.make();
  });
  afterAll(() => bank.remove());

  const cli = async (file: string) => {
    const program = new Program('dist/cli.js', ['verify'], { DATABASE_FILE: file, IDENTITY_KEY: '0f'.repeat(32) });
    return { code: await program.end(), output: program.output };
  };

  it('finds nothing wrong with a sound book, and ends with 0', async () => {
    const file = bank.spoil(() => undefined);
    expect(await bank.verdict(file)).toMatchObject({ isSound: true, said: [/./, /./] });
    const { code, output } = await cli(file);
    expect(output).toContain('5 账户 learners, 40 分录 entries');
    expect(output).toContain('The book is sound');
    expect(code).toBe(0);
  });

  it.each(MANIPULATIONS)('finds $what', async ({ change, said }) => {
    const file = bank.spoil((database, sound) =>
      typeof change === 'string' ? execute(database, sound, change) : change(database, sound),
    );
    const verdict = await bank.verdict(file);
    const { rich, plain, standing, revoked, transcript } = bank.sound;
    const words = said
      .replaceAll(':rich', rich.learnerId)
      .replaceAll(':plain', plain.learnerId)
      .replace(':standing', standing)
      .replace(':revoked', revoked)
      .replace(':transcript', transcript);
    expect(verdict.said.join('\n')).toContain(words);
    expect(verdict.isSound).toBe(false);
  });

  it('ends with 1 and names the place when it finds something', async () => {
    const { code, output } = await cli(
      bank.spoil((database, sound) => execute(database, sound, 'delete from balance')),
    );
    expect(output).toContain(`✗ ${bank.sound.plain.learnerId}: balance available:leisure is 0`);
    expect(output).toContain('differences found');
    expect(code).toBe(1);
  });

  it('does not call a file sound that was cut off', async () => {
    const file = bank.spoil(() => undefined);
    truncateSync(file, Math.floor(statSync(file).size / 2 / 4_096) * 4_096);
    const { code, output } = await cli(file);
    expect(output).not.toContain('The book is sound');
    expect(code).not.toBe(0);
  });
});
