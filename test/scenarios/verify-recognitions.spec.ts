import { TamperedBank } from '../support/tampered-bank.js';

/** Ways to spoil what is kept of recognition: SQL with `:recognised`, `:waiting` and `:appealed` for cases, and what verify says. */
const MANIPULATIONS: [what: string, change: string, said: string][] = [
  [
    'a case that says more than the book brought in',
    'update recognition set standard_centi = 900 where recognition_id = :recognised',
    'recognition :recognised: the book has not what was recognised',
  ],
  [
    'a case called recognised that nobody recognised',
    "update recognition set state = 'recognised' where recognition_id = :waiting",
    'recognition :waiting: it is recognised, its entry does not count',
  ],
  [
    'another amount before an appeal',
    `update recognition_step set detail = replace(detail, '"centi":200', '"centi":100') where recognition_id = :appealed and step = 'appeal-decision'`,
    'recognition :appealed: the book has not what was recognised before its appeal',
  ],
  [
    'an appeal that replaced nothing',
    `update recognition_step set detail = null where recognition_id = :appealed and step = 'appeal-decision'`,
    'no case says why this was recognised',
  ],
  [
    'a case deleted',
    'delete from recognition where recognition_id = :recognised',
    ':learner.1: no case says why this was recognised',
  ],
  [
    'a review taken out of a story',
    "delete from recognition_step where recognition_id = :recognised and step = 'preliminary-review'",
    'recognition :recognised: step 5 does not follow',
  ],
  [
    'a certificate given up behind the back of its case',
    'update recognition_claim set released_at = 1 where recognition_id = :recognised',
    'recognition :recognised: it does not hold its certificate',
  ],
  [
    'a certificate held by nobody’s case',
    'update recognition set claim_sequence = 7 where recognition_id = :waiting',
    'recognition :waiting: it holds a certificate that is not its own',
  ],
  [
    'evidence replaced',
    "update evidence_content set content = 'JVBERi0='",
    'its bytes are not those that were handed in',
  ],
  ['evidence deleted', 'delete from evidence_content', 'recognition :recognised: its evidence'],
];

describe('verify of recognised outcomes', () => {
  let bank: TamperedBank;
  beforeAll(async () => {
    bank = await TamperedBank.make();
  });
  afterAll(() => bank.remove());

  it.each(MANIPULATIONS)('finds %s', async (_, change, said) => {
    const { learnerId, recognised, waiting, appealed } = bank.sound.outcome;
    const file = bank.spoil((database) => {
      const { changes } = database.prepare(change).run({ recognised, waiting, appealed });
      if (changes === 0) throw new Error(`It changed nothing: ${change}`);
    });
    const verdict = await bank.verdict(file);
    const names = { ':recognised': recognised, ':waiting': waiting, ':appealed': appealed, ':learner': learnerId };
    const words = Object.entries(names).reduce((text, [name, id]) => text.replace(name, id), said);
    expect(verdict.said.join('\n')).toContain(words);
    expect(verdict.isSound).toBe(false);
  });
});
