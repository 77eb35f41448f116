import fc from 'fast-check';
import { verify } from '../../src/cli/verify.js';
import { ReleaseHolds, ReplayConversions } from '../../src/conversion/conversion.port.js';
import { ExpireCredit } from '../../src/expiry/expiry.port.js';
import { shanghaiDay } from '../../src/kernel/clock.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import { readPolicyPack } from '../../src/policy/domain/read-policy-pack.js';
import { Policies } from '../../src/policy/policy.port.js';
import { bodyOf } from '../support/catalogue.js';
import { prefixFaults, toldBook } from '../support/conversion-prefixes.js';
import { DEGREE_RULES, MANY_RULES } from '../support/conversion-rules.js';
import { DIALECTS } from '../support/databases.js';
import type { Body } from '../support/learners.js';
import type { Seed, SeededLearner } from '../support/seed.js';
import { seedOn } from '../support/seed-on.js';
import { CALLER } from '../support/test-book.js';

const DAY_MS = 86_400_000;
/** Credit of a year, so that it expires while the test looks. */
const SHORT_LIVED = MANY_RULES.creditTypes.map((type) => ({ ...type, validityYears: 1 }));
const PAIRS = [
  ['leisure', 'vocational'],
  ['leisure', 'bonus'],
  ['leisure', 'extra'],
  ['leisure', 'extra'],
  ['leisure', 'special'],
  ['bonus', 'special'],
  ['vocational', 'degree'],
] as const;

const CONVERT = fc.record({
  do: fc.constant('convert' as const),
  pair: fc.constantFrom(...PAIRS),
  centi: fc.constantFrom(2, 2, 4, 6, 8, 10, 11),
  lots: fc.option(fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 2 }), {
    nil: null,
    freq: 6,
  }),
});
type Question = typeof CONVERT extends fc.Arbitrary<infer T> ? T : never;
type Step = Question | { do: 'approve' | 'refuse' | 'reverse'; pick: number } | { do: 'expire' } | { do: 'release' };
const STEP: fc.Arbitrary<Step> = fc.oneof(
  { weight: 7, arbitrary: CONVERT },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('approve' as const, 'refuse' as const), pick: fc.nat(9) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reverse' as const), pick: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.constantFrom({ do: 'expire' as const }, { do: 'release' as const }) },
);
const ROUND = fc.record({
  /** Days that pass before it. */
  days: fc.constantFrom(0, 0, 1, 1, 31, 200),
  visits: fc.integer({ min: 0, max: 2 }),
  /** New rules from that day on. */
  rules: fc.option(fc.constantFrom('many' as const, 'degree' as const), { nil: null, freq: 3 }),
  quoted: CONVERT,
  steps: fc.array(STEP, { minLength: 4, maxLength: 14 }),
});

describe.each(DIALECTS)('random conversions by many at the same time on %s', (dialect) => {
  let seed: Seed;
  let stop: () => Promise<void>;
  let courses: string[];
  let second: string;
  let ruleCount = 0;
  beforeAll(async () => {
    ({ seed, stop } = await seedOn(dialect));
    await seed.bank.app.get(Policies).publish({ ...MANY_RULES, creditTypes: SHORT_LIVED });
    const vocational = { creditType: 'vocational', activityType: 'SKILL_TRAINING' };
    courses = [await seed.course(), await seed.course(), await seed.course(vocational)];
    second = await seed.bank.key('registrar');
  });
  afterAll(() => stop());

  const now = () => seed.bank.clock.nowMs();
  const today = () => shanghaiDay(now());
  /** A visit on the day before, or longer ago, at an hour of its own. */
  const visit = async (learner: SeededLearner, hour: number, daysAgo = 1) => {
    const startsAt = `${shanghaiDay(now() - daysAgo * DAY_MS)}T${String(6 + 2 * hour).padStart(2, '0')}:00:00+08:00`;
    await seed.attend(await seed.session(courses[hour % courses.length]!, { startsAt }), learner);
  };
  const publish = async (rules: 'many' | 'degree') => {
    ruleCount += 1;
    const pack = rules === 'many' ? MANY_RULES : DEGREE_RULES;
    const version = `2025.${ruleCount}`;
    await seed.bank.app.get(Policies).publish({ ...pack, creditTypes: SHORT_LIVED, version, effectiveFrom: today() });
  };
  const asked = ({ learnerId }: SeededLearner, { pair: [from, to], centi, lots }: Question) => ({
    ...{ learnerId, from, to, amount: `0.${String(centi).padStart(2, '0')}` },
    ...(lots ? { lots } : {}),
  });
  const balance = async ({ learnerId }: SeededLearner, asOf?: string) => {
    const query = asOf === undefined ? '' : `?asOf=${asOf}`;
    const body = bodyOf(
      await seed.bank.get(`/api/v1/learners/${learnerId}/balance${query}`, seed.registrar).expect(200),
    );
    return { credits: body['credits'], studyTime: body['studyTime'], points: body['points'] };
  };
  const send = async (learner: SeededLearner, step: Step): Promise<number> => {
    const post = async (path: string, key: string, body: object) =>
      (await seed.bank.post(`/api/v1/${path}`, key, body)).status;
    if (step.do === 'convert') return post('conversions', seed.registrar, asked(learner, step));
    if (step.do === 'expire') return (await seed.bank.app.get(ExpireCredit).run(CALLER)).entries >= 0 ? 200 : 500;
    if (step.do === 'release') return (await seed.bank.app.get(ReleaseHolds).run(CALLER)).entries >= 0 ? 200 : 500;
    if (step.do === 'reverse')
      return post(`entries/${learner.learnerId}.${step.pick + 1}/reversal`, seed.registrar, { reason: '登记错误' });
    const { items } = bodyOf(await seed.bank.get('/api/v1/conversions', second).expect(200)) as { items: Body[] };
    const own = items.filter(({ learnerId }) => learnerId === learner.learnerId);
    const one = own[step.pick % Math.max(1, own.length)];
    if (!one) return 404;
    const verb = step.do === 'approve' ? 'approval' : 'refusal';
    return post(`conversions/${String(one['conversionId'])}/${verb}`, second, { reason: '同时决定' });
  };

  /** What was quoted is what is executed, on the state there was (invariant 11). */
  const quoteAndExecute = async (learner: SeededLearner, question: Question) => {
    const body = asked(learner, question);
    const quote = bodyOf(await seed.bank.post('/api/v1/conversions/quote', learner.key, body).expect(200));
    const { fingerprint, ...quoted } = quote;
    const answer = await seed.bank.post('/api/v1/conversions', seed.registrar, { ...body, fingerprint });
    if (!quoted['allowed']) {
      const failed = (quoted['checks'] as Body[]).find(({ passed }) => !passed);
      expect([answer.status >= 400, bodyOf(answer)['code']]).toEqual([true, failed!['code']]);
      return;
    }
    const { conversionId: _, state: _state, ...made } = bodyOf(answer);
    expect(made).toEqual(quoted);
  };

  /** Decided again from the book, every conversion is the same under its own rules, and refused without them. */
  const decideAgain = async () => {
    const { sql } = seed.bank.app.get(Reader);
    const learners = await sql.rows<{ learner_id: string }>('select distinct learner_id from conversion');
    const pack = readPolicyPack({ ...MANY_RULES, creditTypes: SHORT_LIVED });
    const learnerIds = learners.map(({ learner_id }) => learner_id);
    const outcomes = await seed.bank.app
      .get(ReplayConversions)
      .of(learnerIds, pack, { from: '2024-01-01', to: '2099-12-31' }, () => undefined);
    for (const [learnerId, outcome] of outcomes) {
      const { conversions } = await toldBook(seed.bank, learnerId);
      const study = conversions.filter(({ rule }) => rule === 'study').length;
      expect(outcome.changed).toBe(0);
      expect(new Set(outcome.refused).size).toBeLessThanOrEqual(1);
      expect(outcome.refused.length).toBeLessThanOrEqual(study);
    }
    expect([...outcomes.values()].reduce((sum, { looked }) => sum + looked, 0)).toBeGreaterThan(0);
  };

  /** A reversal undone is the state there was, and nothing is reversed twice (invariant 8). */
  const reverseAndBringBack = async (learner: SeededLearner) => {
    const { conversions } = await toldBook(seed.bank, learner.learnerId);
    const undo = (version: number) =>
      seed.bank.post(`/api/v1/entries/${learner.learnerId}.${version}/reversal`, seed.registrar, { reason: '恢复' });
    for (const { version } of conversions.filter(({ isHeld }) => isHeld === 0)) {
      const before = await balance(learner);
      const undone = await undo(version);
      if (undone.status !== 201) continue;
      const again = await undo(version).expect(409);
      expect(bodyOf(again)['code']).toBe('entry-already-reversed');
      const back = await undo(Number(String(bodyOf(undone)['entryId']).split('.')[1]));
      if (back.status === 201) expect(await balance(learner)).toEqual(before);
    }
  };

  it('keep every lot whole, use no outcome twice, exceed no limit at any prefix, and change no yesterday', async () => {
    const met = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(ROUND, { minLength: 3, maxLength: 5 }), async (rounds) => {
        const learner = await seed.learner();
        seed.bank.clock.advanceMs(DAY_MS);
        await publish('many');
        for (let hour = 0; hour < 5; hour += 1) for (const daysAgo of [2, 3]) await visit(learner, hour, daysAgo);
        const yesterdays = new Map<string, object>();
        for (const { days, visits, rules, quoted, steps } of rounds) {
          if (days > 0) yesterdays.set(today(), await balance(learner));
          seed.bank.clock.advanceMs(days * DAY_MS);
          if (days > 0) for (let hour = 0; hour < visits; hour += 1) await visit(learner, hour);
          if (rules && days > 0) await publish(rules);
          await quoteAndExecute(learner, quoted);
          const statuses = await Promise.all(steps.map((step) => send(learner, step)));
          steps.forEach((step, index) => {
            const name = `${step.do} ${statuses[index]}`;
            met.set(name, (met.get(name) ?? 0) + 1);
          });
          for (const [day, said] of yesterdays) expect(await balance(learner, day)).toEqual(said);
        }
        await reverseAndBringBack(learner);
        expect(prefixFaults(await toldBook(seed.bank, learner.learnerId))).toEqual([]);
      }),
      { numRuns: 10, endOnFailure: true },
    );
    // The property is about what was done, not about refusals.
    expect([...met.keys()].filter((name) => /5\d\d$/.test(name))).toEqual([]);
    const times = (...names: string[]) => names.reduce((sum, name) => sum + (met.get(name) ?? 0), 0);
    expect(times('convert 201')).toBeGreaterThan(0);
    expect(times('reverse 201')).toBeGreaterThan(0);
    expect(times('approve 200', 'refuse 200')).toBeGreaterThan(0);
    const said: string[] = [];
    const isSound = await verify(seed.bank.app, (line) => said.push(line));
    expect(isSound ? [] : said).toEqual([]);
    await decideAgain();
  }, 180_000);
});
