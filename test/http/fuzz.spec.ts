import { connect } from 'node:net';
import fc from 'fast-check';
import { verify } from '../../src/cli/verify.js';
import { describeApi } from '../../src/platform/http/openapi.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import { PROBLEMS } from '../../src/platform/problems/problem-catalogue.js';
import { DIALECTS } from '../support/databases.js';
import { FuzzedRequests, inAddress } from '../support/fuzzed-requests.js';
import { HttpClient } from '../support/http-client.js';
import { Cases } from '../support/recognition.js';
import type { Seed } from '../support/seed.js';
import { seedOn } from '../support/seed-on.js';

/** Stops after so many milliseconds; what was tried by then counts. */
const within = (milliseconds: number) => ({ interruptAfterTimeLimit: milliseconds, markInterruptAsFailure: false });

describe.each(DIALECTS)('requests that nobody should send, on %s,', (dialect) => {
  let seed: Seed;
  let stop: () => Promise<void>;
  let client: HttpClient;
  let requests: FuzzedRequests;
  let keys: string[];
  beforeAll(async () => {
    ({ seed, stop } = await seedOn(dialect));
    client = await HttpClient.to(seed.bank);
    const course = await seed.course();
    const [one, two] = [await seed.learner(), await seed.learner()];
    const entries = await seed.attendDays(course, one, 6);
    const serials = [await seed.certificate(one, 'community-learner'), await seed.transcript(one)];
    const recognition = await (await Cases.on(seed)).submitted(two);
    const real = {
      courseId: [course],
      sessionId: [await seed.session(course)],
      providerId: [seed.providerId],
      learnerId: [one.learnerId, two.learnerId],
      cardNumber: [one.cardNumber, two.cardNumber],
      entryId: entries,
      conversionId: entries,
      recognitionId: [recognition],
      item: ['MANDARIN-TEST', 'STUDY-TOUR'],
      outcomeClass: ['certificate', 'training'],
      serial: serials,
      code: ['community-care', '140106'],
      programme: ['community-learner', 'community-care'],
      from: ['leisure'],
      to: ['vocational', 'degree'],
      amount: ['0.02', '0.01', '9.00'],
      unitCode: ['140106001901'],
      countyCode: ['140106'],
      asOf: ['2024-06-09', '2024-06-30'],
    };
    // Staff more often than others, so that more than the door is tried.
    keys = [one.key, seed.provider, seed.registrar, seed.registrar, seed.auditor, seed.administrator];
    requests = new FuzzedRequests(describeApi(seed.bank.app), real, keys);
  });
  afterAll(() => {
    client.close();
    return stop();
  });

  /** Row counts of the book, and the sum of all balances. */
  async function book(): Promise<unknown> {
    return seed.bank.app
      .get(Reader)
      .sql.rows(
        'select (select count(*) from journal_entry) as entries, (select count(*) from posting) as postings, (select count(*) from balance) as balances, (select sum(amount) from balance) as total',
      );
  }

  it('are answered with a problem and never with a fault, and leave the book as it is', async () => {
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(requests.any(), async ({ name, ...request }) => {
        const before = await book();
        const { status, headers, text } = await client.send(request);
        expect([name, status < 500 ? 'no fault' : text]).toEqual([name, 'no fault']);
        seen.add(status);
        if (status < 400) return;
        expect([name, headers['content-type']]).toEqual([name, 'application/problem+json; charset=utf-8']);
        const { code } = JSON.parse(text) as { code: keyof typeof PROBLEMS };
        expect(PROBLEMS[code].status).toBe(status);
        expect(await book()).toEqual(before);
      }),
      { numRuns: 1_500, ...within(5_000) },
    );
    // The attempts go deep enough to be worth something.
    expect([...seen]).toEqual(expect.arrayContaining([200, 201, 400, 403, 404]));
    const said: string[] = [];
    expect({ isSound: await verify(seed.bank.app, (line) => said.push(line)), said }).toMatchObject({ isSound: true });
  });

  it('are refused as addresses too', async () => {
    const addresses = fc.oneof(
      fc.webPath({ size: 'small' }),
      fc.constantFrom('/api/v1/%', '/api/v1/%zz', '//x', '/api/v1/learners/..%2f..', '/%E0%A4%A', '/api/v1/cards/%00'),
      requests.text().map((part) => `/api/v1/learners/${inAddress(part)}/balance`),
      requests.text().map((part) => `/entries/${inAddress(part)}`),
      requests.text().map((part) => `/verify/${inAddress(part)}`),
    );
    await fc.assert(
      fc.asyncProperty(addresses, fc.constantFrom(...keys), async (path, key) => {
        const { status } = await client.send({ method: 'GET', path, headers: { authorization: `Bearer ${key}` } });
        expect([path, status < 500]).toEqual([path, true]);
      }),
      { numRuns: 200, ...within(1_500) },
    );
  });

  it('that are not even requests change nothing for those that are', async () => {
    const before = await book();
    const post = 'POST /api/v1/transcripts HTTP/1.1\r\nHost: x\r\n';
    const broken = fc.constantFrom(
      'GET / HTTP/9.9\r\n\r\n',
      `${post}Content-Length: -1\r\n\r\n`,
      `${post}Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}`,
      `${post}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
      `${post}A: \u0001\r\n\r\n`,
    );
    const bytes = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 400 }).map((raw) => Buffer.from(raw)),
      broken.map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (raw) => {
        await new Promise<void>((resolve) => {
          const socket = connect(client.port, '127.0.0.1', () => socket.end(raw));
          socket.on('error', () => undefined).on('close', () => resolve());
          socket.resume();
        });
      }),
      { numRuns: 100, ...within(1_000) },
    );
    expect(await client.send({ method: 'GET', path: '/health/ready' })).toMatchObject({ status: 200 });
    expect(await book()).toEqual(before);
  });
});
