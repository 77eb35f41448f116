import { randomUUID } from 'node:crypto';
import { bodyOf, CatalogueApp, COURSE, PROVIDER } from '../support/catalogue.js';

const PERIOD = { approvedFrom: '2014-01-01', approvedTo: '2026-12-31' };
let count = 0;

describe('a change over HTTP', () => {
  let app: CatalogueApp;
  beforeAll(async () => {
    app = await CatalogueApp.start();
  });
  afterAll(() => app.stop());

  /** A new thing, the path it is read at, the path and body of a change, and the tags before and after. */
  const THINGS: [string, () => Promise<[read: string, change: string]>, object, number, string, string][] = [
    [
      'the approval of a provider',
      async () => {
        const { providerId } = await app.create('providers', { ...PROVIDER, code: `TAG-P-${(count += 1)}` });
        return [`/api/v1/providers/${providerId}`, `/api/v1/providers/${providerId}/approval`];
      },
      PERIOD,
      200,
      '"2013-01-01/.."',
      '"2014-01-01/2026-12-31"',
    ],
    [
      'the versions of a course',
      async () => {
        const course = { ...COURSE, code: `TAG-C-${(count += 1)}`, providerId: app.providerId };
        const { courseId } = await app.create('courses', course);
        return [`/api/v1/courses/${courseId}`, `/api/v1/courses/${courseId}/versions`];
      },
      { ...COURSE, title: '剪纸进阶' },
      201,
      '"1"',
      '"2"',
    ],
  ];

  const tagAt = async (path: string) => (await app.bank.get(path, app.keys.registrar).expect(200)).headers['etag'];

  it.each(THINGS)('of %s is made over the tag that was read, and answers the next one', async (...thing) => {
    const [, create, body, status, before, after] = thing;
    const [read, path] = await create();
    expect(await tagAt(read)).toBe(before);
    const once = randomUUID();
    const change = () => app.bank.post(path, app.keys.registrar, body, once).set('If-Match', before);
    expect((await change().expect(status)).headers['etag']).toBe(after);
    expect(await tagAt(read)).toBe(after);
    const again = await change().expect(status);
    expect(again.headers).toMatchObject({ etag: after, 'idempotency-replayed': 'true' });
  });

  it.each(THINGS)('of %s is refused to the second of two who read the same', async (...thing) => {
    const [, create, body, status, before, after] = thing;
    const [read, path] = await create();
    const change = () => app.bank.post(path, app.keys.registrar, body).set('If-Match', before);
    const answers = await Promise.all([change(), change(), change()]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([status, 412, 412]);
    expect(bodyOf(answers.find((answer) => answer.status === 412)!)).toMatchObject({
      code: 'precondition-failed',
      title: '内容已被他人修改',
    });
    expect(await tagAt(read)).toBe(after);
  });

  it.each(THINGS)('of %s needs the tag, and may be sent again with it under the same key', async (...thing) => {
    const [, create, body, status, before] = thing;
    const [read, path] = await create();
    const once = randomUUID();
    const missing = await app.bank.post(path, app.keys.registrar, body, once).expect(428);
    expect(missing.body).toMatchObject({ code: 'precondition-required', titleEn: 'If-Match is missing' });
    expect(await tagAt(read)).toBe(before);
    await app.bank.post(path, app.keys.registrar, body, once).set('If-Match', before).expect(status);
  });

  it.each<[string, (tag: string) => string, boolean]>([
    ['a star', () => '*', true],
    ['a list with the tag', (tag) => `"x", ${tag}`, true],
    ['a weak tag', (tag) => `W/${tag}`, false],
    ['the tag without its quotes', (tag) => tag.replaceAll('"', ''), false],
    ['a list of others', () => '"0","x"', false],
    ['nothing', () => '', false],
  ])('over %s', async (_, given, isMade) => {
    for (const [, create, body, status, before] of THINGS) {
      const [, path] = await create();
      const answer = await app.bank.post(path, app.keys.registrar, body).set('If-Match', given(before));
      expect(answer.status).toBe(isMade ? status : 412);
    }
  });
});
