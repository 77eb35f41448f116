import fc from 'fast-check';
import { verify } from '../../src/cli/verify.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import type { PackFile } from '../../src/policy/domain/pack-file.js';
import { changedPack } from '../support/changed-pack.js';
import { DIALECTS } from '../support/databases.js';
import { Cases, type CaseBody } from '../support/recognition.js';
import type { Seed, SeededLearner } from '../support/seed.js';
import { seedOn } from '../support/seed-on.js';

const ITEMS = {
  CERT: { outcomeClass: 'certificate', centi: 150 },
  SHORT: { outcomeClass: 'course', centi: 100 },
  LONG: { outcomeClass: 'course', centi: 275 },
} as const;
type Item = keyof typeof ITEMS;

/** Limits of the pack below, hundredths or certificates. */
const MOST = { semester: 500, year: 800, lifetime: 1_300, certificates: 3 };

/** Items nobody needs to look at, so that one request recognises, under a cap of every period. */
function tightRules(file: PackFile): void {
  const credit = (centi: number) => (centi / 100).toFixed(2);
  const name = { zh: '上限', en: 'Cap' };
  const only = { origins: ['recognition' as const] };
  file.caps = [
    { code: 'semester', name, limit: { credit: credit(MOST.semester) }, per: 'semester', only, whenOver: 'refuse' },
    { code: 'year', name, limit: { credit: credit(MOST.year) }, per: 'year', only, whenOver: 'cut' },
    { code: 'lifetime', name, limit: { credit: credit(MOST.lifetime) }, per: 'lifetime', only, whenOver: 'cut' },
    {
      code: 'certificates',
      name,
      limit: { count: MOST.certificates },
      per: 'lifetime',
      only: { outcomeClasses: ['certificate'] },
      whenOver: 'refuse',
    },
  ];
  file.recognition!.evidenceAtLeast = 0;
  file.recognition!.catalogue = Object.entries(ITEMS).map(([code, { outcomeClass, centi }]) => ({
    code,
    name: { zh: code, en: code },
    outcomeClass,
    creditType: 'vocational',
    credit: credit(centi),
    effectiveFrom: '2013-01-01',
    review: 'automatic',
  }));
}

/** On both sides of semesters (1 March, 1 September) and of a year (1 September). */
const DAYS = ['2022-08-31', '2022-09-01', '2023-02-28', '2023-03-01', '2023-08-31', '2023-09-01', '2024-03-01'];

/** The first day of the period of a day, from a list of first days without years. */
function periodOf(day: string, begins: string[]): string {
  const year = Number(day.slice(0, 4));
  const starts = [year - 1, year].flatMap((each) => begins.map((begin) => `${each}-${begin}`));
  return starts
    .sort()
    .filter((start) => start <= day)
    .at(-1)!;
}

interface Paper {
  kind: 'paper';
  who: number;
  item: Item;
  day: string;
  number: number;
}
interface Undoing {
  kind: 'undo';
  who: number;
  which: number;
}

const PEOPLE = 3;
const NUMBERS = 8;
const who = fc.nat({ max: PEOPLE - 1 });
const paper = fc.record<Paper>({
  kind: fc.constant('paper'),
  who,
  item: fc.constantFrom<Item>('CERT', 'SHORT', 'LONG'),
  day: fc.constantFrom(...DAYS),
  number: fc.nat({ max: NUMBERS - 1 }),
});
const undoing = fc.record<Undoing>({ kind: fc.constant('undo'), who, which: fc.nat() });
/** Rounds of requests that are sent together. */
const rounds = fc.array(
  fc.array(fc.oneof({ weight: 5, arbitrary: paper }, { weight: 2, arbitrary: undoing }), {
    minLength: 8,
    maxLength: 24,
  }),
  { minLength: 2, maxLength: 4 },
);

const EXPECTED = [
  'recognition-cap-reached',
  'outcome-already-submitted',
  'certificate-not-available',
  'entry-already-reversed',
];

describe.each(DIALECTS)('papers handed in at once, on %s,', (dialect) => {
  let seed: Seed;
  let stop: () => Promise<void>;
  let cases: Cases;
  beforeAll(async () => {
    ({ seed, stop } = await seedOn(dialect, { POLICY_FILE: changedPack(tightRules) }));
    cases = await Cases.on(seed);
  });
  afterAll(async () => {
    const said: string[] = [];
    const isSound = await verify(seed.bank.app, (line) => said.push(line));
    await stop();
    expect({ isSound, said }).toMatchObject({ isSound: true });
  });

  const rowsOf = <T>(text: string, values: string[]) => seed.bank.app.get(Reader).sql.rows<T>(text, values);

  interface BookRow {
    version: number;
    reverses_version: number | null;
    subject: string;
    amount: number;
    obtained_on: string;
    outcome_class: string;
  }
  const bookOf = ({ learnerId }: SeededLearner) =>
    rowsOf<BookRow>(
      `select e.version, e.reverses_version, e.subject, p.amount, r.obtained_on, r.outcome_class from journal_entry e
       join posting p on p.learner_id = e.learner_id and p.version = e.version
       join recognition r on r.learner_id = e.learner_id and cast(r.recognition_id as text) = e.subject
       where e.learner_id = ? order by e.version`,
      [learnerId],
    );

  /** What counts at every version of a book; each with its credit by period and its certificates. */
  function expectWithinCaps(book: BookRow[]): void {
    const live = new Map<number, BookRow>();
    const rootOf = (row: BookRow): BookRow =>
      row.reverses_version === null ? row : rootOf(book.find(({ version }) => version === row.reverses_version)!);
    for (const row of book) {
      const root = rootOf(row);
      if (live.has(root.version)) live.delete(root.version);
      else live.set(root.version, root);
      const sums = new Map<string, number>();
      const add = (key: string, amount: number) => sums.set(key, (sums.get(key) ?? 0) + amount);
      for (const { amount, obtained_on: day, outcome_class } of live.values()) {
        add(`semester ${periodOf(day, ['03-01', '09-01'])}`, amount);
        add(`year ${periodOf(day, ['09-01'])}`, amount);
        add('lifetime', amount);
        if (outcome_class === 'certificate') add('certificates', 1);
      }
      const over = [...sums].filter(([key, sum]) => sum > MOST[key.split(' ')[0] as keyof typeof MOST]);
      expect({ version: row.version, over }).toEqual({ version: row.version, over: [] });
    }
  }

  it('stay under every cap at every version of every book, and each number with one holder at a time', async () => {
    let count = 0;
    let recognised = 0;
    await fc.assert(
      fc.asyncProperty(rounds, async (list) => {
        count += 1;
        const learners = await Promise.all(Array.from({ length: PEOPLE }, () => seed.learner()));
        const issuer = `考试院 ${count}`;
        const send = async (asked: Paper | Undoing) => {
          const learner = learners[asked.who]!;
          if (asked.kind === 'undo') {
            const book = await bookOf(learner);
            if (book.length === 0) return null;
            const { version } = book[asked.which % book.length]!;
            const undo = { reason: '证书经查不实' };
            return seed.bank.post(`/api/v1/entries/${learner.learnerId}.${version}/reversal`, seed.registrar, undo);
          }
          const { item, day: obtainedOn, number } = asked;
          const { outcomeClass } = ITEMS[item];
          const content = { item, obtainedOn, issuer, outcomeClass, certificateNumber: `NO-${number}` };
          const entered = await cases.enter(learner.key, content).expect(201);
          return cases.step((entered.body as CaseBody).recognitionId, 'submission', learner.key);
        };
        for (const round of list) {
          const answers = (await Promise.all(round.map(send))).filter((answer) => answer !== null);
          const codes = answers.filter(({ status }) => status >= 400).map(({ body }) => (body as CaseBody).code!);
          expect(codes.filter((code) => !EXPECTED.includes(code))).toEqual([]);
          recognised += answers.length - codes.length;
          // One holder of a number at every moment: after each round, and by the days the claims themselves tell.
          const held = await rowsOf<{ certificate_number: string; holders: number }>(
            `select certificate_number, count(*) as holders from recognition where issuer = ? and state = 'recognised'
             group by certificate_number having count(*) > 1`,
            [issuer],
          );
          expect(held).toEqual([]);
        }
        for (const learner of learners) expectWithinCaps(await bookOf(learner));
      }),
      { numRuns: 6 },
    );
    expect(recognised).toBeGreaterThan(50);
    const claims = await rowsOf<{ claim_hash: string; claimed_at: number; released_at: number | null }>(
      'select claim_hash, claimed_at, released_at from recognition_claim order by claim_hash, sequence',
      [],
    );
    const overlapping = claims.filter((claim, index) => {
      const before = claims[index - 1];
      if (before?.claim_hash !== claim.claim_hash) return false;
      return before.released_at === null || before.released_at > claim.claimed_at;
    });
    expect(overlapping).toEqual([]);
  });
});
