import { randomUUID } from 'node:crypto';
import supertest from 'supertest';
import type { SeededLearner, Seed } from './seed.js';

/** A one-page PDF, different for every text. */
export function pdf(text = 'paper'): Buffer {
  return Buffer.from(`%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n% ${text}\ntrailer<</Root 1 0 R>>\n%%EOF\n`);
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
}

/** A PNG by its structure; `behind` is put after its end. */
export function png(behind = ''): Buffer {
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', Buffer.alloc(13)),
    chunk('IEND', Buffer.alloc(0)),
    Buffer.from(behind),
  ]);
}

/** A JPEG by its marks. */
export function jpeg(): Buffer {
  return Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xd9]);
}

/** The answers of the bank about one case, as far as tests look at it. */
export interface CaseBody {
  recognitionId: string;
  state: string;
  code?: string;
  standard: { credit: string; entryId: string } | null;
  steps: { step: string; state: string; actor: string }[];
  evidence: { contentHash: string }[];
  review: { clock: string; dueOn: string | null; overdue: boolean };
  [field: string]: unknown;
}

/** Cases of recognition over the bank's own HTTP interface. */
export class Cases {
  private constructor(
    readonly seed: Seed,
    /** Three registrars: two reviews and an appeal need three people. */
    readonly reviewers: [string, string, string],
  ) {}

  static async on(seed: Seed): Promise<Cases> {
    const { bank } = seed;
    return new Cases(seed, [await bank.key('registrar'), await bank.key('registrar'), await bank.key('registrar')]);
  }

  /** A certificate outside the catalogue, with a number of its own, unless told otherwise. */
  content(changes: object = {}): object {
    return {
      outcomeClass: 'training',
      title: '心理健康服务培训',
      issuer: '山西省示例培训中心',
      certificateNumber: `PX-${randomUUID()}`,
      obtainedOn: '2024-05-20',
      rawCredit: '4.00',
      ...changes,
    };
  }

  enter(key: string, changes: object = {}): supertest.Test {
    return this.seed.bank.post('/api/v1/recognitions', key, this.content(changes));
  }

  /** One step of a case: the last part of its address and what is sent. */
  step(recognitionId: string, step: string, key: string, body: object = {}, onceKey?: string): supertest.Test {
    return this.seed.bank.post(`/api/v1/recognitions/${recognitionId}/${step}`, key, body, onceKey);
  }

  upload(
    recognitionId: string,
    key: string,
    content = pdf(),
    fileName = '证书.pdf',
    onceKey: string = randomUUID(),
  ): supertest.Test {
    return supertest(this.seed.bank.app.getHttpServer())
      .post(`/api/v1/recognitions/${recognitionId}/evidence`)
      .set('Authorization', `Bearer ${key}`)
      .set('Idempotency-Key', onceKey)
      .attach('file', content, { filename: fileName, contentType: 'text/html' });
  }

  /** A draft of the learner with one file. Gives its id. */
  async draft(learner: SeededLearner, changes: object = {}): Promise<string> {
    const { recognitionId } = (await this.enter(learner.key, changes).expect(201)).body as CaseBody;
    await this.upload(recognitionId, learner.key).expect(201);
    return recognitionId;
  }

  /** A case that was handed in. Gives its id. */
  async submitted(learner: SeededLearner, changes: object = {}): Promise<string> {
    const id = await this.draft(learner, changes);
    await this.step(id, 'submission', learner.key).expect(200);
    return id;
  }

  /** A case that passed the first review, worth 2.00 vocational. Gives its id. */
  async reviewedOnce(learner: SeededLearner, changes: object = {}): Promise<string> {
    const id = await this.submitted(learner, changes);
    const approval = { outcome: 'approved', creditType: 'vocational' };
    await this.step(id, 'preliminary-review', this.reviewers[0], approval).expect(200);
    return id;
  }

  /** A recognised case. Gives the answer of the last review. */
  async recognised(learner: SeededLearner, changes: object = {}): Promise<CaseBody> {
    const id = await this.reviewedOnce(learner, changes);
    return (await this.step(id, 'final-review', this.reviewers[1], { outcome: 'approved' }).expect(200))
      .body as CaseBody;
  }

  /** A rejected case. Gives its id. */
  async rejected(learner: SeededLearner, changes: object = {}): Promise<string> {
    const id = await this.submitted(learner, changes);
    const rejection = { outcome: 'rejected', reasonCode: 'NOT-VERIFIED' };
    await this.step(id, 'preliminary-review', this.reviewers[0], rejection).expect(200);
    return id;
  }

  async show(recognitionId: string, key = this.seed.registrar): Promise<CaseBody> {
    return (await this.seed.bank.get(`/api/v1/recognitions/${recognitionId}`, key).expect(200)).body as CaseBody;
  }

  /** Available credit of a learner by type, as text. */
  async available({ learnerId }: SeededLearner): Promise<Record<string, string>> {
    const body = (await this.seed.bank.get(`/api/v1/learners/${learnerId}/balance`, this.seed.registrar))
      .body as unknown;
    const { credits } = body as { credits: { creditType: string; available: string }[] };
    return Object.fromEntries(credits.map(({ creditType, available }) => [creditType, available]));
  }
}
