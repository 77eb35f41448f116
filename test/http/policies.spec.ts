import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import supertest from 'supertest';
import { parse } from 'yaml';
import { Seed, type SeededLearner } from '../support/seed.js';

const SHIPPED = parse(readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8')) as { tariffs: object[] };

/** The shipped rules, but leisure credit costs twice the time. */
function dearer(version: string, effectiveFrom: string): object {
  const [leisure, ...others] = SHIPPED.tariffs;
  return { ...SHIPPED, version, effectiveFrom, tariffs: [{ ...leisure, classHoursPerCredit: 36 }, ...others] };
}

interface EntryLine {
  version: number;
  policyVersion: string;
}

describe('a new version of the rules', () => {
  let seed: Seed;
  let learner: SeededLearner;
  let second: string;
  let course: string;
  beforeAll(async () => {
    seed = await Seed.start();
    second = await seed.bank.key('administrator');
    [learner, course] = [await seed.learner(), await seed.course()];
    // 8 and 9 June.
    await seed.attendDays(course, learner, 2);
  });
  afterAll(() => seed.stop());

  const propose = async (pack: object, version: string) => {
    await seed.bank.post('/api/v1/policies', seed.administrator, pack).expect(201);
    await seed.bank.post(`/api/v1/policies/taiyuan-default@${version}/review`, second, {}).expect(200);
  };
  const publish = (version: string) =>
    seed.bank.post(`/api/v1/policies/taiyuan-default@${version}/publication`, seed.administrator, {});
  const balance = async (asOf = '') =>
    (await seed.bank.get(`/api/v1/learners/${learner.learnerId}/balance${asOf}`, learner.key).expect(200)).body as {
      asOf: string;
    };
  const policyVersions = async () => {
    const answer = await seed.bank.get(`/api/v1/learners/${learner.learnerId}/entries`, learner.key).expect(200);
    return (answer.body as { items: EntryLine[] }).items.map(
      ({ version, policyVersion }) => `${version} ${policyVersion}`,
    );
  };

  it.each(['2013-01-01', '2024-06-08', '2024-06-09'])(
    'is refused for %s: entries of that time are decided',
    async (day) => {
      const version = `late-${day}`;
      await propose(dearer(version, day), version);
      const refused = await publish(version).expect(409);
      expect(refused.body).toMatchObject({
        code: 'policy-effective-in-past',
        effectiveFrom: day,
        firstFreeDay: '2024-06-11',
      });
    },
  );

  it('is explained to learners once it is published, and before that to the staff alone', async () => {
    await propose(dearer('told', '2025-01-01'), 'told');
    const path = '/api/v1/policies/taiyuan-default@told/explanation';
    await seed.bank.get(path, second).expect(200);
    const early = await seed.bank.get(path, learner.key).expect(404);
    expect(early.body).toMatchObject({ code: 'policy-unknown' });
    await publish('told').expect(200);
    const told = await seed.bank.get(`${path}?code=leisure`, learner.key).expect(200);
    expect(JSON.stringify(told.body)).toContain('文化休闲');
  });

  it('names its codes to who asks for a rule that it does not have', async () => {
    const path = '/api/v1/policies/taiyuan-default@2024.1/explanation?code=nope';
    const answer = await seed.bank.get(path, learner.key).expect(404);
    expect(answer.body).toMatchObject({
      code: 'policy-rule-unknown',
      rule: 'nope',
      codes: expect.stringContaining('leisure, vocational') as string,
    });
  });

  it('is refused as a draft for a field that stands twice, in YAML and in JSON', async () => {
    const json = JSON.stringify(dearer('twice', '2025-02-01')).replace('{', '{"classHourMinutes":50,');
    for (const type of ['application/json', 'application/yaml']) {
      const answer = await supertest(seed.bank.app.getHttpServer())
        .post('/api/v1/policies')
        .set('Idempotency-Key', randomUUID())
        .set('Authorization', `Bearer ${seed.administrator}`)
        .set('Content-Type', type)
        .send(json)
        .expect(422);
      expect(answer.body).toMatchObject({
        code: 'policy-pack-wrong',
        errors: [{ pointer: '/classHourMinutes', code: 'yaml-field-twice' }],
      });
    }
  });

  it('never changes a total of a day before it, nor an entry that stands', async () => {
    seed.bank.clock.set('2024-06-10T12:00:00Z');
    const before = await balance('?asOf=2024-06-09');
    const now = await balance();
    const entries = await policyVersions();
    await propose(dearer('2024.6', '2024-06-11'), '2024.6');
    await publish('2024.6').expect(200);

    expect(await balance('?asOf=2024-06-09')).toEqual(before);
    expect({ ...(await balance()), asOf: null }).toEqual({ ...now, asOf: null });
    expect(await policyVersions()).toEqual(entries);

    seed.bank.clock.set('2024-06-12T12:00:00Z');
    await seed.attend(await seed.session(course, { startsAt: '2024-06-12T09:00:00+08:00' }), learner);
    await seed.attend(await seed.session(course, { startsAt: '2024-06-10T15:00:00+08:00' }), learner);
    expect(await policyVersions()).toEqual([
      '4 taiyuan-default@2024.1',
      '3 taiyuan-default@2024.6',
      '2 taiyuan-default@2024.1',
      '1 taiyuan-default@2024.1',
    ]);
    expect(await balance('?asOf=2024-06-09')).toEqual(before);
    expect({ ...(await balance('?asOf=2024-06-10')), asOf: null }).toEqual({ ...now, asOf: null });
  });

  it('shows how it is written at /policy/reference', async () => {
    const { text } = await seed.bank.get('/policy/reference').expect(200);
    for (const part of ['规则包参考', '最小示例', 'classHoursPerCredit', 'id="shape-outcomePattern"'])
      expect(text).toContain(part);
  });
});
