import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import { sha256Hex } from '../../src/kernel/canonical-json.js';
import { ROLES } from '../../src/platform/auth/caller.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import { Counter, withoutInstance } from '../support/learners.js';

const NOBODY = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e';

describe('learners', () => {
  let counter: Counter;
  beforeAll(async () => {
    counter = await Counter.open();
  });
  afterAll(() => counter.bank.stop());

  function pointersOf(body: unknown): string[] {
    return [...new Set((body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer))].sort();
  }
  function rows<T>(text: string): Promise<T[]> {
    return counter.bank.app.get(Reader).sql.rows<T>(text);
  }

  describe('opening an account', () => {
    it('answers 201 with the masked document and an active account', async () => {
      const form = counter.form({ name: ' 阿凡提·𠮷 ', openedOn: '2024-06-03' });
      const answer = await counter.apply(form).expect(201);
      expect(answer.body).toEqual({
        learnerId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        status: 'active',
        maskedIdentity: `140*************${form.identityNumber.slice(-2)}`,
        unitCode: '140106001901',
        openedOn: '2024-06-03',
      });
      expect(answer.text).not.toContain(form.identityNumber);
      const { learnerId } = answer.body as { learnerId: string };
      const seen = await counter.bank.get(`/api/v1/learners/${learnerId}`, counter.keys.auditor);
      expect(seen.body).toMatchObject({ name: '阿凡提·𠮷' });
      expect(await counter.actionsOn(learnerId)).toEqual(['open-account', 'read-learner']);
    });

    it('takes today where no day is given, and works for an administrator', async () => {
      const answer = await counter.apply(counter.form(), counter.keys.administrator).expect(201);
      expect(answer.body).toMatchObject({ openedOn: '2024-06-10' });
    });

    it.each(['learner', 'provider', 'auditor'] as const)('is not for the role %s', async (role) => {
      const answer = await counter.apply(counter.form(), counter.keys[role]).expect(403);
      expect(answer.body).toMatchObject({ code: 'forbidden', role });
    });

    it('is not for strangers', async () => {
      const answer = await counter.bank.post('/api/v1/learners', undefined, counter.form()).expect(401);
      expect(answer.body).toMatchObject({ code: 'unauthenticated' });
    });

    it('tells all wrong fields at once', async () => {
      const wrong = {
        name: '张\uFFFD',
        identityType: 'LIBRARY_CARD',
        identityNumber: 140105,
        unitCode: '1401',
        consentGiven: false,
        openedOn: '2024-02-30',
        phone: '13800000000',
      };
      const answer = await counter.apply(wrong).expect(400);
      expect(answer.body).toMatchObject({ code: 'validation-failed' });
      expect(pointersOf(answer.body)).toEqual(
        ['consentGiven', 'identityNumber', 'identityType', 'name', 'openedOn', 'phone', 'unitCode'].map(
          (field) => `/${field}`,
        ),
      );
    });

    it.each([
      ['empty', '   '],
      ['of 61 characters', '张'.repeat(61)],
      ['with a control character', '张\u0000三'],
    ])('refuses a name %s', async (_, name) => {
      const answer = await counter.apply(counter.form({ name })).expect(400);
      expect(pointersOf(answer.body)).toEqual(['/name']);
    });

    it('refuses a wrong check digit without repeating the number', async () => {
      const identityNumber = '140105190001010016';
      const answer = await counter.apply(counter.form({ identityNumber })).expect(422);
      expect(answer.body).toMatchObject({ code: 'identity-number-invalid', idType: 'RESIDENT_ID' });
      expect(answer.text).not.toContain(identityNumber);
    });

    it('refuses an unknown unit and a day to come, each by itself or both at once', async () => {
      const unit = await counter.apply(counter.form({ unitCode: '149999' })).expect(422);
      expect(unit.body).toMatchObject({ code: 'unit-unknown', unitCode: '149999' });
      const day = await counter.apply(counter.form({ openedOn: '2024-06-11' })).expect(400);
      expect(pointersOf(day.body)).toEqual(['/openedOn']);
      const both = await counter.apply(counter.form({ unitCode: '149999', openedOn: '2024-06-11' })).expect(400);
      expect(pointersOf(both.body)).toEqual(['/openedOn', '/unitCode']);
    });

    it('refuses a document that has an account, however it is written, and says nothing of whose', async () => {
      const form = counter.form({ name: '李原主', identityType: 'PASSPORT', identityNumber: 'E70000001' });
      await counter.apply(form).expect(201);
      const again = await counter.apply({ ...form, name: '王另人', identityNumber: ' ｅ7000-0001 ' }).expect(409);
      expect(Object.keys(again.body as object).sort()).toEqual(
        ['code', 'detail', 'detailEn', 'instance', 'status', 'title', 'titleEn', 'type'].sort(),
      );
      expect(again.body).toMatchObject({ code: 'identity-already-registered' });
    });

    it('gives the first answer again under the same key, and refuses the key for another body', async () => {
      const form = counter.form();
      const onceKey = randomUUID();
      const post = (body: object) => counter.bank.post('/api/v1/learners', counter.keys.registrar, body, onceKey);
      const first = await post(form).expect(201);
      const again = await post(form).expect(201);
      expect(again.body).toEqual(first.body);
      expect(again.headers['idempotency-replayed']).toBe('true');
      const other = await post(counter.form()).expect(422);
      expect(other.body).toMatchObject({ code: 'idempotency-key-reused' });
    });

    it('needs an idempotency key', async () => {
      const answer = await counter.apply(counter.form()).unset('Idempotency-Key').expect(400);
      expect(answer.body).toMatchObject({ code: 'idempotency-key-missing' });
    });

    it('keeps no hash of the form from which the number could be tried out', async () => {
      const form = counter.form();
      await counter.apply(form).expect(201);
      const kept = (await rows<{ body_hash: string }>('select body_hash from idempotency_record')).map(
        ({ body_hash }) => body_hash,
      );
      expect(kept.length).toBeGreaterThan(0);
      expect(kept).not.toContain(sha256Hex(`POST /api/v1/learners\n${JSON.stringify(form)}`));
    });
  });

  describe('looking at learners', () => {
    it('shows one with cards and masked document, and writes down which staff looked', async () => {
      const { learnerId, cardNumber } = await counter.openWithCard();
      const answer = await counter.bank.get(`/api/v1/learners/${learnerId}`, counter.keys.registrar).expect(200);
      expect(answer.body).toMatchObject({
        learnerId,
        name: '张示例',
        identityType: 'RESIDENT_ID',
        maskedIdentity: expect.stringMatching(/^140\*{13}\d[0-9X]$/) as string,
        unitCode: '140106001901',
        status: 'active',
        openedOn: '2024-06-10',
        cards: [{ cardNumber, status: 'issued', countyCode: '140106', issuedAt: '2024-06-10T01:00:00.000Z' }],
        statusChanges: [],
      });
      expect(answer.text).not.toContain('19000101');
      expect(await counter.actionsOn(learnerId)).toEqual(['issue-card', 'open-account', 'read-learner']);
    });

    it('shows learners themselves only, and that look is not in the audit', async () => {
      const learnerId = await counter.openLearner();
      const own = await counter.bank.key('learner', { learnerId });
      const seen = await counter.bank.get(`/api/v1/learners/${learnerId}`, own).expect(200);
      expect(seen.body).toMatchObject({ learnerId });
      const other = await counter.bank.get(`/api/v1/learners/${await counter.openLearner()}`, own).expect(404);
      const missing = await counter.bank.get(`/api/v1/learners/${NOBODY}`, own).expect(404);
      expect(withoutInstance(other.body)).toEqual(withoutInstance(missing.body));
      expect(await counter.actionsOn(learnerId)).toEqual(['open-account']);
    });

    it.each([NOBODY, 'x', "'; drop table learner", NOBODY.toUpperCase()])('knows nobody called %s', async (id) => {
      const path = `/api/v1/learners/${encodeURIComponent(id)}`;
      const answer = await counter.bank.get(path, counter.keys.registrar).expect(404);
      expect(answer.body).toMatchObject({ code: 'not-found' });
    });

    it.each(['provider', 'administrator', 'learner'] as const)('is not for the role %s page by page', async (role) => {
      const answer = await counter.bank.get('/api/v1/learners', counter.keys[role]).expect(403);
      expect(answer.body).toMatchObject({ code: 'forbidden' });
    });

    it('is not for a provider one by one', async () => {
      const answer = await counter.bank.get(`/api/v1/learners/${NOBODY}`, counter.keys.provider).expect(403);
      expect(answer.body).toMatchObject({ code: 'forbidden' });
    });

    it('finds one by document, and writes down every look', async () => {
      const form = counter.form({ identityType: 'PASSPORT', identityNumber: 'E77000001' });
      const { learnerId } = (await counter.apply(form)).body as { learnerId: string };
      const lookUp = (identityNumber: string) =>
        counter.bank
          .post('/api/v1/learners/lookup', counter.keys.registrar, { identityType: 'PASSPORT', identityNumber })
          .unset('Idempotency-Key');
      const found = await lookUp('e7700 0001').expect(200);
      expect(found.body).toMatchObject({ learnerId, name: '张示例', maskedIdentity: 'E77****01' });
      expect(found.text).not.toContain('E77000001');
      expect(await counter.actionsOn(learnerId)).toEqual(['look-up-learner', 'open-account']);
      const missing = await lookUp('E77000002').expect(404);
      expect(missing.body).toMatchObject({ code: 'not-found' });
      expect(
        await rows(
          "select subject, learner_id, outcome from audit_event where action = 'look-up-learner' order by outcome",
        ),
      ).toEqual([
        { subject: 'PASSPORT', learner_id: learnerId, outcome: 'done' },
        { subject: 'PASSPORT', learner_id: null, outcome: 'not-found' },
      ]);
    });

    it('refuses a wrong document, and lets only registrars look', async () => {
      const wrong = { identityType: 'RESIDENT_ID', identityNumber: '140105190001010016' };
      const path = '/api/v1/learners/lookup';
      const answer = await counter.bank.post(path, counter.keys.registrar, wrong).expect(422);
      expect(answer.body).toMatchObject({ code: 'identity-number-invalid' });
      for (const role of ROLES.filter((role) => role !== 'registrar')) {
        expect((await counter.bank.post(path, counter.keys[role], wrong)).status).toBe(403);
      }
    });

    it('lists page by page in a fixed order, masked, without a gap, and writes down each page', async () => {
      for (let people = 0; people < 7; people += 1) await counter.openLearner();
      const seen: string[] = [];
      let pages = 0;
      let address: string | undefined = '/api/v1/learners?limit=3';
      for (; address; pages += 1) {
        const answer: Response = await counter.bank.get(address, counter.keys.auditor).expect(200);
        const page = answer.body as { items: { learnerId: string; maskedIdentity: string }[]; next: string | null };
        expect(page.items.every(({ maskedIdentity }) => maskedIdentity.includes('****'))).toBe(true);
        seen.push(...page.items.map(({ learnerId }) => learnerId));
        const link = answer.headers['link'];
        expect(Boolean(link)).toBe(page.next !== null);
        address = link && /^<(.+)>; rel="next"$/.exec(link)![1];
      }
      expect(seen).toEqual([...new Set(seen)].sort());
      expect(await rows('select count(*) as count from learner')).toEqual([{ count: seen.length }]);
      expect(await rows("select count(*) as count from audit_event where action = 'list-learners'")).toEqual([
        { count: pages },
      ]);
    });

    it.each(['x', Buffer.from('["x"]').toString('base64url'), Buffer.from('[1,2]').toString('base64url')])(
      'refuses the cursor %s',
      async (cursor) => {
        const answer = await counter.bank.get(`/api/v1/learners?cursor=${cursor}`, counter.keys.registrar).expect(400);
        expect(answer.body).toMatchObject({ code: 'cursor-invalid' });
      },
    );

    it('refuses a page of more than two hundred', async () => {
      const answer = await counter.bank.get('/api/v1/learners?limit=201', counter.keys.registrar).expect(400);
      expect(pointersOf(answer.body)).toEqual(['/limit']);
    });
  });

  it('are described route by route with their problems', async () => {
    const { paths } = (await counter.bank.get('/api/openapi.json').expect(200)).body as {
      paths: Record<string, Record<string, { summary: string; responses: object }>>;
    };
    const own = Object.entries(paths).filter(([path]) =>
      /^\/api\/v1\/(cards|learners(\/lookup|\/\{learnerId\}(\/(cards|freeze|unfreeze|closure))?)?$)/.test(path),
    );
    expect(own).toHaveLength(12);
    for (const operation of own.flatMap(([, methods]) => Object.values(methods))) {
      expect(operation.summary).toMatch(/^[\u4e00-\u9fff]+ [A-Z]/);
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['401', '403']));
    }
  });
});
