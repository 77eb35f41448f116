import { randomUUID } from 'node:crypto';
import supertest from 'supertest';
import { ROLES, type Role } from '../../src/platform/auth/caller.js';
import { describeApi } from '../../src/platform/http/openapi.js';
import { TestApp } from '../support/app.js';

/**
 * Who may use what: every route of the service, also those that are not in the API document. A route that is added
 * without a line here fails, and so does a line whose route is gone.
 */
const ACCESS = `
                                                            learner provider registrar auditor administrator
GET    /                                                    everyone
GET    /health/live                                         everyone
GET    /health/ready                                        everyone
GET    /assets/style-*.css                                  everyone
GET    /api/openapi.json                                    everyone
GET    /api/docs                                            everyone
GET    /problems                                            everyone
GET    /problems/:code                                      everyone
GET    /policy/reference                                    everyone
GET    /verify                                              everyone
GET    /verify/:serial                                      everyone
GET    /api/v1/verifications/:serial                        everyone
GET    /api/v1/conversion-rules                             everyone
GET    /api/v1/conversion-rules/:code                       everyone
GET    /metrics                                             -       -        -         yes     yes
GET    /me                                                  yes     yes      yes       yes     yes
GET    /cards                                               -       -        yes       yes     yes
GET    /learners/:learnerId                                 yes     -        yes       yes     yes
GET    /learners/:learnerId/credits/:creditType             yes     -        yes       yes     yes
GET    /learners/:learnerId/study-time/:creditType          yes     -        yes       yes     yes
GET    /entries/:entryId                                    yes     -        yes       yes     yes
GET    /certificates/:serial                                yes     -        yes       yes     -
GET    /transcripts/:serial                                 yes     -        yes       yes     -
POST   /api/v1/api-keys                                     -       -        -         -       yes
DELETE /api/v1/api-keys/:keyId                              -       -        -         -       yes
GET    /api/v1/units                                        yes     yes      yes       yes     yes
GET    /api/v1/units/:code                                  yes     yes      yes       yes     yes
GET    /api/v1/providers                                    yes     yes      yes       yes     yes
GET    /api/v1/providers/:providerId                        yes     yes      yes       yes     yes
POST   /api/v1/providers                                    -       -        yes       -       yes
POST   /api/v1/providers/:providerId/approval               -       -        yes       -       -
GET    /api/v1/courses                                      yes     yes      yes       yes     yes
GET    /api/v1/courses/:courseId                            yes     yes      yes       yes     yes
POST   /api/v1/courses                                      -       -        yes       -       yes
POST   /api/v1/courses/:courseId/versions                   -       -        yes       -       yes
POST   /api/v1/courses/:courseId/completions                -       yes      yes       -       -
GET    /api/v1/sessions                                     -       yes      yes       yes     yes
GET    /api/v1/sessions/:sessionId                          -       yes      yes       yes     yes
POST   /api/v1/sessions                                     -       yes      yes       -       -
POST   /api/v1/sessions/:sessionId/attendance               -       yes      yes       -       -
POST   /api/v1/attendance-imports                           -       yes      yes       -       -
GET    /api/v1/attendance-imports/template.csv              -       yes      yes       -       -
GET    /api/v1/attendance-imports/:importId                 -       yes      yes       yes     -
GET    /api/v1/attendance-imports/:importId/rejected.csv    -       yes      yes       yes     -
GET    /api/v1/learners                                     -       -        yes       yes     -
POST   /api/v1/learners                                     -       -        yes       -       yes
POST   /api/v1/learners/lookup                              -       -        yes       -       -
GET    /api/v1/learners/:learnerId                          yes     -        yes       yes     yes
POST   /api/v1/learners/:learnerId/freeze                   -       -        yes       -       -
POST   /api/v1/learners/:learnerId/unfreeze                 -       -        yes       -       -
POST   /api/v1/learners/:learnerId/closure                  -       -        yes       -       -
POST   /api/v1/learners/:learnerId/merge                    -       -        yes       -       -
GET    /api/v1/merges/:mergeId                              -       -        yes       yes     -
POST   /api/v1/merges/:mergeId/reversal                     -       -        yes       -       -
POST   /api/v1/learners/:learnerId/cards                    -       -        yes       -       yes
GET    /api/v1/learners/:learnerId/balance                  yes     -        yes       yes     yes
GET    /api/v1/learners/:learnerId/entries                  yes     -        yes       yes     yes
GET    /api/v1/learners/:learnerId/programmes/:code/progress yes    -        yes       yes     -
GET    /api/v1/cards/:cardNumber                            yes     yes      yes       yes     yes
POST   /api/v1/cards/:cardNumber/activation                 yes     -        yes       -       -
POST   /api/v1/cards/:cardNumber/loss-report                yes     -        yes       -       -
POST   /api/v1/cards/:cardNumber/replacement                -       -        yes       -       -
POST   /api/v1/cards/:cardNumber/closure                    -       -        yes       -       -
GET    /api/v1/learners/:learnerId/notices                  yes     -        yes       -       -
GET    /api/v1/learners/:learnerId/honours                  yes     -        yes       yes     -
POST   /api/v1/expiry-runs                                  -       -        -         -       yes
GET    /api/v1/expiry-runs/:runId                           -       -        -         yes     yes
POST   /api/v1/policies/what-if                             -       -        yes       -       yes
GET    /api/v1/entries/:entryId                             yes     -        yes       yes     yes
POST   /api/v1/entries/:entryId/reversal                    -       yes      yes       -       -
POST   /api/v1/recognitions                                 yes     yes      yes       -       -
GET    /api/v1/recognitions                                 yes     yes      yes       yes     -
GET    /api/v1/recognitions/:recognitionId                  yes     yes      yes       yes     -
POST   /api/v1/recognitions/:recognitionId/correction       yes     yes      yes       -       -
POST   /api/v1/recognitions/:recognitionId/evidence         yes     yes      yes       -       -
GET    /api/v1/recognitions/:recognitionId/evidence/:contentHash yes -       yes       yes     -
POST   /api/v1/recognitions/:recognitionId/submission       yes     yes      yes       -       -
POST   /api/v1/recognitions/:recognitionId/preliminary-review -     -        yes       -       -
POST   /api/v1/recognitions/:recognitionId/panel-vote       -       -        yes       -       -
POST   /api/v1/recognitions/:recognitionId/final-review     -       -        yes       -       -
POST   /api/v1/recognitions/:recognitionId/withdrawal       yes     yes      yes       -       -
POST   /api/v1/recognitions/:recognitionId/appeal           yes     yes      yes       -       -
POST   /api/v1/recognitions/:recognitionId/appeal-decision  -       -        yes       -       -
POST   /api/v1/recognition-batches                          -       -        yes       -       -
GET    /api/v1/conversions                                  -       -        yes       yes     -
POST   /api/v1/hold-release-runs                            -       -        -         -       yes
GET    /api/v1/hold-release-runs/:runId                     -       -        -         yes     yes
POST   /api/v1/conversions/quote                            yes     -        yes       -       -
POST   /api/v1/conversions/advice                           yes     -        yes       -       -
POST   /api/v1/conversions                                  -       -        yes       -       -
GET    /api/v1/conversions/:conversionId                    yes     -        yes       yes     -
POST   /api/v1/conversions/:conversionId/approval           -       -        yes       -       -
POST   /api/v1/conversions/:conversionId/refusal            -       -        yes       -       -
POST   /api/v1/conversions/:conversionId/reversal           -       -        yes       -       -
GET    /api/v1/learners/:learnerId/refused-conversions      yes     -        yes       yes     -
GET    /api/v1/policies                                     -       -        yes       yes     yes
POST   /api/v1/policies                                     -       -        -         -       yes
GET    /api/v1/policies/schema                              everyone
GET    /api/v1/policies/:policyVersion                      -       -        yes       yes     yes
GET    /api/v1/policies/:policyVersion/explanation          yes     yes      yes       yes     yes
POST   /api/v1/policies/:policyVersion/review               -       -        -         -       yes
POST   /api/v1/policies/:policyVersion/publication          -       -        -         -       yes
GET    /api/v1/programmes                                   yes     yes      yes       yes     yes
POST   /api/v1/programmes/:code/plan                        yes     -        yes       -       -
POST   /api/v1/certificates                                 -       -        yes       -       -
GET    /api/v1/certificates/:serial                         yes     -        yes       yes     -
POST   /api/v1/certificates/:serial/revocation              -       -        yes       -       -
POST   /api/v1/transcripts                                  yes     -        yes       -       -
GET    /api/v1/transcripts/:serial                          yes     -        yes       yes     -
`;

interface Route {
  method: string;
  path: string;
  /** Roles that may use it, or nobody in particular. */
  roles: Role[] | 'everyone';
}

const ROUTES = ACCESS.trim()
  .split('\n')
  .slice(1)
  .map((line): Route => {
    const [method, path, ...cells] = line.trim().split(/\s+/) as [string, string, ...string[]];
    return {
      method,
      path,
      roles: cells[0] === 'everyone' ? 'everyone' : ROLES.filter((_, index) => cells[index] === 'yes'),
    };
  });

/** Method and path of every route of the server, from the tree that it prints of itself. */
function routesOf({ app }: TestApp): string[] {
  const tree = app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
  const parts: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const match = /^([│ ]*)[├└]── (\S+) \((.*)\)$/.exec(line);
    if (!match) return [];
    const depth = match[1]!.length / 4;
    parts.length = depth;
    parts[depth] = match[2]!;
    const path = parts
      .join('')
      .replace(/^\/\//, '/')
      .replace(/style-[0-9a-f]+/, 'style-*');
    const methods = match[3]!.split(', ').filter((method) => method !== 'HEAD' && method !== '-');
    return methods.map((method) => `${method} ${path}`);
  });
}

describe('access', () => {
  let bank: TestApp;
  let keys: Record<Role, string>;
  beforeAll(async () => {
    bank = await TestApp.start();
    keys = Object.fromEntries(
      await Promise.all(
        ROLES.map(async (role) => {
          const owner = { learner: { learnerId: randomUUID() }, provider: { providerId: randomUUID() } };
          return [role, await bank.key(role, role in owner ? owner[role as 'learner'] : {})] as const;
        }),
      ),
    ) as Record<Role, string>;
  });
  afterAll(() => bank.stop());

  const ask = ({ method, path }: Pick<Route, 'method' | 'path'>, key?: string): supertest.Test => {
    const address = path.replaceAll(/:\w+/g, (name) => (name === ':code' ? 'x' : randomUUID()));
    const request = supertest(bank.app.getHttpServer())[method.toLowerCase() as 'post'](address);
    if (key) void request.set('Authorization', `Bearer ${key}`);
    return method === 'POST' ? request.set('Idempotency-Key', randomUUID()).send({}) : request;
  };

  it('is said for every route there is, and for no other', () => {
    expect(routesOf(bank).sort()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it('covers every operation of the API document, and the document every route of the API', () => {
    const operations = Object.entries(describeApi(bank.app).paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    const known = ROUTES.map(({ method, path }) => `${method} ${path}`);
    expect(operations.filter((operation) => !known.includes(operation))).toEqual([]);
    const api = known.filter((route) => route.includes('/api/v1/'));
    expect(api.filter((route) => !operations.includes(route))).toEqual([]);
  });

  it.each(ROUTES.filter(({ roles }) => roles === 'everyone'))('to $method $path is open to everyone', async (route) => {
    const { status } = await ask(route);
    expect([401, 403]).not.toContain(status);
    expect(status).toBeLessThan(500);
  });

  const guarded = ROUTES.flatMap(({ roles, ...route }) =>
    roles === 'everyone' ? [] : [{ ...route, roles, who: roles.join(', ') }],
  );
  it.each(guarded)('to $method $path is for $who', async (route) => {
    const { roles, method } = route;
    for (const key of [undefined, 'nonsense', `cbk_${'0'.repeat(32)}_${'A'.repeat(43)}`]) {
      const answer = await ask(route, key);
      expect(answer.status).toBe(401);
      expect(answer.body).toMatchObject({ code: 'unauthenticated' });
    }
    if (method === 'GET') expect((await ask({ ...route, method: 'HEAD' })).status).toBe(401);
    for (const role of ROLES) {
      const answer = await ask(route, keys[role]);
      const said = { role, status: answer.status };
      if (!roles.includes(role)) {
        expect(said).toEqual({ role, status: 403 });
        expect(answer.body).toMatchObject({ code: 'forbidden' });
      } else expect([401, 403]).not.toContain(answer.status);
      expect(answer.status).toBeLessThan(500);
    }
  });

  it('ends with the key', async () => {
    const issued = await bank.post('/api/v1/api-keys', keys.administrator, { role: 'auditor', label: '审计' });
    const { keyId, key } = issued.body as { keyId: string; key: string };
    await bank.get('/api/v1/units', key).expect(200);
    await supertest(bank.app.getHttpServer())
      .delete(`/api/v1/api-keys/${keyId}`)
      .set('Authorization', `Bearer ${keys.administrator}`)
      .set('Idempotency-Key', randomUUID())
      .expect(204);
    await bank.get('/api/v1/units', key).expect(401);
  });
});
