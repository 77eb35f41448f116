import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Policies } from '../../src/policy/policy.port.js';
import { documentHash } from '../support/canonical.js';
import { bodyOf } from '../support/catalogue.js';
import { withoutInstance, type Body } from '../support/learners.js';
import { Seed, type SeededLearner } from '../support/seed.js';

interface Certificate {
  serial: string;
  status: string;
  document: { lines: { lot: number; amount: string; source: Body }[]; total: string; holder: Body; entryId: string };
  documentHash: string;
  verifyPath: string;
}

describe('certificates over HTTP', () => {
  let seed: Seed;
  let course: string;
  beforeAll(async () => {
    seed = await Seed.start();
    course = await seed.course();
  });
  afterAll(() => seed.stop());

  const issue = ({ learnerId }: SeededLearner, programme = 'community-learner', onceKey?: string) =>
    seed.bank.post('/api/v1/certificates', seed.registrar, { learnerId, programme }, onceKey);
  const issued = async (learner: SeededLearner) => (await issue(learner).expect(201)).body as Certificate;
  const revoke = (serial: string, reason = '材料不实') =>
    seed.bank.post(`/api/v1/certificates/${serial}/revocation`, seed.registrar, { reason });
  const verify = (serial: string) => seed.bank.get(`/api/v1/verifications/${encodeURIComponent(serial)}`);
  const progress = ({ learnerId }: SeededLearner, code = 'community-learner', key = seed.registrar) =>
    seed.bank.get(`/api/v1/learners/${learnerId}/programmes/${code}/progress`, key);
  const leisureOf = async ({ learnerId }: SeededLearner) => {
    const body = bodyOf(await seed.bank.get(`/api/v1/learners/${learnerId}/balance`, seed.registrar));
    return (body['credits'] as Body[])[0];
  };
  /** A learner with five visits, 0.55 of leisure credit. */
  const ready = async (name?: string) => {
    const learner = await seed.learner(name);
    await seed.attendDays(course, learner, 5);
    return learner;
  };

  it('are promised in a list, and progress says what there is, what is asked and which lots count', async () => {
    const learner = await seed.learner();
    const list = (await seed.bank.get('/api/v1/programmes', learner.key).expect(200)).body as Body[];
    expect(list).toMatchObject([
      {
        code: 'community-learner',
        title: '社区学习结业证书',
        titleEn: 'Community learning certificate',
        total: '0.50',
        buckets: [{ code: 'leisure', name: '文化休闲学分', minimum: '0.50', maximum: null }],
      },
      {
        code: 'community-care',
        title: '社区养老护理研修证书',
        titleEn: 'Community care study certificate',
        total: '0.95',
        buckets: [
          { code: 'vocational', minimum: '0.85' },
          { code: 'leisure', minimum: '0.10' },
        ],
      },
    ]);
    await seed.attendDays(course, learner, 1);
    expect((await progress(learner, 'community-care', learner.key).expect(200)).body).toMatchObject({
      met: false,
      buckets: [
        { code: 'vocational', have: '0.00', need: '0.85', missing: '0.85', counting: [] },
        {
          code: 'leisure',
          have: '0.11',
          need: '0.10',
          missing: '0.00',
          counting: [{ lot: 1, title: '养生有道', amount: '0.11' }],
        },
      ],
      total: { have: '0.11', need: '0.95', missing: '0.84' },
      policyVersion: 'taiyuan-default@2024.1',
    });
    expect((await progress(learner, 'doctor').expect(404)).body).toMatchObject({ code: 'programme-unknown' });
    const other = await seed.learner();
    expect((await progress(learner, 'community-care', other.key).expect(404)).body).toMatchObject({
      code: 'not-found',
    });
  });

  it('are refused with what is still missing', async () => {
    const learner = await seed.learner();
    await seed.attendDays(course, learner, 1);
    expect((await issue(learner, 'community-care').expect(409)).body).toMatchObject({
      code: 'requirements-not-met',
      detail: '还差：vocational 0.85, total 0.84。',
    });
    expect((await issue(learner, 'doctor').expect(404)).body).toMatchObject({ code: 'programme-unknown' });
    expect((await issue({ ...learner, learnerId: randomUUID() }).expect(404)).body).toMatchObject({
      code: 'not-found',
    });
    expect(await leisureOf(learner)).toMatchObject({ available: '0.11', awarded: '0.00' });
  });

  it('take the soonest-expiring lots and no more than is asked, and freeze what they say', async () => {
    const learner = await ready('张三丰');
    const certificate = await issued(learner);
    const { serial, document } = certificate;
    expect(serial).toMatch(/^C[0-9A-Z]{13}$/);
    expect(certificate).toMatchObject({
      status: 'valid',
      issuedAt: '2024-06-10T01:00:00.000Z',
      revokedAt: null,
      revokedReason: null,
      verifyPath: `/verify/${serial}`,
    });
    expect(document).toMatchObject({
      kind: 'certificate',
      serial,
      programme: { code: 'community-learner', title: { zh: '社区学习结业证书' }, category: 'leisure' },
      holder: { name: '张三丰', identityType: 'RESIDENT_ID', maskedIdentity: expect.stringContaining('*') as string },
      issuedOn: '2024-06-10',
      policyVersion: 'taiyuan-default@2024.1',
      entryId: `${learner.learnerId}.6`,
      issuer: { zh: '太原市终身学习学分银行', en: 'Taiyuan Lifelong Learning Credit Bank' },
      total: '0.50',
      byType: [
        { creditType: 'leisure', name: { zh: '文化休闲学分', en: 'Culture and leisure credit' }, amount: '0.50' },
      ],
    });
    expect(document.lines.map(({ lot, amount }) => `${lot}: ${amount}`)).toEqual([
      '1: 0.11',
      '2: 0.11',
      '3: 0.11',
      '4: 0.11',
      '5: 0.06',
    ]);
    expect(document.lines[0]).toMatchObject({
      source: {
        entryId: `${learner.learnerId}.1`,
        kind: 'attendance',
        title: '养生有道',
        provider: '示例迎泽区社区学院',
        day: '2024-06-05',
        studySeconds: 5_400,
      },
    });
    expect(certificate.documentHash).toBe(documentHash(document));
    expect(await leisureOf(learner)).toMatchObject({ recognised: '0.55', available: '0.05', awarded: '0.50' });

    // A later name of the award changes the rules, not what was issued.
    const rules = parse(readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8')) as { programmes: object[] };
    const programmes = rules.programmes.map((programme) => ({ ...programme, title: { zh: '新名称', en: 'New name' } }));
    await seed.bank.app.get(Policies).publish({ ...rules, version: '2024.8', effectiveFrom: '2024-06-10', programmes });
    expect((await seed.bank.get('/api/v1/programmes', learner.key)).body).toMatchObject([{ title: '新名称' }, {}]);
    const shown = await seed.bank.get(`/api/v1/certificates/${serial}`, learner.key).expect(200);
    expect(shown.body).toEqual(certificate);
  });

  it('use a lot once: the next one needs other credit', async () => {
    const learner = await ready();
    await issued(learner);
    expect((await issue(learner).expect(409)).body).toMatchObject({ detail: '还差：leisure 0.45, total 0.45。' });
    expect(await leisureOf(learner)).toMatchObject({ available: '0.05', awarded: '0.50' });
  });

  it('are issued once when ten clerks press the button, and once under a key', async () => {
    const learner = await ready();
    const answers = await Promise.all(Array.from({ length: 10 }, () => issue(learner)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const second = await ready();
    const onceKey = randomUUID();
    const first = await issue(second, 'community-learner', onceKey).expect(201);
    const again = await issue(second, 'community-learner', onceKey).expect(201);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    expect((await issue(second, 'community-care', onceKey)).body).toMatchObject({ code: 'idempotency-key-reused' });
  });

  it.each([
    ['freeze', 'account-frozen'],
    ['closure', 'account-closed'],
  ])('are refused after a %s of the account', async (verb, code) => {
    const learner = await ready();
    await seed.bank
      .post(`/api/v1/learners/${learner.learnerId}/${verb}`, seed.registrar, { reason: '核实' })
      .expect(200);
    expect((await issue(learner).expect(409)).body).toMatchObject({ code });
  });

  it('revoked give their lots back, and say so for ever', async () => {
    const learner = await ready();
    const { serial, ...content } = await issued(learner);
    const revoked = await revoke(serial).expect(201);
    expect(revoked.body).toEqual({ serial, entryId: `${learner.learnerId}.7`, revokedAt: '2024-06-10T01:00:00.000Z' });
    expect(await leisureOf(learner)).toMatchObject({ available: '0.55', awarded: '0.00' });
    for (const answer of [await verify(serial), await seed.bank.get(`/api/v1/certificates/${serial}`, seed.auditor)]) {
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({
        status: 'revoked',
        revokedAt: '2024-06-10T01:00:00.000Z',
        revokedReason: '材料不实',
        documentHash: content.documentHash,
        document: { total: '0.50' },
      });
    }
    expect((await revoke(serial).expect(409)).body).toMatchObject({
      code: 'certificate-already-revoked',
      detail: '该证书已于 2024-06-10T01:00:00.000Z 撤销。',
    });
    // Neither the award nor its revocation is undone as an entry; a new certificate is.
    for (const version of [6, 7]) {
      const undone = await seed.bank.post(`/api/v1/entries/${learner.learnerId}.${version}/reversal`, seed.registrar, {
        reason: '恢复',
      });
      expect(undone.body).toMatchObject({ status: 409 });
    }
    expect((await issued(learner)).serial).not.toBe(serial);
  });

  it('show a stranger everything but the name and the numbers of entries', async () => {
    const learner = await ready('欧阳示例');
    const certificate = await issued(learner);
    const seen = (await verify(certificate.serial).expect(200)).body as Certificate;
    expect(JSON.stringify(seen)).not.toContain(learner.learnerId);
    expect(seen.document.holder['name']).not.toBe('欧阳示例');
    expect(seen.document.holder['name']).toMatch(/\*/);
    const { holder: _, ...seenRest } = seen.document;
    const { holder: __, entryId, ...rest } = certificate.document;
    expect(entryId).toBe(`${learner.learnerId}.6`);
    const lines = rest.lines.map(({ source, ...line }) => ({ ...line, source: { ...source, entryId: undefined } }));
    expect({ ...seen, document: seenRest }).toEqual({ ...certificate, document: { ...rest, lines } });
    expect(seen.document.lines).toHaveLength(5);
  });

  it('are found however a person types the serial, and never by a misspelt one', async () => {
    const { serial } = await issued(await ready());
    const wide = [...serial].map((letter) => String.fromCodePoint(letter.codePointAt(0)! + 0xfee0)).join('');
    for (const typed of [
      serial.toLowerCase(),
      ` ${serial.slice(0, 5)} ${serial.slice(5)}`,
      serial.replace(/(.{4})/g, '$1-'),
      wide,
    ])
      expect((await verify(typed).expect(200)).body).toMatchObject({ serial });
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    for (let place = 1; place < serial.length; place += 1) {
      const other = alphabet[(alphabet.indexOf(serial[place]!) + 7) % alphabet.length]!;
      const answer = await verify(serial.slice(0, place) + other + serial.slice(place + 1));
      expect(answer.body).toMatchObject({ status: 404, code: 'not-found' });
    }
    for (const typed of ['C', '%', "' or 1=1 --", '<script>', '\u0000', 'C'.repeat(190)])
      expect((await verify(typed)).body).toMatchObject({ status: 404 });
  });

  it('are shown to their holder and the staff; another learner’s looks like none', async () => {
    const [holder, other] = [await ready(), await seed.learner()];
    const { serial } = await issued(holder);
    const path = `/api/v1/certificates/${serial}`;
    for (const key of [holder.key, seed.registrar, seed.auditor]) await seed.bank.get(path, key).expect(200);
    const theirs = await seed.bank.get(path, other.key).expect(404);
    const none = await seed.bank.get('/api/v1/certificates/C0000000000000', other.key).expect(404);
    expect(withoutInstance(theirs.body)).toEqual(withoutInstance(none.body));
    await seed.bank
      .post('/api/v1/certificates', holder.key, { learnerId: holder.learnerId, programme: 'community-learner' })
      .expect(403);
    await seed.bank.post(`${path}/revocation`, holder.key, { reason: '不要了' }).expect(403);
  });
});
