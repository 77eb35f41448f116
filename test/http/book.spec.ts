import { readFileSync } from 'node:fs';
import type supertest from 'supertest';
import { parse } from 'yaml';
import { Policies } from '../../src/policy/policy.port.js';
import { TestApp } from '../support/app.js';
import { bodyOf } from '../support/catalogue.js';
import { DIALECTS } from '../support/databases.js';
import { withoutInstance, type Body } from '../support/learners.js';
import { Seed, type SeededLearner } from '../support/seed.js';

interface EntryBody {
  entryId: string;
  version: number;
  kind: string;
  policyVersion: string;
  postings: Body[];
}

describe('the book of a learner over HTTP', () => {
  let seed: Seed;
  let course: string;
  beforeAll(async () => {
    seed = await Seed.start();
    course = await seed.course();
  });
  afterAll(() => seed.stop());

  const balanceAt = ({ learnerId }: SeededLearner, query = '', key = seed.registrar) =>
    seed.bank.get(`/api/v1/learners/${learnerId}/balance${query}`, key);
  const page = async (path: string, key = seed.registrar) =>
    (await seed.bank.get(path, key).expect(200)).body as { items: EntryBody[]; next: string | null };

  it('is empty before anything happened', async () => {
    const learner = await seed.learner();
    expect((await balanceAt(learner, '', learner.key).expect(200)).body).toEqual({
      learnerId: learner.learnerId,
      asOf: '2024-06-10T01:00:00.000Z',
      version: 0,
      lastChangeAt: null,
      credits: [],
      studyTime: [],
      points: 0,
    });
    expect(await page(`/api/v1/learners/${learner.learnerId}/entries`, learner.key)).toEqual({ items: [], next: null });
  });

  it('names every movement, what it leaves behind, and the rules that decided it', async () => {
    const learner = await seed.learner();
    const sessionId = await seed.session(course);
    const entryId = await seed.attend(sessionId, learner);
    const entry = bodyOf(await seed.bank.get(`/api/v1/entries/${entryId}`, learner.key).expect(200));
    const nothing = { sourceAfter: null, destinationAfter: null, lot: null, validUntil: null };
    expect(entry).toEqual({
      entryId,
      version: 1,
      kind: 'attendance',
      occurredAt: '2024-06-03T01:00:00.000Z',
      recordedAt: '2024-06-10T01:00:00.000Z',
      providerId: seed.providerId,
      subject: sessionId,
      policyVersion: 'taiyuan-default@2024.1',
      reverses: null,
      reversedBy: null,
      reason: null,
      detail: null,
      postings: [
        {
          ...nothing,
          line: 1,
          source: 'attended',
          destination: 'time/486s',
          unit: 'seconds',
          creditType: 'leisure',
          amount: '5400',
          destinationAfter: '5400',
        },
        {
          ...nothing,
          line: 2,
          source: 'time/486s',
          destination: 'accrued',
          unit: 'seconds',
          creditType: 'leisure',
          amount: '5346',
          sourceAfter: '54',
        },
        {
          ...nothing,
          line: 3,
          source: 'issued',
          destination: 'available',
          unit: 'credit',
          creditType: 'leisure',
          amount: '0.11',
          lot: 1,
          destinationAfter: '0.11',
          validUntil: '2031-06-03',
        },
      ],
    });
  });

  it('is read page by page, newest first, to its end', async () => {
    const learner = await seed.learner();
    await seed.attendDays(course, learner, 5);
    const path = `/api/v1/learners/${learner.learnerId}/entries`;
    const versions: number[] = [];
    let next: string | undefined = `${path}?limit=2`;
    while (next) {
      const answer: supertest.Response = await seed.bank.get(next, learner.key).expect(200);
      const body = answer.body as { items: EntryBody[]; next: string | null };
      versions.push(...body.items.map(({ version }) => version));
      next = /^<(.*)>; rel="next"$/.exec(answer.headers['link'] ?? '')?.[1];
      expect(next === undefined).toBe(body.next === null);
    }
    expect(versions).toEqual([5, 4, 3, 2, 1]);
    const all = await page(path);
    expect(all.items).toHaveLength(5);
    for (const entry of all.items)
      expect((await seed.bank.get(`/api/v1/entries/${entry.entryId}`, seed.auditor).expect(200)).body).toEqual(entry);
  });

  it.each(['x', 'W10', 'WyJ4Il0', 'WzEuNV0', 'eyJhIjoxfQ', '-'.repeat(200)])(
    'refuses the cursor %s',
    async (cursor) => {
      const { learnerId } = await seed.learner();
      const answer = await seed.bank.get(`/api/v1/learners/${learnerId}/entries?cursor=${cursor}`, seed.registrar);
      expect(answer.body).toMatchObject({ status: 400, code: 'cursor-invalid' });
    },
  );

  it('answers as of yesterday what it said yesterday, whatever came later and whatever the rules say now', async () => {
    const learner = await seed.learner();
    const { clock } = seed.bank;
    await seed.attend(await seed.session(course), learner);
    const before = bodyOf(await balanceAt(learner));
    clock.set('2024-06-11T20:00:00Z');
    // 12 June, four in the morning in Taiyuan: an hour of study is worth half of what it was.
    const rules = parse(readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8')) as { tariffs: object[] };
    const [leisure, ...tariffs] = rules.tariffs;
    await seed.bank.app.get(Policies).publish({
      ...rules,
      version: '2024.6',
      effectiveFrom: '2024-06-11',
      tariffs: [{ ...leisure, classHoursPerCredit: 36 }, ...tariffs],
    });
    await seed.attend(await seed.session(course, { startsAt: '2024-06-11T09:00:00+08:00' }), learner);
    await seed.attend(await seed.session(course, { startsAt: '2024-06-04T09:00:00+08:00' }), learner);

    const { asOf, ...yesterday } = bodyOf(await balanceAt(learner, '?asOf=2024-06-10').expect(200));
    const { asOf: _, ...said } = before;
    expect(asOf).toBe('2024-06-10T15:59:59.999Z');
    expect(yesterday).toEqual(said);
    // The day before, and the days before the account was opened, had nothing.
    for (const day of ['2024-06-09', '2013-01-01', '0001-01-01'])
      expect((await balanceAt(learner, `?asOf=${day}`).expect(200)).body).toMatchObject({ version: 0, credits: [] });

    // The second visit fell under the new rate, the third, of 4 June, under the old one; the first is as it was.
    const { items } = await page(`/api/v1/learners/${learner.learnerId}/entries`);
    expect(items.map(({ version, policyVersion }) => `${version} ${policyVersion}`)).toEqual([
      '3 taiyuan-default@2024.1',
      '2 taiyuan-default@2024.6',
      '1 taiyuan-default@2024.1',
    ]);
    expect((await balanceAt(learner)).body).toMatchObject({
      version: 3,
      asOf: '2024-06-11T20:00:00.000Z',
      lastChangeAt: '2024-06-11T20:00:00.000Z',
      // 5,400 s at 972 s are 0.05 and leave 540 s; the 54 s left at 486 s and 5,400 s more are 0.11 and leave 108 s.
      credits: [{ creditType: 'leisure', recognised: '0.27', available: '0.27' }],
      studyTime: [{ attendedSeconds: 16_200, waitingSeconds: 648 }],
    });
    const today = bodyOf(await balanceAt(learner, '?asOf=2024-06-12').expect(200));
    expect(today).toMatchObject({ version: 3, asOf: '2024-06-11T20:00:00.000Z' });
    const tomorrow = await balanceAt(learner, '?asOf=2024-06-13').expect(422);
    expect(tomorrow.body).toMatchObject({ code: 'as-of-in-future', detail: '请使用今天（2024-06-12）或更早的日期。' });
    clock.set('2024-06-10T01:00:00Z');
  });

  it.each(['2024-02-30', '2024-6-9', 'yesterday', '', '2024-06-09T00:00:00Z'])('refuses the day "%s"', async (asOf) => {
    const answer = await balanceAt(await seed.learner(), `?asOf=${asOf}`);
    expect(answer.body).toMatchObject({ status: 400, code: 'validation-failed', errors: [{ pointer: '/asOf' }] });
  });

  it('is open to its owner and the staff; to another learner it looks like none', async () => {
    const [owner, other] = [await seed.learner(), await seed.learner()];
    const entryId = await seed.attend(await seed.session(course), owner);
    const nobody = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e';
    const paths = (learnerId: string) => [
      `/api/v1/learners/${learnerId}/balance`,
      `/api/v1/learners/${learnerId}/entries`,
      `/api/v1/entries/${learnerId}.1`,
    ];
    expect(entryId).toBe(`${owner.learnerId}.1`);
    for (const [index, path] of paths(owner.learnerId).entries()) {
      for (const key of [owner.key, seed.registrar, seed.auditor, seed.administrator])
        await seed.bank.get(path, key).expect(200);
      await seed.bank.get(path, seed.provider).expect(403);
      const theirs = await seed.bank.get(path, other.key).expect(404);
      const none = await seed.bank.get(paths(nobody)[index]!, seed.registrar).expect(404);
      expect(withoutInstance(theirs.body)).toEqual(withoutInstance(none.body));
    }
  });
});

describe.each(DIALECTS)('an entry’s name that is none, on %s', (dialect) => {
  let bank: TestApp;
  let registrar: string;
  beforeAll(async () => {
    bank = await TestApp.start(dialect);
    registrar = await bank.key('registrar');
  });
  afterAll(() => bank.stop());

  it.each([
    '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e.1',
    '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e.0',
    '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e.999999999',
    '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e.9999999999',
    '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e',
    `0198c1f0-${'-'.repeat(27)}.1`,
    '0198c1f0-7a3e7c609d7e3f0b6a1c2d4eaaa.1',
    '%00',
    "'%20or%201=1",
  ])('is not found: %s', async (name) => {
    const reason = '名单登记错误';
    for (const answer of [
      await bank.get(`/api/v1/entries/${name}`, registrar),
      await bank.post(`/api/v1/entries/${name}/reversal`, registrar, { reason }),
      await bank.post(`/api/v1/conversions/${name}/reversal`, registrar, { reason }),
    ])
      expect(answer.body).toMatchObject({ status: 404, code: 'not-found' });
  });
});
