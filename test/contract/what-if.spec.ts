import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Dialect } from '../../src/platform/database/columns.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import { Policies } from '../../src/policy/policy.port.js';
import { SettlePoints } from '../../src/rewards/rewards.port.js';
import { MANY_RULES } from '../support/conversion-rules.js';
import { DIALECTS } from '../support/databases.js';
import { Seed, type SeededLearner } from '../support/seed.js';
import { CALLER } from '../support/test-book.js';
import { reportOf as reportOn, whatIfLines } from '../support/what-if.js';

interface PackFile {
  rewards: object;
  version: string;
  creditTypes: { tariff: string }[];
  tariffs: { classHoursPerCredit: number }[];
  activityTypes: Record<string, unknown>[];
}
const packFile = () => parse(readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8')) as PackFile;

/** Other tariffs, a shorter visit cap, fewer visits of a day, and a longest course. */
function draftPack(): PackFile {
  const pack = packFile();
  pack.version = 'draft';
  pack.tariffs[0]!.classHoursPerCredit = 10;
  pack.tariffs[1]!.classHoursPerCredit = 20;
  Object.assign(pack.activityTypes[0]!, {
    visitCap: { minutes: 70, whenOver: 'cut' },
    courseCap: { minutes: 400, whenOver: 'cut' },
    visitsPerDay: 1,
  });
  return pack;
}

/** The same numbers in every run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648;
  }
}

/** The same requests to any bank: visits, completions, reversals and their reversals; what a bank refuses is left out. */
async function live(seed: Seed): Promise<SeededLearner[]> {
  const random = numbers(20_240_610);
  const next = (below: number) => Math.floor(random.next().value! * below);
  const courses = [await seed.course(), await seed.course({ creditType: 'vocational' })];
  const gated = await seed.course({
    activityType: 'VOCATIONAL_COURSE',
    creditType: 'vocational',
    plannedSessions: 2,
  });
  const learners: SeededLearner[] = [];
  for (let index = 0; index < 4; index += 1) learners.push(await seed.learner());
  const sessions: string[] = [];
  for (let index = 0; index < 24; index += 1) {
    const day = String(1 + Math.floor(index / 2)).padStart(2, '0');
    const startsAt = `2024-05-${day}T${index % 2 === 0 ? '08' : '14'}:00:00+08:00`;
    const courseId = index % 6 === 5 ? gated : courses[index % 2]!;
    sessions.push(await seed.session(courseId, { startsAt, minutes: 150 }));
  }
  const attempt = async (work: () => Promise<string>) => work().catch(() => null);
  for (const learner of learners) {
    const written: { session: number; entry: string | null }[] = [];
    for (let step = 0; step < 22; step += 1) {
      const [what, session, minutes] = [next(10), next(sessions.length), 20 + next(130)];
      if (what < 7)
        written.push({ session, entry: await attempt(() => seed.attend(sessions[session]!, learner, minutes)) });
      else if (written.length > 0) {
        const one = written[next(written.length)]!;
        if (one.entry) one.entry = await attempt(() => seed.reverse(one.entry!));
      }
    }
    await attempt(() => seed.complete(gated, learner, 80));
  }
  return learners;
}

async function recognised(seed: Seed): Promise<Record<string, number>> {
  const rows = await seed.bank.app
    .get(Reader)
    .sql.rows<{ credit_type: string; amount: number }>(
      "select credit_type, sum(case when source = 'issued' then amount else -amount end) as amount from posting where 'issued' in (source, destination) group by credit_type",
    );
  return Object.fromEntries(rows.map(({ credit_type, amount }) => [credit_type, Number(amount)]));
}

const centi = (text: string) => Math.round(Number(text) * 100);

/** Every row of every table, as one hash. */
async function contentOf({ bank }: Seed, dialect: Dialect): Promise<string> {
  const { sql } = bank.app.get(Reader);
  const tables = await sql.rows<{ name: string }>(
    dialect === 'sqlite'
      ? "select name from sqlite_schema where type = 'table' order by name"
      : "select tablename as name from pg_tables where schemaname = 'public' order by tablename",
  );
  const hash = createHash('sha256');
  for (const { name } of tables) {
    const rows = await sql.rows(`select * from ${name}`);
    hash.update(
      `${name} ${rows.length} ${rows
        .map((row) => JSON.stringify(row))
        .sort()
        .join()}`,
    );
  }
  return hash.digest('hex');
}

describe.each(DIALECTS)('a draft of the rules on %s', (dialect) => {
  let seed: Seed;
  beforeAll(async () => {
    seed = await Seed.start({}, dialect);
    await live(seed);
  });
  afterAll(() => seed.stop());

  const ask = (body: object, key = seed.registrar) => seed.bank.post('/api/v1/policies/what-if', key, body);
  const reportOf = (pack: object, from = '2024-01-01', to = '2024-06-10') => reportOn(seed, { pack, from, to });

  it('that is the pack in force changes nothing, and what it says is what the book has', async () => {
    const report = await reportOf(packFile());
    expect(report).toMatchObject({ learners: 4, gain: 0, lose: 0, newlyRefused: [] });
    expect(report.byCreditType.map(({ difference }) => centi(difference))).toEqual([0, 0]);
    const said = Object.fromEntries(report.byCreditType.map(({ group, before }) => [group, centi(before)]));
    expect(said).toEqual(await recognised(seed));
  });

  it('gives what a bank that had it from the start would have booked', async () => {
    const bank = await Seed.start({}, dialect);
    try {
      await bank.bank.app.get(Policies).publish(draftPack());
      await live(bank);
      const report = await reportOf(draftPack());
      const said = Object.fromEntries(report.byCreditType.map(({ group, after }) => [group, centi(after)]));
      expect(said).toEqual(await recognised(bank));
      expect(said).not.toEqual(await recognised(seed));
    } finally {
      await bank.stop();
    }
  });

  it('is reported by unit with all units above, by age, by reason and by whom', async () => {
    const report = await reportOf(draftPack());
    expect(report.byUnit.map(({ group }) => group)).toEqual(['140100', '140106', '140106001', '140106001901']);
    expect(new Set(report.byUnit.map(({ difference }) => difference)).size).toBe(1);
    expect(report.byAge.reduce((sum, { learners }) => sum + learners, 0)).toBe(4);
    expect(report.newlyRefused.map(({ code }) => code).sort()).toContain('visits-per-day-reached');
    expect(report.gain + report.lose).toBeGreaterThan(0);
  });

  it('decides only the days of the period', async () => {
    expect(await reportOf(draftPack(), '2023-01-01', '2023-12-31')).toMatchObject({ learners: 0 });
    const [all, part] = [await reportOf(draftPack()), await reportOf(draftPack(), '2024-05-01', '2024-05-03')];
    expect(part.byCreditType).not.toEqual(all.byCreditType);
    expect(part.byCreditType.map(({ before }) => before)).toEqual(
      all.byCreditType.slice(0, part.byCreditType.length).map(({ before }) => before),
    );
  });

  it('tells how far it is and writes nothing', async () => {
    const before = await contentOf(seed, dialect);
    const lines = await whatIfLines(seed, { pack: draftPack(), from: '2024-01-01', to: '2024-06-10' });
    expect(lines[0]).toEqual({ progress: { learners: 4, of: 4 } });
    expect(await contentOf(seed, dialect)).toBe(before);
  });

  it('says who gains and who loses in every group, and leaves out learners without study in the period', async () => {
    const report = await reportOf(draftPack());
    for (const groups of [report.byCreditType, report.byUnit, report.byAge]) {
      expect(groups.length).toBeGreaterThan(0);
      for (const group of groups) {
        expect(centi(group.after) - centi(group.before)).toBe(centi(group.difference));
        expect(group.gain + group.lose).toBeLessThanOrEqual(group.learners);
      }
    }
    const [total] = report.byUnit;
    expect([total!.gain, total!.lose]).toEqual([report.gain, report.lose]);
  });

  it('with mistakes is refused whole, every one at its place', async () => {
    const pack = { ...draftPack(), ageBandsUpTo: [17, 12], expiryNoticeDays: [90] };
    pack.creditTypes[0]!.tariff = 'leisure-tim';
    const wrong = await ask({ pack, from: '2024-01-01', to: '2024-06-10' });
    expect(wrong.status).toBe(422);
    expect(wrong.body).toMatchObject({
      code: 'policy-pack-wrong',
      errors: [
        {
          pointer: '/pack/creditTypes/0/tariff',
          code: 'name-unknown',
          detail: expect.stringContaining('did you mean leisure-time?') as string,
        },
        { pointer: '/pack/ageBandsUpTo/1' },
      ],
    });
    const period = await ask({ pack: draftPack(), from: '2024-06-10', to: '2024-06-09' });
    expect(period.body).toMatchObject({ code: 'validation-failed', errors: [{ pointer: '/to' }] });
    expect((await ask({ pack: 'x', from: '2024-06-31' })).status).toBe(400);
  });
});

describe.each(DIALECTS)('a draft of the rules for conversions, points and awards on %s', (dialect) => {
  let seed: Seed;
  const whole = { ...MANY_RULES, rewards: packFile().rewards };
  beforeAll(async () => {
    seed = await Seed.start({}, dialect);
    await seed.bank.app.get(Policies).publish(whole);
    const [kept, duplicate, holder] = [await seed.learner(), await seed.learner(), await seed.learner()];
    const course = await seed.course();
    await seed.attendDays(course, kept, 2);
    await seed.attendDays(course, duplicate, 3);
    await seed.attendDays(course, holder, 6);
    // One outcome is converted in part in one account, and on in the other one.
    await seed.convert(duplicate, 'leisure', 'vocational', '0.04');
    await seed.merge(kept, duplicate);
    await convert(kept, { to: 'vocational', amount: '0.02', lots: [3] });
    await convert(kept, { to: 'bonus', amount: '0.11', lots: [4] });
    const { conversionId } = await convert(kept, { to: 'extra', amount: '0.05', lots: [5] });
    const second = await seed.bank.key('registrar');
    await seed.bank.post(`/api/v1/conversions/${conversionId}/approval`, second, {}).expect(200);
    await convert(holder, { to: 'extra', amount: '0.05' });
    await seed.bank.app.get(SettlePoints).run(CALLER);
    await seed.certificate(holder, 'community-learner');
  });
  afterAll(() => seed.stop());

  const convert = async ({ learnerId }: SeededLearner, asked: object): Promise<{ conversionId: string }> => {
    const body = { learnerId, from: 'leisure', ...asked };
    return (await seed.bank.post('/api/v1/conversions', seed.registrar, body).expect(201)).body as {
      conversionId: string;
    };
  };
  const reportOf = (pack: object) => reportOn(seed, { pack, from: '2024-01-01', to: '2024-06-10' });
  const changedRule = (code: string, change: object) => ({
    ...{ ...whole, version: 'draft' },
    conversionRules: MANY_RULES.conversionRules.map((rule) =>
      'code' in rule && rule.code === code ? { ...rule, ...change } : rule,
    ),
  });

  it('that is the pack in force changes nothing and writes nothing', async () => {
    const before = await contentOf(seed, dialect);
    const report = await reportOf(whole);
    expect(report).toMatchObject({
      ...{ gain: 0, lose: 0, newlyRefused: [] },
      conversions: { looked: 5, unchanged: 5, changed: 0, refused: 0 },
      points: { learners: 3, gain: 0, lose: 0, before: 11, after: 11 },
      awards: { looked: 1, stillMet: 1 },
      // Both sides of the merge.
      notLookedAt: { entries: 2, byKind: [{ kind: 'merge', entries: 2 }] },
    });
    const { sql } = seed.bank.app.get(Reader);
    const moved = await sql.rows<{ credit_type: string; amount: number }>(
      "select credit_type, sum(case when source = 'issued' then amount else -amount end) as amount from posting where source = 'issued' or destination = 'converted' group by credit_type",
    );
    const book = Object.fromEntries(moved.map(({ credit_type, amount }) => [credit_type, Number(amount)]));
    // A hold that waits is looked at as if it were approved.
    book['leisure']! -= 5;
    book['extra']! += 5;
    expect(Object.fromEntries(report.byCreditType.map(({ group, after }) => [group, centi(after)]))).toEqual(book);
    expect(await contentOf(seed, dialect)).toBe(before);
  });

  it('meets what the person converted in the account that was merged', async () => {
    const report = await reportOf(changedRule('leisure-to-vocational', { singleUse: 'ever' }));
    expect(report.newlyRefused).toEqual([{ code: 'outcome-already-converted', count: 1 }]);
    expect(report.conversions).toMatchObject({ looked: 5, unchanged: 4, refused: 1 });
    expect(report.byCreditType.find(({ group }) => group === 'vocational')).toMatchObject({ difference: '-0.01' });
  });

  it('gives for every rule what that rule gives, also where the credit is held', async () => {
    const report = await reportOf(changedRule('held', { ratio: { from: 5, to: 3 } }));
    expect(report).toMatchObject({ gain: 0, lose: 2, conversions: { looked: 5, unchanged: 3, changed: 2 } });
    expect(report.byCreditType.find(({ group }) => group === 'extra')).toMatchObject({
      ...{ before: '0.10', after: '0.06' },
    });
  });
});
