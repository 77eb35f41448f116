import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Reader } from '../../src/platform/database/data-sources.js';
import { Policies } from '../../src/policy/policy.port.js';
import { DIALECTS } from '../support/databases.js';
import { Seed } from '../support/seed.js';
import { reportOf } from '../support/what-if.js';

const FILE = parse(readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8')) as {
  creditTypes: object[];
  tariffs: object[];
  activityTypes: object[];
};
const fast = (tariff: object) => ({ ...tariff, classHoursPerCredit: 12 });
const named = (name: string) => ({ zh: name, en: name });
const type = (code: string) => ({ code, name: named(code), category: 'leisure', tariff: 'leisure-time' });
const rule = (code: string, from: string, to: string, more: object = {}) => ({
  ...{ code, name: named(code), from, to, ratio: { from: 1, to: 1 }, effectiveFrom: '2013-01-01', ...more },
});
const most = (credit: string, whenOver: 'cut' | 'refuse') => ({
  caps: [{ code: 'most', name: named('most'), limit: { credit }, per: 'lifetime', whenOver }],
});
const rules = (conversionRules: object[]) => ({
  ...FILE,
  ...{ version: '2024.2', effectiveFrom: '2024-01-01' },
  creditTypes: [...FILE.creditTypes, type('bonus'), type('special')],
  conversionRules,
});
/** Everything may become something else, as much as there is. */
const GENEROUS = rules([
  rule('first', 'leisure', 'bonus'),
  rule('on', 'bonus', 'special'),
  rule('past', 'leisure', 'special'),
]);
const SLOW = {
  tariffs: FILE.tariffs.map((tariff) => ({ ...tariff, classHoursPerCredit: 27 })),
  activityTypes: FILE.activityTypes.map((activity) => ({ ...activity, visitCap: { minutes: 80, whenOver: 'cut' } })),
};
const DRAFTS: [string, object[], object?][] = [
  ['under which study brings less', GENEROUS.conversionRules, SLOW],
  ['under which study brings more', GENEROUS.conversionRules, { tariffs: FILE.tariffs.map(fast) }],
  [
    'with other ratios',
    [
      rule('first', 'leisure', 'bonus', { ratio: { from: 2, to: 1 } }),
      rule('on', 'bonus', 'special'),
      rule('past', 'leisure', 'special', { ratio: { from: 1, to: 2 } }),
    ],
  ],
  [
    'with caps that cut and refuse',
    [
      rule('first', 'leisure', 'bonus', most('0.20', 'cut')),
      rule('on', 'bonus', 'special'),
      rule('past', 'leisure', 'special', most('0.15', 'refuse')),
    ],
  ],
  [
    'in which an outcome serves once',
    [rule('first', 'leisure', 'bonus', { singleUse: 'ever' }), GENEROUS.conversionRules[2]!],
  ],
  [
    'that takes whole outcomes and fixed amounts',
    [
      rule('first', 'leisure', 'bonus', {
        ratio: undefined,
        amount: 'fixed',
        to: [{ creditType: 'bonus', credit: '0.12' }],
      }),
      rule('on', 'bonus', 'special', { wholeOnly: true }),
      rule('past', 'leisure', 'special'),
    ],
  ],
];

/** The same numbers in every run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648;
  }
}

interface Question {
  rule: string;
  centi: number;
}

/** Conversions that are asked one after the other; the version of each that was made, and what the book has then. */
async function converted(seed: Seed, questions: Question[]) {
  const learner = await seed.learner();
  await seed.attendDays(await seed.course(), learner, 9);
  const made: Question[] = [];
  for (const question of questions) {
    const amount = `${Math.floor(question.centi / 100)}.${String(question.centi % 100).padStart(2, '0')}`;
    const body = { learnerId: learner.learnerId, rule: question.rule, amount };
    const { status } = await seed.bank.post('/api/v1/conversions', seed.registrar, body);
    if (status === 201) made.push(question);
    else expect([409, 422]).toContain(status);
  }
  const rows = await seed.bank.app
    .get(Reader)
    .sql.rows<{ credit_type: string; amount: number }>(
      "select credit_type, sum(case when source = 'issued' then amount else -amount end) as amount from posting where source = 'issued' or destination = 'converted' group by credit_type",
    );
  const book = new Map(rows.map(({ credit_type, amount }) => [credit_type, Number(amount)]));
  return { made, book };
}

describe.each(DIALECTS)('conversions under a draft on %s', (dialect) => {
  it.each(DRAFTS)(
    'are what a bank that had it from the start would have made: a draft %s',
    async (_, conversionRules, more = {}) => {
      const random = numbers(conversionRules.length * 7_919);
      const next = (below: number) => Math.floor(random.next().value! * below);
      const questions = Array.from({ length: 24 }, () => ({
        rule: ['first', 'on', 'past'][next(3)]!,
        centi: [2, 4, 8, 11, 12, 20][next(6)]!,
      }));
      const draft = { ...rules(conversionRules), ...more, version: 'draft' };
      const [then, now] = [await Seed.start({}, dialect), await Seed.start({}, dialect)];
      try {
        await then.bank.app.get(Policies).publish(GENEROUS);
        const { made, book } = await converted(then, questions);
        await now.bank.app.get(Policies).publish(draft);
        const other = await converted(now, made);
        const report = await reportOf(then, { pack: draft, from: '2024-01-01', to: '2024-12-31' });
        const said = (which: 'before' | 'after') =>
          new Map(report.byCreditType.map((group) => [group.group, Math.round(Number(group[which]) * 100)]));
        expect(Object.fromEntries(said('before'))).toMatchObject(Object.fromEntries(book));
        expect(Object.fromEntries(said('after'))).toMatchObject(Object.fromEntries(other.book));
        expect(report.conversions.refused).toBe(made.length - other.made.length);
        expect(report.conversions.looked).toBe(made.length);
        expect(made.length).toBeGreaterThan(5);
        expect(other.made.length).toBeGreaterThan(0);
        expect(Object.fromEntries(other.book)).not.toEqual(Object.fromEntries(book));
      } finally {
        await then.stop();
        await now.stop();
      }
    },
  );
});
