import { verify } from '../../src/cli/verify.js';
import { CreateConversionHolds1700000001330 } from '../../src/conversion/conversion-hold.migration.js';
import { ReleaseHolds } from '../../src/conversion/conversion.port.js';
import { ExpireCredit } from '../../src/expiry/expiry.port.js';
import { Statements } from '../../src/ledger/statements.service.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import { Writer } from '../../src/platform/database/writer.js';
import { LongRuns } from '../../src/platform/long-runs/long-runs.service.js';
import { Policies } from '../../src/policy/policy.port.js';
import { approvalRules } from '../support/approval-rules.js';
import { bodyOf } from '../support/catalogue.js';
import { DIALECTS } from '../support/databases.js';
import type { Body } from '../support/learners.js';
import type { Seed, SeededLearner } from '../support/seed.js';
import { seedOn } from '../support/seed-on.js';
import { CALLER } from '../support/test-book.js';

/** Conversions of 10 June may be approved through 10 July. */
const LAPSED = '2024-07-11T01:00:00Z';

describe.each(DIALECTS)('conversions that wait on %s', (dialect) => {
  let seed: Seed;
  let stop: () => Promise<void>;
  let course: string;
  let second: string;
  let releases: ReleaseHolds;
  beforeEach(async () => {
    ({ seed, stop } = await seedOn(dialect));
    await seed.bank.app.get(Policies).publish(approvalRules(30));
    course = await seed.course();
    second = await seed.bank.key('registrar');
    releases = seed.bank.app.get(ReleaseHolds);
  });
  afterEach(async () => {
    const said: string[] = [];
    const isSound = await verify(seed.bank.app, (line) => said.push(line));
    await stop();
    expect(isSound ? [] : said).toEqual([]);
  });

  const ready = async (visits = 3): Promise<SeededLearner> => {
    const learner = await seed.learner();
    await seed.attendDays(course, learner, visits);
    return learner;
  };
  const hold = ({ learnerId }: SeededLearner, amount = '0.12') =>
    seed.bank.post('/api/v1/conversions', seed.registrar, { learnerId, from: 'leisure', to: 'vocational', amount });
  const held = async (learner: SeededLearner, amount?: string): Promise<string> => {
    const made = bodyOf(await hold(learner, amount).expect(201));
    expect(made['state']).toBe('held');
    return String(made['conversionId']);
  };
  const settle = (id: string, verb: 'approval' | 'refusal') =>
    seed.bank.post(`/api/v1/conversions/${id}/${verb}`, second, { reason: '材料齐全' });
  const list = async (query = '', key = second) =>
    bodyOf(await seed.bank.get(`/api/v1/conversions${query}`, key).expect(200)) as {
      items: Body[];
      next: string | null;
    };
  const idsOf = (page: { items: Body[] }) => page.items.map(({ conversionId }) => conversionId);
  const credit = async ({ learnerId }: SeededLearner) => {
    const { credits } = await seed.bank.app.get(Statements).statement(learnerId);
    const { availableCenti, heldCenti, expiredCenti } = credits.find(({ creditType }) => creditType === 'leisure')!;
    return [availableCenti, heldCenti, expiredCenti];
  };
  const story = async (id: string) =>
    bodyOf(await seed.bank.get(`/api/v1/conversions/${id}`, seed.auditor).expect(200));

  it('are listed oldest first with their last day, for those who decide, until somebody does', async () => {
    const learners = [await ready(), await ready(), await ready()];
    const ids: string[] = [];
    for (const learner of learners) {
      ids.push(await held(learner));
      seed.bank.clock.advanceMs(1_000);
    }
    const page = await list('?status=held');
    expect(page).toEqual({ items: page.items, next: null });
    expect(idsOf(page)).toEqual(ids);
    expect(page.items[0]).toEqual({
      ...{ conversionId: ids[0], learnerId: learners[0]!.learnerId, rule: 'leisure-to-vocational' },
      ...{ policyVersion: 'taiyuan-default@2024.9-30', fromAmount: '0.12', toAmount: '0.06', lapsed: false },
      ...{ heldAt: '2024-06-10T01:00:00.000Z', holdUntil: '2024-07-10' },
      ...{ requestedBy: page.items[0]!['requestedBy'], requestedByCaller: false },
    });
    expect((await list('', seed.registrar)).items[0]).toMatchObject({ requestedByCaller: true });
    await settle(ids[1]!, 'approval').expect(200);
    expect(idsOf(await list())).toEqual([ids[0], ids[2]]);
    await settle(ids[0]!, 'refusal').expect(200);
    expect(idsOf(await list())).toEqual([ids[2]]);
    expect(await list('?lapsed=true')).toEqual({ items: [], next: null });
    seed.bank.clock.set(LAPSED);
    expect((await list('?lapsed=true')).items).toMatchObject([{ conversionId: ids[2], lapsed: true }]);
  });

  it('are listed in pages that lose and repeat nothing while others are decided', async () => {
    const learner = await ready(4);
    const ids = [];
    for (let index = 0; index < 5; index += 1) ids.push(await held(learner, '0.02'));
    const first = await seed.bank.get('/api/v1/conversions?limit=2', second).expect(200);
    const { items, next } = first.body as { items: Body[]; next: string };
    expect(items.map(({ conversionId }) => conversionId)).toEqual(ids.slice(0, 2));
    expect(first.headers['link']).toBe(`</api/v1/conversions?limit=2&cursor=${next}>; rel="next"`);
    await settle(ids[1]!, 'refusal').expect(200);
    const rest = await list(`?limit=2&cursor=${next}`);
    expect(idsOf(rest)).toEqual(ids.slice(2, 4));
    expect(idsOf(await list(`?limit=2&cursor=${rest.next!}`))).toEqual([ids[4]]);
    for (const cursor of [
      'x',
      Buffer.from('["a","b",1]').toString('base64url'),
      Buffer.from('[1]').toString('base64url'),
    ]) {
      const refused = await seed.bank.get(`/api/v1/conversions?cursor=${cursor}`, second).expect(400);
      expect(refused.body).toMatchObject({ code: 'cursor-invalid' });
    }
    for (const query of ['status=converted', 'lapsed=yes', 'limit=201'])
      expect((await seed.bank.get(`/api/v1/conversions?${query}`, second).expect(400)).body).toMatchObject({
        code: 'validation-failed',
      });
    await seed.bank.get('/api/v1/conversions', learner.key).expect(403);
  });

  it('are given back whole once their days are over, in an entry that says why, and only once', async () => {
    const [one, other] = [await ready(), await ready()];
    const [id, refused] = [await held(one), await held(other)];
    await settle(refused, 'refusal').expect(200);
    seed.bank.clock.set('2024-07-10T15:59:59.999Z');
    expect(await releases.run(CALLER)).toMatchObject({ status: 'finished', throughDay: '2024-07-10', entries: 0 });
    expect(await credit(one)).toEqual([21, 12, 0]);
    seed.bank.clock.set(LAPSED);
    expect(await releases.run(CALLER)).toMatchObject({ status: 'finished', entries: 1, amount: 12 });
    expect(await credit(one)).toEqual([33, 0, 0]);
    const [entry] = await seed.bank.app.get(Statements).entries(one.learnerId, 1);
    expect(entry).toMatchObject({
      ...{ kind: 'release', subject: 'leisure-to-vocational', policyVersion: 'taiyuan-default@2024.9-30' },
      ...{ occurredAt: Date.parse('2024-07-10T16:00:00Z'), detail: { lapsedAfter: '2024-07-10' } },
      postings: [
        { source: 'held', destination: 'available', lot: 1, amount: 11 },
        { source: 'held', destination: 'available', lot: 2, amount: 1 },
      ],
    });
    expect(await story(id)).toMatchObject({
      ...{ state: 'released', executedBy: null, reproduced: true },
      holdEnd: {
        how: 'lapsed',
        entryId: `${one.learnerId}.5`,
        reason: expect.stringContaining('2024-07-10') as string,
      },
    });
    expect(await story(refused)).toMatchObject({ holdEnd: { how: 'refused', reason: '材料齐全' } });
    const page = await seed.bank.get(`/entries/${one.learnerId}.5`, one.key).expect(200);
    expect(page.text).toContain('截至 2024-07-10 未获批准');
    expect(await releases.run(CALLER)).toMatchObject({ entries: 0, amount: 0 });
    expect(idsOf(await list())).toEqual([]);
    expect((await settle(id, 'approval').expect(409)).body).toMatchObject({ code: 'conversion-not-held' });
    // What lapsed was neither accepted nor refused.
    const counted = await seed.bank.get('/api/v1/conversion-rules/leisure-to-vocational').expect(200);
    expect(counted.body).toMatchObject({ accepted: 0, refused: 1 });
    // The credit is free for the next conversion.
    await held(one, '0.32');
  });

  it('lapse by the days of the rules that decided them, not of those in force', async () => {
    const [early, late] = [await ready(), await ready()];
    const id = await held(early);
    seed.bank.clock.advanceMs(86_400_000);
    await seed.bank.app.get(Policies).publish(approvalRules(5, { effectiveFrom: '2024-06-11' }));
    await held(late);
    seed.bank.clock.set('2024-06-17T01:00:00Z');
    expect(await releases.run(CALLER)).toMatchObject({ entries: 1 });
    expect([await credit(early), await credit(late)]).toEqual([
      [21, 12, 0],
      [33, 0, 0],
    ]);
    expect(idsOf(await list())).toEqual([id]);
  });

  it('end with the credit in them, which goes with the next expiry', async () => {
    const learner = await ready();
    seed.bank.clock.set('2031-06-01T01:00:00Z');
    await held(learner, '0.22');
    const expiry = seed.bank.app.get(ExpireCredit);
    seed.bank.clock.set('2031-06-10T01:00:00Z');
    // What is held stays where it is, whatever its last day.
    expect(await expiry.run(CALLER)).toMatchObject({ entries: 1, amount: 11 });
    expect(await credit(learner)).toEqual([0, 22, 11]);
    expect(await releases.run(CALLER)).toMatchObject({ entries: 1, amount: 22 });
    expect(await credit(learner)).toEqual([22, 0, 11]);
    const quote = { learnerId: learner.learnerId, from: 'leisure', to: 'vocational', amount: '0.10' };
    expect(bodyOf(await seed.bank.post('/api/v1/conversions/quote', learner.key, quote).expect(200))).toMatchObject({
      allowed: false,
    });
    expect(await expiry.run(CALLER)).toMatchObject({ entries: 1, amount: 22 });
    expect(await credit(learner)).toEqual([0, 0, 33]);
  });

  it('are given back once by runs at once, beside approvals and refusals', async () => {
    const learners = await Promise.all(Array.from({ length: 12 }, () => ready(2)));
    const ids: string[] = [];
    for (const learner of learners) ids.push(await held(learner));
    seed.bank.clock.set(LAPSED);
    const [, , , ...answers] = await Promise.all([
      releases.run(CALLER),
      releases.run(CALLER, '2024-07-11'),
      releases.run(CALLER),
      ...ids.flatMap((id) => [settle(id, 'refusal'), settle(id, 'approval')]),
    ]);
    const codes = answers.filter(({ status }) => status !== 200).map(({ body }) => (body as { code: string }).code);
    expect(codes.filter((code) => !['conversion-not-held', 'conversion-hold-lapsed'].includes(code))).toEqual([]);
    for (const learner of learners) {
      expect(await credit(learner)).toEqual([22, 0, 0]);
      const kinds = (await seed.bank.app.get(Statements).entries(learner.learnerId, 9)).map(({ kind }) => kind);
      expect(kinds).toEqual(['release', 'hold', 'attendance', 'attendance']);
    }
    expect(await list()).toEqual({ items: [], next: null });
  });

  it('are given back also in a closed account, and by a run of the day that was stopped', async () => {
    const learner = await ready();
    await held(learner);
    await seed.bank
      .post(`/api/v1/learners/${learner.learnerId}/closure`, seed.registrar, { reason: '本人申请注销' })
      .expect(200);
    seed.bank.clock.set(LAPSED);
    const stopped = await seed.bank.app.get(LongRuns).open('holds', '2024-07-11');
    expect(await releases.run(CALLER)).toMatchObject({ runId: stopped.runId, status: 'finished', entries: 1 });
    expect((await releases.run(CALLER)).runId).not.toBe(stopped.runId);
    expect(await credit(learner)).toEqual([33, 0, 0]);
  });

  it('are given back over HTTP by a run that works on after the answer', async () => {
    const learner = await ready();
    await held(learner);
    seed.bank.clock.set(LAPSED);
    const key = `hold-release-${dialect}`;
    const started = await seed.bank.post('/api/v1/hold-release-runs', seed.administrator, {}, key).expect(201);
    const { runId } = started.body as { runId: string };
    expect(started.body).toMatchObject({ through: '2024-07-11', status: 'running', entries: 0, amount: '0.00' });
    await seed.bank.app.get(LongRuns).ended(runId);
    const status = await seed.bank.get(`/api/v1/hold-release-runs/${runId}`, seed.auditor).expect(200);
    expect(status.body).toMatchObject({ status: 'finished', entries: 1, amount: '0.12' });
    const again = await seed.bank.post('/api/v1/hold-release-runs', seed.administrator, {}, key).expect(201);
    expect(again.body).toEqual(started.body);
    await seed.bank.get(`/api/v1/expiry-runs/${runId}`, seed.auditor).expect(404);
    await seed.bank.get('/api/v1/hold-release-runs/x', seed.auditor).expect(404);
    const future = await seed.bank.post('/api/v1/hold-release-runs', seed.administrator, { through: '2024-07-12' });
    expect([future.status, bodyOf(future)['code']]).toEqual([422, 'as-of-in-future']);
    const wrong = await seed.bank.post('/api/v1/hold-release-runs', seed.administrator, { through: 'yesterday' });
    expect([wrong.status, bodyOf(wrong)['code']]).toEqual([400, 'validation-failed']);
    expect(await credit(learner)).toEqual([33, 0, 0]);
  });

  it('are known also in a bank from before there was a list of them', async () => {
    const learner = await ready();
    const ids = [await held(learner, '0.02'), await held(learner, '0.04'), await held(learner, '0.06')];
    await settle(ids[0]!, 'approval').expect(200);
    await settle(ids[1]!, 'refusal').expect(200);
    const rows = () => seed.bank.app.get(Reader).sql.rows('select * from conversion_hold order by version');
    const before = await rows();
    expect(before).toMatchObject([{ ended: 'approved' }, { ended: 'refused' }, { ended: null }]);
    await seed.bank.app.get(Writer).write(async ({ sql, orm }) => {
      await sql.run('drop table conversion_hold');
      await new CreateConversionHolds1700000001330().up(orm.queryRunner ?? orm.connection.createQueryRunner());
    });
    expect(await rows()).toEqual(before);
  });

  it('are found by the indexes of what waits', async () => {
    const { sql } = seed.bank.app.get(Reader);
    const queries = {
      conversion_hold_waiting:
        "select held_at from conversion_hold where ended is null and (held_at, learner_id, version) > (1, '00000000-0000-0000-0000-000000000000', 0) order by held_at, learner_id, version limit 50",
      conversion_hold_lapsing:
        "select held_until from conversion_hold where ended is null and held_until < '2024-07-11' order by held_until, learner_id, version limit 50",
    };
    for (const [index, query] of Object.entries(queries)) {
      const plan =
        sql.dialect === 'sqlite'
          ? await sql.rows(`explain query plan ${query}`)
          : await seed.bank.app.get(Reader).orm.transaction(async (orm) => {
              await orm.query('set local enable_seqscan = off');
              return orm.query<object[]>(`explain ${query}`);
            });
      expect(JSON.stringify(plan)).toContain(index);
    }
  });
});
