import { createHash, randomUUID } from 'node:crypto';
import supertest from 'supertest';
import { Cases, jpeg, pdf, png, type CaseBody } from '../support/recognition.js';
import { Seed, type SeededLearner } from '../support/seed.js';

const LIMIT = 4_096;

describe('evidence', () => {
  let seed: Seed;
  let cases: Cases;
  let learner: SeededLearner;
  let id: string;
  beforeAll(async () => {
    seed = await Seed.start({ EVIDENCE_LIMIT: String(LIMIT), EVIDENCE_FILES: '3' });
    cases = await Cases.on(seed);
    learner = await seed.learner();
  });
  afterAll(() => seed.stop());
  beforeEach(async () => {
    id = ((await cases.enter(learner.key).expect(201)).body as CaseBody).recognitionId;
  });

  const fetch = (hash: string, key: string, recognitionId = id) =>
    seed.bank.get(`/api/v1/recognitions/${recognitionId}/evidence/${hash}`, key);
  const html = '<!doctype html><script>alert(1)</script>';

  it.each([
    ['a PDF', pdf(), '证书.pdf', 'application/pdf'],
    ['a PNG', png(), 'scan.PNG', 'image/png'],
    ['a JPEG', jpeg(), 'photo.jpeg', 'image/jpeg'],
  ])('takes %s for what its bytes say, and hands it out as a file to keep', async (_, content, name, mediaType) => {
    const body = (await cases.upload(id, learner.key, content, name).expect(201)).body as unknown;
    const contentHash = createHash('sha256').update(content).digest('hex');
    expect(body).toMatchObject({ evidence: [{ contentHash, fileName: name, mediaType, bytes: content.length }] });
    const answer = await fetch(contentHash, learner.key).expect(200).responseType('blob');
    expect(answer.body).toEqual(content);
    expect(answer.headers).toMatchObject({
      'content-type': mediaType,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox') as string,
      'cache-control': 'private, no-store',
    });
  });

  it.each([
    ['a page', Buffer.from(html), '证书.html', 415, 'evidence-type-not-accepted'],
    ['a page that calls itself a PDF', Buffer.from(html), '证书.pdf', 415, 'evidence-type-not-accepted'],
    ['a page with a PDF inside', Buffer.concat([Buffer.from(html), pdf()]), 'a.pdf', 415, 'evidence-type-not-accepted'],
    ['a PDF that calls itself a page', pdf(html), 'a.html', 415, 'evidence-type-not-accepted'],
    ['a PDF with two endings', pdf(html), 'a.pdf.html', 415, 'evidence-type-not-accepted'],
    ['a picture with a page behind it', png(html), 'a.png', 415, 'evidence-type-not-accepted'],
    ['a picture that calls itself a PDF', png(), 'a.pdf', 415, 'evidence-type-not-accepted'],
    ['a drawing with script', Buffer.from('<svg onload="alert(1)"/>'), 'a.svg', 415, 'evidence-type-not-accepted'],
    ['a file without an ending', pdf(), 'paper', 415, 'evidence-type-not-accepted'],
    ['half a PDF', Buffer.from('%PDF-1.4'), 'a.pdf', 415, 'evidence-type-not-accepted'],
    ['an empty file', Buffer.alloc(0), 'a.pdf', 422, 'evidence-empty'],
    ['a file that is too large', pdf('x'.repeat(LIMIT)), 'a.pdf', 413, 'evidence-too-large'],
  ])('refuses %s, and keeps nothing of it', async (_, content, name, status, code) => {
    const body = (await cases.upload(id, learner.key, content, name).expect(status)).body as unknown;
    expect(body).toMatchObject({ code });
    expect(await cases.show(id)).toMatchObject({ evidence: [] });
  });

  it('keeps the name without folders and marks', async () => {
    const body = (await cases.upload(id, learner.key, pdf(), '../../etc/证\u202E书.pdf').expect(201)).body as unknown;
    expect(body).toMatchObject({ evidence: [{ fileName: '证书.pdf' }] });
  });

  it('is a form with a file, or nothing', async () => {
    const body = (await cases.step(id, 'evidence', learner.key, {}).expect(400)).body as unknown;
    expect(body).toMatchObject({ code: 'file-missing' });
  });

  it('is the same file once, and so many files at most', async () => {
    const key = randomUUID();
    const first = await cases.upload(id, learner.key, pdf('1'), 'a.pdf', key).expect(201);
    const replayed = await cases.upload(id, learner.key, pdf('1'), 'a.pdf', key).expect(201);
    expect(replayed.headers['idempotency-replayed']).toBe('true');
    expect(replayed.body).toEqual(first.body);
    await cases.upload(id, learner.key, pdf('2'), 'a.pdf', key).expect(422);
    expect((await cases.upload(id, learner.key, pdf('1'), 'b.pdf').expect(201)).body).toEqual(first.body);
    for (const text of ['2', '3']) await cases.upload(id, learner.key, pdf(text)).expect(201);
    const refused = await cases.upload(id, learner.key, pdf('4')).expect(409);
    expect(refused.body).toMatchObject({ code: 'evidence-too-many', limit: 3 });
  });

  it('is read by its learner, reviewers and auditors, and by nobody else', async () => {
    const body = (await cases.upload(id, learner.key).expect(201)).body as unknown;
    const { contentHash } = (body as CaseBody).evidence[0]!;
    for (const key of [learner.key, seed.registrar, seed.auditor]) await fetch(contentHash, key).expect(200);
    for (const key of [seed.provider, seed.administrator]) await fetch(contentHash, key).expect(403);
    await fetch(contentHash, (await seed.learner()).key).expect(404);
    await supertest(seed.bank.app.getHttpServer())
      .get(`/api/v1/recognitions/${id}/evidence/${contentHash}`)
      .expect(401);
  });

  it.each(['0'.repeat(64), '../../etc/passwd', 'x', "' or 1=1"])('by the name %s is not found', async (hash) => {
    await fetch(encodeURIComponent(hash), learner.key).expect(404);
  });

  it('of another case is not found under this one', async () => {
    const other = await cases.draft(learner);
    const { contentHash } = (await cases.show(other)).evidence[0]!;
    await fetch(contentHash, learner.key).expect(404);
  });

  it('cannot be added to a case under review, and nobody else’s', async () => {
    const submitted = await cases.submitted(learner);
    await cases.upload(submitted, learner.key, pdf('late')).expect(409);
    await cases.upload(submitted, (await seed.learner()).key, pdf('late')).expect(404);
  });
});
