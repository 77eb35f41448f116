import { ExpireCredit, ReadNotices, VerifyExpiry } from '../../src/expiry/expiry.port.js';
import { LongRuns } from '../../src/platform/long-runs/long-runs.service.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import { Statements } from '../../src/ledger/statements.service.js';
import type { Difference } from '../../src/ledger/domain/audit-book.js';
import { VerifyBook } from '../../src/ledger/verify-book.service.js';
import { DIALECTS } from '../support/databases.js';
import { bodyOf } from '../support/catalogue.js';
import type { Seed, SeededLearner } from '../support/seed.js';
import { seedOn } from '../support/seed-on.js';
import { CALLER } from '../support/test-book.js';

/** Visits of 7, 8 and 9 June 2024 are valid for seven years. */
const TWO_ARE_PAST = '2031-06-09T01:00:00Z';

describe.each(DIALECTS)('expiry on %s', (dialect) => {
  let seed: Seed;
  let stop: () => Promise<void>;
  let course: string;
  let expiry: ExpireCredit;
  beforeEach(async () => {
    ({ seed, stop } = await seedOn(dialect));
    course = await seed.course();
    expiry = seed.bank.app.get(ExpireCredit);
  });
  afterEach(() => stop());

  const ready = async (): Promise<SeededLearner> => {
    const learner = await seed.learner();
    await seed.attendDays(course, learner, 3);
    return learner;
  };
  const credit = async ({ learnerId }: SeededLearner, type = 'leisure') => {
    const { credits } = await seed.bank.app.get(Statements).statement(learnerId);
    const found = credits.find(({ creditType }) => creditType === type);
    return found && [found.availableCenti, found.convertedCenti, found.expiredCenti];
  };
  const expiries = async ({ learnerId }: SeededLearner) =>
    (await seed.bank.app.get(Statements).entries(learnerId, 100)).filter(({ kind }) => kind === 'expiry');
  const requireSound = async () => {
    const differences: Difference[] = [];
    await seed.bank.app.get(VerifyBook).run(
      (difference) => differences.push(difference),
      () => undefined,
    );
    await seed.bank.app.get(VerifyExpiry).run((difference) => differences.push(difference));
    expect(differences).toEqual([]);
  };

  it('moves what is past its last day in one entry a learner, and again moves nothing', async () => {
    const [one, other] = [await ready(), await ready()];
    seed.bank.clock.set(TWO_ARE_PAST);
    const run = await expiry.run(CALLER);
    expect(run).toMatchObject({ status: 'finished', throughDay: '2031-06-09', entries: 2, amount: 44 });
    for (const learner of [one, other]) {
      expect(await credit(learner)).toEqual([11, 0, 22]);
      const [entry, ...more] = await expiries(learner);
      expect(more).toEqual([]);
      expect(entry).toMatchObject({ subject: '2031-06-09', postings: [{ lot: 1 }, { lot: 2 }] });
    }
    expect(await expiry.run(CALLER)).toMatchObject({ entries: 0 });
    seed.bank.clock.set('2031-06-10T01:00:00Z');
    expect(await expiry.run(CALLER)).toMatchObject({ entries: 2, amount: 22 });
    expect(await credit(one)).toEqual([0, 0, 33]);
    await requireSound();
  });

  it('works up to a day that is asked for and refuses one in the future', async () => {
    const learner = await ready();
    seed.bank.clock.set(TWO_ARE_PAST);
    expect(await expiry.run(CALLER, '2031-06-08')).toMatchObject({ entries: 1, amount: 11 });
    // After a later day, an earlier one finds nothing; after that the later one still finds everything.
    expect(await expiry.run(CALLER, '2020-01-01')).toMatchObject({ entries: 0 });
    expect(await expiry.run(CALLER)).toMatchObject({ entries: 1, amount: 11 });
    await expect(expiry.run(CALLER, '2031-06-10')).rejects.toMatchObject({ code: 'as-of-in-future' });
    expect(await credit(learner)).toEqual([11, 0, 22]);
  });

  it('keeps the visit behind expired credit until the expiry is undone, and finds that credit again', async () => {
    const learner = await ready();
    seed.bank.clock.set(TWO_ARE_PAST);
    await expiry.run(CALLER);
    const visit = await seed.bank.post(`/api/v1/entries/${learner.learnerId}.1/reversal`, seed.registrar, {
      reason: '名单登记错误',
    });
    expect([visit.status, bodyOf(visit)['code']]).toEqual([409, 'credit-expired']);
    const byProvider = await seed.bank.post(`/api/v1/entries/${learner.learnerId}.4/reversal`, seed.provider, {
      reason: '名单登记错误',
    });
    expect(byProvider.status).toBe(404);
    await seed.reverse(`${learner.learnerId}.4`, '到期日有误');
    expect(await credit(learner)).toEqual([33, 0, 0]);
    await seed.reverse(`${learner.learnerId}.1`);
    expect(await credit(learner)).toEqual([22, 0, 0]);
    expect(await expiry.run(CALLER)).toMatchObject({ entries: 1, amount: 11 });
    await requireSound();
  });

  it('finds credit that an undone conversion brings back after its last day', async () => {
    const learner = await ready();
    const conversion = await seed.convert(learner, 'leisure', 'vocational', '0.22');
    seed.bank.clock.set(TWO_ARE_PAST);
    // Converted credit lives no longer than what it came from.
    expect(await expiry.run(CALLER)).toMatchObject({ entries: 1, amount: 11 });
    expect(await credit(learner)).toEqual([11, 22, 0]);
    await seed.reverse(`${learner.learnerId}.5`, '到期日有误');
    await seed.reverse(conversion);
    expect(await credit(learner)).toEqual([33, 0, 0]);
    // What came back has the last day it had, and that is over: only the third visit may still be converted.
    const asked = { learnerId: learner.learnerId, from: 'leisure', to: 'vocational', amount: '0.12' };
    const refused = await seed.bank.post('/api/v1/conversions', seed.registrar, asked).expect(409);
    expect(refused.body).toMatchObject({ code: 'insufficient-credit', available: '0.11' });
    expect(await expiry.run(CALLER)).toMatchObject({ entries: 1, amount: 22 });
    expect(await credit(learner)).toEqual([11, 0, 22]);
    await requireSound();
  });

  it('takes each lot once while two runs, conversions and reversals go on at once', async () => {
    const learners = await Promise.all(Array.from({ length: 12 }, () => ready()));
    seed.bank.clock.set(TWO_ARE_PAST);
    const ask = (path: string, body: object) => seed.bank.post(`/api/v1/${path}`, seed.registrar, body);
    await Promise.all([
      expiry.run(CALLER),
      expiry.run(CALLER, '2031-06-08'),
      expiry.run(CALLER),
      ...learners.map(({ learnerId }) =>
        ask('conversions', { learnerId, from: 'leisure', to: 'vocational', amount: '0.10' }),
      ),
      ...learners.map(({ learnerId }) => ask(`entries/${learnerId}.1/reversal`, { reason: '名单登记错误' })),
      ...learners.map(({ learnerId }) => ask(`entries/${learnerId}.4/reversal`, { reason: '名单登记错误' })),
    ]);
    await expiry.run(CALLER);
    for (const learner of learners) {
      const lots = await seed.bank.app.get(Statements).lots(learner.learnerId);
      const left = lots
        .filter(({ validUntil }) => validUntil! < '2031-06-09')
        .map(({ buckets }) => buckets['available'] ?? 0);
      expect(left.filter((amount) => amount > 0)).toEqual([]);
    }
    await requireSound();
  });

  it('goes on with a run of the day that was stopped', async () => {
    const learner = await ready();
    seed.bank.clock.set(TWO_ARE_PAST);
    const stopped = await seed.bank.app.get(LongRuns).open('expiry', '2031-06-09');
    expect(await expiry.run(CALLER)).toMatchObject({ runId: stopped.runId, status: 'finished', entries: 1 });
    expect((await expiry.run(CALLER)).runId).not.toBe(stopped.runId);
    expect(await credit(learner)).toEqual([11, 0, 22]);
  });

  it('leaves a closed account as it is', async () => {
    const learner = await ready();
    await seed.bank
      .post(`/api/v1/learners/${learner.learnerId}/closure`, seed.registrar, { reason: '本人申请注销' })
      .expect(200);
    seed.bank.clock.set(TWO_ARE_PAST);
    expect(await expiry.run(CALLER)).toMatchObject({ status: 'finished', entries: 0 });
    expect(await credit(learner)).toEqual([33, 0, 0]);
  });

  it('is found by the index of the days', async () => {
    await ready();
    const { sql } = seed.bank.app.get(Reader);
    const query = `select distinct valid_until, learner_id from posting where valid_until is not null and valid_until >= '2031-01-01' and valid_until < '2031-02-01' order by valid_until, learner_id limit 500`;
    const plan = JSON.stringify(
      sql.dialect === 'sqlite'
        ? await sql.rows(`explain query plan ${query}`)
        : await seed.bank.app.get(Reader).orm.transaction(async (orm) => {
            await orm.query('set local enable_seqscan = off');
            return orm.query<object[]>(`explain ${query}`);
          }),
    );
    expect(plan).toContain('posting_valid_until');
  });

  it('is announced to the learner and to the bank', async () => {
    const learner = await ready();
    seed.bank.clock.set('2031-05-09T01:00:00Z');
    const path = `/api/v1/learners/${learner.learnerId}/notices`;
    const answer = await seed.bank.get(path, learner.key).expect(200);
    expect(answer.body).toEqual({
      noticeDays: [90, 30],
      items: [
        { lot: 1, creditType: 'leisure', amount: '0.11', validUntil: '2031-06-07', withinDays: 30 },
        { lot: 2, creditType: 'leisure', amount: '0.11', validUntil: '2031-06-08', withinDays: 30 },
        { lot: 3, creditType: 'leisure', amount: '0.11', validUntil: '2031-06-09', withinDays: 90 },
      ],
    });
    await seed.bank.get(path, (await seed.learner()).key).expect(404);
    const all = [];
    for await (const page of seed.bank.app.get(ReadNotices).all([30])) all.push(...page);
    expect(all.map(({ learnerId, lot }) => [learnerId, lot])).toEqual([
      [learner.learnerId, 1],
      [learner.learnerId, 2],
    ]);
    seed.bank.clock.set('2031-06-08T01:00:00Z');
    expect(bodyOf(await seed.bank.get(path, seed.registrar))['items']).toHaveLength(2);
  });

  it('is started over HTTP, works on after the answer and says how far it is', async () => {
    const learner = await ready();
    seed.bank.clock.set(TWO_ARE_PAST);
    const key = `expiry-run-${dialect}`;
    const started = await seed.bank.post('/api/v1/expiry-runs', seed.administrator, {}, key).expect(201);
    const { runId } = started.body as { runId: string };
    expect(started.body).toMatchObject({ through: '2031-06-09', status: 'running', amount: '0.00' });
    await seed.bank.app.get(LongRuns).ended(runId);
    const status = await seed.bank.get(`/api/v1/expiry-runs/${runId}`, seed.auditor).expect(200);
    expect(status.body).toMatchObject({ status: 'finished', entries: 1, amount: '0.22' });
    const again = await seed.bank.post('/api/v1/expiry-runs', seed.administrator, {}, key).expect(201);
    expect(again.body).toEqual(started.body);
    await seed.bank.get('/api/v1/expiry-runs/0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e', seed.auditor).expect(404);
    const future = await seed.bank.post('/api/v1/expiry-runs', seed.administrator, { through: '2031-06-10' });
    expect([future.status, bodyOf(future)['code']]).toEqual([422, 'as-of-in-future']);
    expect(await credit(learner)).toEqual([11, 0, 22]);
    const page = await seed.bank.get(`/learners/${learner.learnerId}`, learner.key).expect(200);
    expect(page.text).toContain('0.22');
    const { document } = (await seed.bank.get(`/api/v1/transcripts/${await seed.transcript(learner)}`, seed.registrar))
      .body as { document: { totals: object[]; lines: object[] } };
    expect(document.totals).toMatchObject([{ available: '0.11', expired: '0.22' }]);
  });
});
