import { randomUUID } from 'node:crypto';
import supertest from 'supertest';
import { verify } from '../../src/cli/verify.js';
import { bodyOf } from '../support/catalogue.js';
import { DIALECTS } from '../support/databases.js';
import { Seed, type SeededLearner } from '../support/seed.js';
import { seedOn } from '../support/seed-on.js';

type Amounts = Record<string, string | number | null>;

/*
 * One learner's whole way, told on both databases with the same numbers. By hand: a hundredth is 486 s of leisure and
 * 432 s of vocational study time. Visits of 5,400 + 5,400 + 7,200 + 7,200 s (the last cut from 9,000) are 25,200 s or
 * 51 hundredths and 414 s that wait; four times 5,400 s of the gated course are 50 hundredths.
 */
describe.each(DIALECTS)('a learner’s whole way on %s', (dialect) => {
  let seed: Seed;
  let stop: () => Promise<void>;
  let learner: SeededLearner;
  let other: SeededLearner;
  const sessions: string[] = [];
  beforeAll(async () => {
    ({ seed, stop } = await seedOn(dialect));
    [learner, other] = [await seed.learner('张三丰'), await seed.learner('李示例')];
    const courseId = await seed.course();
    for (const [day, minutes] of Object.entries({ '03': 90, '04': 90, '05': 120, '06': 150 })) {
      const startsAt = `2024-06-${day}T14:00:00+08:00`;
      const endsAt = new Date(Date.parse(startsAt) + minutes * 60_000).toISOString();
      const body = { code: `YS-06${day}`, courseId, startsAt, endsAt, place: '教室', unitCode: '140106001901' };
      sessions.push(bodyOf(await post('sessions', body).expect(201))['sessionId'] as string);
    }
  });
  afterAll(() => stop());

  const post = (path: string, body: object, key = seed.registrar) => seed.bank.post(`/api/v1/${path}`, key, body);
  const get = (path: string, key = seed.registrar) => seed.bank.get(`/api/v1/${path}`, key);
  const entry = (version: number) => `${learner.learnerId}.${version}`;
  const upload = (sheet: string, query = '', onceKey: string = randomUUID()) =>
    supertest(seed.bank.app.getHttpServer())
      .post(`/api/v1/attendance-imports${query}`)
      .set('Authorization', `Bearer ${seed.provider}`)
      .set('Idempotency-Key', onceKey)
      .set('Content-Type', 'text/csv')
      .send(sheet);
  /** Credit by type as recognised, available, converted and awarded; study time as attended, waiting and pending. */
  const balance = async () => {
    const body = bodyOf(await get(`learners/${learner.learnerId}/balance`, learner.key).expect(200));
    const credits = (body['credits'] as Amounts[]).map(
      ({ creditType, recognised, available, converted, awarded }) =>
        `${creditType} ${recognised} = ${available} + ${converted} + ${awarded}`,
    );
    const times = (body['studyTime'] as Amounts[]).map(
      ({ creditType, attendedSeconds, waitingSeconds, pendingSeconds }) =>
        `${creditType} ${attendedSeconds} ${waitingSeconds} ${pendingSeconds}`,
    );
    return { version: body['version'], credits, times };
  };

  /** It begins with a visit. */
  const visit = async () => {
    const answer = await post(
      `sessions/${sessions[0]}/attendance`,
      { cardNumber: learner.cardNumber, minutes: 90 },
      seed.provider,
    );
    expect(answer.body).toEqual({
      status: 'posted',
      entryId: entry(1),
      submittedSeconds: 5_400,
      acceptedSeconds: 5_400,
      cuts: [],
      creditType: 'leisure',
      credit: '0.11',
      waitingSeconds: 54,
      policyVersion: 'taiyuan-default@2024.1',
    });
  };

  /** It goes on in a list of which the good rows count, */
  const list = async () => {
    const rows = [learner.cardNumber, '140106000000018', other.cardNumber].map((cardNumber) => ({
      cardNumber,
      minutes: 90,
    }));
    const answer = await post(`sessions/${sessions[1]}/attendance`, { rows }, seed.provider).expect(201);
    expect(answer.body).toMatchObject({
      posted: 2,
      alreadyRecorded: 0,
      refused: 1,
      rows: [
        { row: 0, status: 'posted', entryId: entry(2), credit: '0.11', acceptedSeconds: 5_400 },
        { row: 1, status: 'refused', problem: { code: 'card-number-invalid' } },
        { row: 2, status: 'posted', entryId: `${other.learnerId}.1`, credit: '0.11' },
      ],
    });
  };

  /** and in a sheet that is tried, imported, and changes nothing the second time. */
  const importSheet = async () => {
    const sheet = [
      '课次,学习卡号,分钟',
      `YS-0605,${learner.cardNumber},120`,
      `ys-0605,${other.cardNumber},120`,
      `YS-0604,${other.cardNumber},90`,
      `YS-0606,${learner.cardNumber},150`,
      `YS-0606,${other.cardNumber},200`,
    ].join('\n');
    const brought = {
      rowCount: 5,
      posted: 2,
      alreadyRecorded: 1,
      rejectedCount: 2,
      rejected: [
        { line: 3, code: 'session-unknown', cells: ['ys-0605', other.cardNumber, '120'] },
        { line: 6, code: 'minutes-exceed-session' },
      ],
    };
    expect((await upload(sheet, '?dryRun=true').expect(200)).body).toMatchObject({ importId: null, ...brought });
    expect(await balance()).toMatchObject({ version: 2 });
    const imported = await upload(sheet).expect(201);
    expect(imported.body).toMatchObject({ status: 'finished', encoding: 'utf-8', ...brought });
    const again = await upload(sheet).expect(201);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(imported.body);
    expect(await balance()).toEqual({
      version: 4,
      credits: ['leisure 0.51 = 0.51 + 0.00 + 0.00'],
      times: ['leisure 25200 414 0'],
    });
    expect((await get(`entries/${entry(4)}`, learner.key).expect(200)).body).toMatchObject({
      detail: { cuts: [{ cap: 'visit', limitSeconds: 7_200, cutSeconds: 1_800 }] },
    });
  };

  /** A course with gates is passed. */
  const passCourse = async () => {
    const gated = await seed.course({
      activityType: 'VOCATIONAL_COURSE',
      creditType: 'vocational',
      plannedSessions: 5,
    });
    await seed.attendDays(gated, learner, 4);
    expect((await balance()).times).toEqual(['leisure 25200 414 0', 'vocational 21600 0 21600']);
    const list = {
      rows: [
        { cardNumber: learner.cardNumber, grade: 80 },
        { cardNumber: other.cardNumber, grade: 80 },
      ],
    };
    const answer = await post(`courses/${gated}/completions`, list, seed.provider).expect(201);
    expect(answer.body).toMatchObject({
      posted: 1,
      refused: 1,
      rows: [{ entryId: entry(9), credit: '0.50' }, { problem: { code: 'attendance-gate-not-met' } }],
    });
    expect(await balance()).toEqual({
      version: 9,
      credits: ['leisure 0.51 = 0.51 + 0.00 + 0.00', 'vocational 0.50 = 0.50 + 0.00 + 0.00'],
      times: ['leisure 25200 414 0', 'vocational 21600 0 0'],
    });
  };

  /** Credit is converted as it was quoted, and that is taken back. */
  const convertAndTakeBack = async () => {
    const asked = { learnerId: learner.learnerId, from: 'leisure', to: 'vocational', amount: '0.20' };
    const quote = bodyOf(await post('conversions/quote', asked, learner.key).expect(200));
    expect(quote).toMatchObject({
      allowed: true,
      toAmount: '0.10',
      validUntil: '2031-06-03',
      draws: [
        { lot: 1, amount: '0.11' },
        { lot: 2, amount: '0.09' },
      ],
    });
    const { fingerprint, ...decision } = quote;
    expect((await post('conversions', { ...asked, fingerprint }).expect(201)).body).toEqual({
      ...decision,
      conversionId: entry(10),
      state: 'converted',
    });
    expect((await balance()).credits).toEqual([
      'leisure 0.51 = 0.31 + 0.20 + 0.00',
      'vocational 0.60 = 0.60 + 0.00 + 0.00',
    ]);
    const reversed = await post(`conversions/${entry(10)}/reversal`, { reason: '申请有误' }).expect(201);
    expect(reversed.body).toEqual({ entryId: entry(11), reversesEntryId: entry(10) });
    expect((await balance()).credits).toEqual([
      'leisure 0.51 = 0.51 + 0.00 + 0.00',
      'vocational 0.50 = 0.50 + 0.00 + 0.00',
    ]);
  };

  /** A certificate is earned, and revoked. */
  const certifyAndRevoke = async () => {
    const body = { learnerId: learner.learnerId, programme: 'community-learner' };
    const issued = bodyOf(await post('certificates', body).expect(201)) as {
      serial: string;
      document: { lines: Amounts[] };
    };
    expect(issued.document).toMatchObject({ entryId: entry(12), total: '0.50', holder: { name: '张三丰' } });
    expect(issued.document.lines.map(({ lot, amount }) => `${lot}: ${amount}`)).toEqual([
      '1: 0.11',
      '2: 0.11',
      '3: 0.15',
      '4: 0.13',
    ]);
    expect((await balance()).credits[0]).toBe('leisure 0.51 = 0.01 + 0.00 + 0.50');
    expect((await get(`verifications/${issued.serial}`, '').expect(200)).body).toMatchObject({ status: 'valid' });
    const revoked = await post(`certificates/${issued.serial}/revocation`, { reason: '材料不实' }).expect(201);
    expect(revoked.body).toMatchObject({ serial: issued.serial, entryId: entry(13) });
    expect((await balance()).credits[0]).toBe('leisure 0.51 = 0.51 + 0.00 + 0.00');
    expect((await get(`verifications/${issued.serial.toLowerCase()}`, '').expect(200)).body).toMatchObject({
      status: 'revoked',
      revokedReason: '材料不实',
      document: { total: '0.50', holder: { name: expect.stringContaining('*') as string } },
    });
  };

  /** A visit was a mistake and goes; a transcript has what is left. */
  const reverseAndPrint = async () => {
    await post(`entries/${entry(4)}/reversal`, { reason: '名单登记错误' }, seed.provider).expect(201);
    const { serial, document } = bodyOf(
      await post('transcripts', { learnerId: learner.learnerId }, learner.key).expect(201),
    ) as {
      serial: string;
      document: { totals: Amounts[]; studyTime: Amounts[]; lines: Amounts[] };
    };
    // 18,000 s are 37 hundredths and 18 s.
    expect(document).toMatchObject({
      version: 14,
      asOf: '2024-06-10',
      totals: [
        { creditType: 'leisure', recognised: '0.37', available: '0.37', awarded: '0.00', converted: '0.00' },
        { creditType: 'vocational', recognised: '0.50', available: '0.50', awarded: '0.00', converted: '0.00' },
      ],
      studyTime: [
        { creditType: 'leisure', attendedSeconds: 18_000, waitingSeconds: 18, pendingSeconds: 0 },
        { creditType: 'vocational', attendedSeconds: 21_600, waitingSeconds: 0, pendingSeconds: 0 },
      ],
    });
    expect(
      document.lines.map(
        ({ lot, creditType, recognised, validUntil }) => `${lot} ${creditType} ${recognised} ${validUntil}`,
      ),
    ).toEqual([
      '1 leisure 0.11 2031-06-03',
      '2 leisure 0.11 2031-06-04',
      '3 leisure 0.15 2031-06-05',
      '5 vocational 0.50 2031-06-09',
    ]);
    expect((await get(`verifications/${serial}`, '').expect(200)).body).toMatchObject({
      status: 'valid',
      document: { version: 14 },
    });
    await seed.bank.get(`/verify/${serial}`).expect(200);
  };

  /** All of it is told by the entries, newest first, a page at a time. */
  const readEntries = async () => {
    const told: string[] = [];
    let path: string | undefined = `/api/v1/learners/${learner.learnerId}/entries?limit=5`;
    while (path) {
      const page: supertest.Response = await seed.bank.get(path, learner.key).expect(200);
      told.push(...(page.body as { items: { entryId: string; kind: string }[] }).items.map(({ kind }) => kind));
      path = /^<(.*)>; rel="next"$/.exec(page.headers['link'] ?? '')?.[1];
    }
    expect(told).toEqual([
      ...['reversal', 'reversal', 'award', 'reversal', 'conversion', 'completion'],
      ...Array.from({ length: 8 }, () => 'attendance'),
    ]);
  };

  /** The book is sound. */
  const verifyBook = async () => {
    const said: string[] = [];
    expect({ isSound: await verify(seed.bank.app, (line) => said.push(line)), said }).toMatchObject({ isSound: true });
  };

  it('comes to the same numbers at every step', async () => {
    await visit();
    await list();
    await importSheet();
    await passCourse();
    await convertAndTakeBack();
    await certifyAndRevoke();
    await reverseAndPrint();
    await readEntries();
    await verifyBook();
  });
});
