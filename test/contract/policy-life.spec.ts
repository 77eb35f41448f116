import { randomUUID } from 'node:crypto';
import supertest from 'supertest';
import { parse, stringify } from 'yaml';
import { MINIMAL_PACK } from '../../src/policy/domain/pack-example.js';
import { Policies } from '../../src/policy/policy.port.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import { TestApp } from '../support/app.js';
import { DIALECTS } from '../support/databases.js';

const RULES = parse(MINIMAL_PACK) as object;
const POLICIES = '/api/v1/policies';

describe.each(DIALECTS)('versions of the rules on %s', (dialect) => {
  let bank: TestApp;
  let anna: string;
  let ben: string;
  let count = 0;
  beforeAll(async () => {
    bank = await TestApp.start(dialect);
    await bank.app.get(Policies).publish({ ...RULES, effectiveFrom: '2013-01-01' });
    [anna, ben] = [await bank.key('administrator'), await bank.key('administrator')];
  });
  afterAll(() => bank.stop());

  /** A pack with a version and a day of its own. */
  const nextPack = (changes: object = {}) => {
    count += 1;
    const effectiveFrom = new Date(Date.parse('2024-09-01') + count * 86_400_000).toISOString().slice(0, 10);
    return { ...RULES, version: `2024.${count + 1}`, effectiveFrom, ...changes };
  };
  const nameOf = ({ version }: { version: string }) => `my-city@${version}`;
  const draft = (pack: object, key = anna) => bank.post(POLICIES, key, pack);
  const review = (version: string, key = ben, body = {}) => bank.post(`${POLICIES}/${version}/review`, key, body);
  const publish = (version: string, key = anna) => bank.post(`${POLICIES}/${version}/publication`, key, {});
  const sendYaml = (text: string | Buffer, key = anna) =>
    supertest(bank.app.getHttpServer())
      .post(POLICIES)
      .set('Authorization', `Bearer ${key}`)
      .set('Idempotency-Key', randomUUID())
      .set('Content-Type', 'application/yaml')
      .send(text);
  const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => `${status} ${body.code ?? 'done'}`;

  it('are drafted by one person, reviewed by another and published', async () => {
    const pack = nextPack();
    const version = nameOf(pack);
    expect((await draft(pack).expect(201)).body).toMatchObject({ policyVersion: version, state: 'draft' });
    expect(bank.app.get(Policies).byVersion(version)).toBeNull();
    expect((await review(version).expect(200)).body).toMatchObject({ state: 'reviewed' });
    expect((await publish(version).expect(200)).body).toMatchObject({ state: 'published' });

    const shown = await bank.get(`${POLICIES}/${version}`, await bank.key('auditor')).expect(200);
    expect(shown.body).toMatchObject({ state: 'published', effectiveFrom: pack.effectiveFrom, content: pack });
    const { steps } = shown.body as { steps: { kind: string; actor: string }[] };
    expect(steps.map(({ kind }) => kind)).toEqual(['draft', 'review', 'publication']);
    expect(steps[0]!.actor).toBe(steps[2]!.actor);
    expect(steps[1]!.actor).not.toBe(steps[0]!.actor);
    expect(bank.app.get(Policies).inForceOn(pack.effectiveFrom).version).toBe(pack.version);
    const deeds = await bank.app
      .get(Reader)
      .sql.rows<{ action: string }>('select action from audit_event where subject = ? order by event_id', [version]);
    expect(deeds.map(({ action }) => action).sort()).toEqual(['draft-policy', 'publish-policy', 'review-policy']);
  });

  it('are not reviewed by who drafted them, nor published unreviewed', async () => {
    const pack = nextPack();
    const version = nameOf(pack);
    await draft(pack).expect(201);
    expect(codeOf(await publish(version))).toBe('409 policy-not-reviewed');
    expect(codeOf(await review(version, anna))).toBe('409 policy-review-by-drafter');
    expect(codeOf(await publish(version))).toBe('409 policy-not-reviewed');
    expect(codeOf(await review(version))).toBe('200 done');
  });

  it('need a new review when their content changes after it', async () => {
    const pack = nextPack();
    const version = nameOf(pack);
    await draft(pack).expect(201);
    const answer = await review(version).expect(200);
    const read = (answer.body as { contentHash: string }).contentHash;
    // The same again changes nothing; other content is a new draft, now by another person.
    expect((await draft(pack, ben).expect(201)).body).toMatchObject({ state: 'reviewed' });
    expect((await draft({ ...pack, classHourMinutes: 50 }, ben).expect(201)).body).toMatchObject({ state: 'draft' });
    expect(codeOf(await publish(version))).toBe('409 policy-not-reviewed');
    expect(codeOf(await review(version, ben))).toBe('409 policy-review-by-drafter');
    expect(codeOf(await review(version, anna, { contentHash: read }))).toBe('412 precondition-failed');
    expect(codeOf(await review(version, anna))).toBe('200 done');
    expect(codeOf(await publish(version))).toBe('200 done');
  });

  it('never change once they are published', async () => {
    const pack = nextPack();
    const version = nameOf(pack);
    await draft(pack).expect(201);
    await review(version).expect(200);
    await publish(version).expect(200);
    expect((await draft(pack).expect(201)).body).toMatchObject({ state: 'published' });
    expect(codeOf(await draft({ ...pack, classHourMinutes: 50 }))).toBe('409 policy-already-published');
    expect(codeOf(await review(version))).toBe('409 policy-already-published');
    expect(codeOf(await publish(version))).toBe('409 policy-already-published');
    expect((await bank.get(`${POLICIES}/${version}`, anna)).body).toMatchObject({ content: { classHourMinutes: 45 } });
  });

  it('take effect one a day', async () => {
    const [first, second] = [nextPack(), nextPack()].map((pack) => ({ ...pack, effectiveFrom: '2025-01-01' }));
    for (const pack of [first!, second!]) {
      await draft(pack).expect(201);
      await review(nameOf(pack)).expect(200);
    }
    await publish(nameOf(first!)).expect(200);
    const refused = await publish(nameOf(second!));
    expect(codeOf(refused)).toBe('409 policy-day-taken');
    expect(refused.body).toMatchObject({ otherVersion: nameOf(first!) });
    await draft({ ...second!, effectiveFrom: '2025-01-02' }).expect(201);
    await review(nameOf(second!)).expect(200);
    await publish(nameOf(second!)).expect(200);
  });

  it('published many at once: one wins', async () => {
    const pack = nextPack();
    await draft(pack).expect(201);
    await review(nameOf(pack)).expect(200);
    const same = await Promise.all(Array.from({ length: 8 }, () => publish(nameOf(pack))));
    expect(same.map(codeOf).sort()).toEqual(['200 done', ...Array<string>(7).fill('409 policy-already-published')]);

    const rivals = Array.from({ length: 5 }, () => ({ ...nextPack(), effectiveFrom: '2026-01-01' }));
    for (const rival of rivals) {
      await draft(rival).expect(201);
      await review(nameOf(rival)).expect(200);
    }
    const answers = await Promise.all(rivals.map((rival) => publish(nameOf(rival))));
    expect(answers.map(codeOf).sort()).toEqual(['200 done', ...Array<string>(4).fill('409 policy-day-taken')]);
    const won = nameOf(rivals[answers.findIndex(({ status }) => status === 200)]!);
    const rows = await bank.app
      .get(Reader)
      .sql.rows("select policy_version from policy_version where effective_from = '2026-01-01'");
    expect(rows).toEqual([{ policy_version: won }]);
  });

  it('drafted many at once end as one of them, with its review to come', async () => {
    const pack = nextPack();
    const minutes = [40, 50, 55, 60];
    const answers = await Promise.all(minutes.map((classHourMinutes) => draft({ ...pack, classHourMinutes })));
    const codes = answers.map(codeOf);
    expect(codes.filter((code) => code === '201 done').length).toBeGreaterThan(0);
    expect(codes.filter((code) => code !== '201 done' && code !== '412 precondition-failed')).toEqual([]);
    expect((await bank.get(`${POLICIES}/${nameOf(pack)}`, anna)).body).toMatchObject({ state: 'draft' });
  });

  it('may take effect in the past while no entry of the book is decided for that day or later', async () => {
    const pack = nextPack({ effectiveFrom: '2024-06-01' });
    await draft(pack).expect(201);
    await review(nameOf(pack)).expect(200);
    await publish(nameOf(pack)).expect(200);
  });

  it('are refused whole, with every mistake, its place and its line', async () => {
    const text = MINIMAL_PACK.replace("version: '2024.1'", 'version: 2024.9').replace(
      'whenOver: cut',
      'whenOver: ignore',
    );
    const refused = await sendYaml(text).expect(422);
    expect(refused.body).toMatchObject({
      code: 'policy-pack-wrong',
      count: 2,
      errors: [
        {
          pointer: '/version',
          code: 'type-wrong',
          line: 3,
          column: 10,
          detail: expect.stringContaining("必须是文字（写作 '2024.9'） must be text (write '2024.9')") as string,
        },
        { pointer: '/dayCap/whenOver', line: 7 },
      ],
    });
    expect((await draft({ ...nextPack(), bonus: 1 }).expect(422)).body).toMatchObject({
      errors: [{ pointer: '/', detail: expect.stringContaining('bonus') as string }],
    });
    expect((await draft([]).expect(422)).body).toMatchObject({ code: 'policy-pack-wrong' });
    expect(codeOf(await sendYaml(Buffer.from([0xff, 0xfe, 0x00])))).toBe('422 policy-pack-wrong');
    expect(codeOf(await sendYaml('a: [&x *x]'))).toBe('422 policy-pack-wrong');
    expect(codeOf(await draft({ ...nextPack(), title: { zh: '\ud800', en: '\u0000' } }))).toBe('422 policy-pack-wrong');
  });

  it('come as YAML too, and twice is once', async () => {
    const pack = nextPack();
    const key = randomUUID();
    const send = () => sendYaml(stringify(pack)).set('Idempotency-Key', key);
    const first = await send().expect(201);
    await review(nameOf(pack)).expect(200);
    const again = await send().expect(201);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
  });

  it.each([
    ['get', ''],
    ['get', '/explanation'],
    ['post', '/review'],
    ['post', '/publication'],
  ])('that nobody drafted are unknown: %s …%s', async (method, rest) => {
    for (const version of ['my-city@0', 'nothing', '%00@1', "x'@1", 'a@b@c']) {
      const path = `${POLICIES}/${version}${rest}`;
      const answer = await (method === 'get' ? bank.get(path, anna) : bank.post(path, ben, {}));
      expect(codeOf(answer)).toBe('404 policy-unknown');
    }
  });

  it('are listed in the order of their names, page by page', async () => {
    const seen: string[] = [];
    for (let path: string | null = `${POLICIES}?limit=3`; path !== null;) {
      const answer = await bank.get(path, await bank.key('registrar')).expect(200);
      const { items, next } = answer.body as { items: { policyVersion: string }[]; next: string | null };
      seen.push(...items.map((item) => item.policyVersion));
      path = next === null ? null : `${POLICIES}?limit=3&cursor=${next}`;
    }
    expect(seen).toEqual([...seen].sort());
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toContain('my-city@2024.1');
    const bad = Buffer.from('["\\u0000"]').toString('base64url');
    expect(codeOf(await bank.get(`${POLICIES}?cursor=${bad}`, anna))).toBe('400 cursor-invalid');
  });

  it('are explained in plain words', async () => {
    const path = `${POLICIES}/my-city@2024.1/explanation`;
    const explained = await bank.get(`${path}?code=leisure-time`, anna).expect(200);
    expect(explained.body).toMatchObject({
      policyVersion: 'my-city@2024.1',
      rules: [
        { part: 'tariffs', sentences: [{ zh: expect.stringContaining('18 课时 × 45 分钟 = 1 学分') as string }] },
      ],
    });
    expect(codeOf(await bank.get(`${path}?code=nowhere`, anna))).toBe('404 policy-rule-unknown');
    expect(((await bank.get(path, anna)).body as { rules: object[] }).rules.length).toBeGreaterThan(5);
  });

  it('have a schema that anyone may read', async () => {
    expect((await bank.get(`${POLICIES}/schema`).expect(200)).body).toMatchObject({ title: 'policyPack' });
  });
});
