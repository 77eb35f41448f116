import { randomUUID } from 'node:crypto';
import { documentHash } from '../support/canonical.js';
import { bodyOf } from '../support/catalogue.js';
import { withoutInstance } from '../support/learners.js';
import { Seed, type SeededLearner } from '../support/seed.js';

const AMOUNTS = ['recognised', 'available', 'held', 'awarded', 'converted', 'expired'] as const;
type Amounts = Record<(typeof AMOUNTS)[number], string>;

interface Transcript {
  serial: string;
  status: string;
  documentHash: string;
  document: {
    asOf: string;
    version: number;
    issuedOn: string;
    totals: (Amounts & { creditType: string })[];
    studyTime: object[];
    lines: (Amounts & { lot: number; creditType: string; source: { entryId: string; kind: string; title: string } })[];
  };
}

const centi = (text: string) => Number(text.replace('.', ''));

describe('transcripts over HTTP', () => {
  let seed: Seed;
  let course: string;
  beforeAll(async () => {
    seed = await Seed.start();
    course = await seed.course();
  });
  beforeEach(() => seed.bank.clock.set('2024-06-10T01:00:00Z'));
  afterAll(() => seed.stop());

  const ask = ({ learnerId }: SeededLearner, body: object = {}, key = seed.registrar, onceKey?: string) =>
    seed.bank.post('/api/v1/transcripts', key, { learnerId, ...body }, onceKey);
  const issue = async (learner: SeededLearner, body: object = {}) =>
    (await ask(learner, body).expect(201)).body as Transcript;
  const balance = async ({ learnerId }: SeededLearner, query = '') =>
    bodyOf(await seed.bank.get(`/api/v1/learners/${learnerId}/balance${query}`, seed.registrar).expect(200));

  /** Visits, a conversion, a certificate that was revoked and one that stands, and a visit taken back. */
  async function richLearner(): Promise<SeededLearner> {
    const learner = await seed.learner();
    const visits = await seed.attendDays(course, learner, 12);
    await seed.convert(learner, 'leisure', 'vocational', '0.30');
    await seed.revoke(await seed.certificate(learner, 'community-learner'), '材料不实');
    await seed.certificate(learner, 'community-learner');
    await seed.reverse(visits[11]!);
    return learner;
  }

  it('have totals that are the sums of their lines and equal the balance', async () => {
    const learner = await richLearner();
    const { document } = await issue(learner);
    const { credits, studyTime, version } = await balance(learner);
    expect(document).toMatchObject({ version, studyTime, asOf: '2024-06-10', issuedOn: '2024-06-10' });
    expect(document.totals).toMatchObject(credits as object[]);
    for (const total of document.totals) {
      const lines = document.lines.filter(({ creditType }) => creditType === total.creditType);
      for (const field of AMOUNTS)
        expect(lines.reduce((sum, line) => sum + centi(line[field]), 0)).toBe(centi(total[field]));
    }
    for (const line of document.lines) {
      const { recognised, ...parts } = line;
      const sum = AMOUNTS.slice(1).reduce((so, field) => so + centi(parts[field as 'available']), 0);
      expect(sum).toBe(centi(recognised));
    }
    expect(document.totals).toMatchObject([
      // 12 visits are 64,800 s and 1.33; the last one taken back leaves 59,400 s and 1.22.
      { creditType: 'leisure', recognised: '1.22', converted: '0.30', awarded: '0.50', available: '0.42' },
      { creditType: 'vocational', recognised: '0.15', available: '0.15' },
    ]);
  });

  it('name the source of every lot, and every source is an entry of the book', async () => {
    const learner = await richLearner();
    const { document } = await issue(learner);
    const titles = new Set<string>();
    for (const { source } of document.lines) {
      titles.add(`${source.kind}: ${source.title}`);
      await seed.bank.get(`/api/v1/entries/${source.entryId}`, learner.key).expect(200);
    }
    expect(titles).toEqual(new Set(['attendance: 养生有道', 'conversion: 文化休闲学分转换为职业培训学分']));
    expect(document.lines).toHaveLength(12);
  });

  it('as of a past day say what the book said at its end, and nothing that came after', async () => {
    const learner = await seed.learner();
    await seed.attendDays(course, learner, 2);
    seed.bank.clock.set('2024-06-10T15:59:59.999Z');
    const lastMoment = await seed.attend(
      await seed.session(course, { startsAt: '2024-06-09T14:00:00+08:00' }),
      learner,
    );
    const atTheTime = await issue(learner);
    seed.bank.clock.set('2024-06-10T16:00:00Z');
    await seed.attend(await seed.session(course, { startsAt: '2024-06-06T14:00:00+08:00' }), learner);
    await seed.convert(learner, 'leisure', 'vocational', '0.20');
    await seed.reverse(lastMoment);
    const { document } = await issue(learner, { asOf: '2024-06-10' });
    const { serial: _, issuedOn, ...said } = document as Transcript['document'] & { serial: string };
    const {
      serial: __,
      issuedOn: first,
      ...before
    } = atTheTime.document as Transcript['document'] & { serial: string };
    expect(said).toEqual(before);
    expect([first, issuedOn]).toEqual(['2024-06-10', '2024-06-11']);
    const { credits, version } = await balance(learner, '?asOf=2024-06-10');
    expect(document).toMatchObject({ version });
    expect(document.totals).toMatchObject(credits as object[]);
    expect((await issue(learner, { asOf: '2024-06-09' })).document).toMatchObject({
      version: 0,
      totals: [],
      lines: [],
    });
  });

  it('are frozen: what comes later changes neither content nor hash', async () => {
    const learner = await seed.learner();
    const visits = await seed.attendDays(course, learner, 2);
    const transcript = await issue(learner);
    expect(transcript.serial).toMatch(/^T[0-9A-Z]{13}$/);
    expect(transcript.documentHash).toBe(documentHash(transcript.document));
    await seed.reverse(visits[0]!);
    const shown = await seed.bank.get(`/api/v1/transcripts/${transcript.serial}`, learner.key).expect(200);
    expect(shown.body).toEqual(transcript);
    const seen = bodyOf(await seed.bank.get(`/api/v1/verifications/${transcript.serial}`).expect(200));
    expect(JSON.stringify(seen)).not.toContain(learner.learnerId);
    expect(seen).toMatchObject({ status: 'valid', documentHash: transcript.documentHash });
    // A transcript is no certificate, and the other way round.
    await seed.bank.get(`/api/v1/certificates/${transcript.serial}`, seed.registrar).expect(404);
    const reason = { reason: '作废' };
    await seed.bank.post(`/api/v1/certificates/${transcript.serial}/revocation`, seed.registrar, reason).expect(404);
  });

  it('are issued once under a key', async () => {
    const learner = await seed.learner();
    const onceKey = randomUUID();
    const first = await ask(learner, {}, seed.registrar, onceKey).expect(201);
    const again = await ask(learner, {}, seed.registrar, onceKey).expect(201);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    const other = await ask(learner, { asOf: '2024-06-01' }, seed.registrar, onceKey).expect(422);
    expect(other.body).toMatchObject({ code: 'idempotency-key-reused' });
  });

  it('are for their owner and the staff; another learner’s book looks like none', async () => {
    const [owner, other] = [await seed.learner(), await seed.learner()];
    const own = (await ask(owner, {}, owner.key).expect(201)).body as Transcript;
    const theirs = await ask(owner, {}, other.key).expect(404);
    const none = await ask({ ...owner, learnerId: randomUUID() }).expect(404);
    expect(withoutInstance(theirs.body)).toEqual(withoutInstance(none.body));
    await seed.bank.get(`/api/v1/transcripts/${own.serial}`, other.key).expect(404);
    await seed.bank.get(`/api/v1/transcripts/${own.serial}`, seed.auditor).expect(200);
    await ask(owner, {}, seed.auditor).expect(403);
    await ask(owner, {}, seed.provider).expect(403);
  });

  it.each([
    ['tomorrow', { asOf: '2024-06-11' }, 422, 'as-of-in-future'],
    ['a day that does not exist', { asOf: '2024-02-30' }, 400, 'validation-failed'],
    ['an instant', { asOf: '2024-06-09T00:00:00Z' }, 400, 'validation-failed'],
    ['no learner', { learnerId: undefined }, 400, 'validation-failed'],
    ['a learner’s id in capitals', { learnerId: randomUUID().toUpperCase() }, 400, 'validation-failed'],
    ['a field that is not known', { title: '成绩单' }, 400, 'validation-failed'],
  ])('are refused for %s', async (_, body, status, code) => {
    const answer = await ask(await seed.learner(), body).expect(status);
    expect(answer.body).toMatchObject({ code });
  });
});
