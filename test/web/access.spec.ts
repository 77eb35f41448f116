import { makeCardNumber } from '../../src/learners/domain/card-number.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import { Seed, type SeededLearner } from '../support/seed.js';

const NOWHERE = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e';

describe('pages over HTTP', () => {
  let seed: Seed;
  let own: SeededLearner;
  let other: SeededLearner;
  let entry: string;
  let certificate: string;
  let transcript: string;
  beforeAll(async () => {
    seed = await Seed.start();
    [own, other] = [await seed.learner(), await seed.learner('李示例')];
    [entry] = (await seed.attendDays(await seed.course(), own, 5)) as [string];
    certificate = await seed.certificate(own, 'community-learner');
    transcript = await seed.transcript(own);
  });
  afterAll(() => seed.stop());

  const page = (path: string, key?: string) => seed.bank.get(path, key).set('Accept', 'text/html');
  const pagesOf = () => [
    `/learners/${own.learnerId}`,
    `/learners/${own.learnerId}/credits/leisure`,
    `/learners/${own.learnerId}/study-time/leisure`,
    `/entries/${entry}`,
    `/certificates/${certificate}`,
    `/transcripts/${transcript}`,
  ];
  const withoutInstance = (html: string) => html.replaceAll(/urn:uuid:[0-9a-f-]+/g, '');

  it('ask a stranger for a key, by the browser’s own dialogue and in words', async () => {
    for (const path of ['/me', ...pagesOf()]) {
      const answer = await page(path).expect(401);
      expect(answer.headers['www-authenticate']).toContain('Basic');
      expect(answer.text).toContain('用户名任意填写，密码填写密钥');
    }
  });

  it('open to the learner they are about, and are kept by nobody', async () => {
    for (const path of pagesOf()) {
      const answer = await page(path, own.key).expect(200);
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  it('name the place of a session by its units, city first', async () => {
    expect((await page(`/entries/${entry}`, own.key).expect(200)).text).toContain(
      '柳巷街道示例社区甲分校教室（太原市 迎泽区 柳巷街道 示例社区甲）',
    );
  });

  it('tell what every check of a conversion compared', async () => {
    const learner = await seed.learner('王示例');
    await seed.attendDays(await seed.course(), learner, 2);
    const conversion = await seed.convert(learner, 'leisure', 'vocational', '0.12');
    const { text } = await page(`/entries/${conversion}`, learner.key).expect(200);
    expect(text).toContain('0.12 学分按 2:1 换算，没有零头');
    expect(text).toContain('上限 0.47，已用 0.00，尚余 0.47，申请 0.06');
  });

  it('of somebody else look like pages of nobody', async () => {
    const none = withoutInstance((await page(`/learners/${NOWHERE}`, other.key).expect(404)).text);
    for (const path of pagesOf()) {
      expect(withoutInstance((await page(path, other.key).expect(404)).text)).toBe(none);
    }
  });

  it('are not for providers', async () => {
    for (const path of pagesOf()) await page(path, seed.provider).expect(403);
    expect((await page('/me', seed.provider).expect(200)).text).toContain('这个密钥没有学分账户');
  });

  it.each([
    '/learners/not-an-id',
    '/learners/00000000-0000-0000-0000-00000000000Z',
    `/learners/${NOWHERE}`,
    '/entries/1',
    `/entries/${NOWHERE}.1`,
    '/entries/--------------------------------.1',
    '/entries/0198c1f0-------------------------------.1',
    `/entries/${NOWHERE}.99999999999`,
    '/certificates/C0000',
    '/transcripts/T%27%20or%201=1',
    '/verify/%F0%9F%98%80',
    '/verify/..%2f..%2fetc',
  ])('answer 404 to %s', async (path) => {
    await page(path, seed.auditor).expect(404);
  });

  it.each([
    ['credits/unheard-of', 404],
    ['study-time/%00', 404],
    ['credits/leisure?place=nowhere&place=twice', 200],
    ['credits/leisure?cursor=x', 400],
    ['study-time/leisure?cursor=W10', 400],
    ['?cursor=x', 400],
    ['?asOf=2024-06-31', 422],
    ['?asOf=2024-06-11', 422],
    ['credits/leisure?asOf=yesterday', 422],
    ['?asOf=2024-06-01&asOf=2024-06-02', 200],
  ])('answer learners/{id}/%s with %i', async (rest, status) => {
    await page(`/learners/${own.learnerId}/${rest}`.replace('/?', '?'), own.key).expect(status);
  });

  it('leave a line in the audit before staff see them', async () => {
    const actions = async () =>
      (
        await seed.bank.app
          .get(Reader)
          .sql.rows<{ action: string }>(
            "select action from audit_event where role = 'auditor' and learner_id = ? order by recorded_at, event_id",
            [own.learnerId],
          )
      ).map(({ action }) => action);
    const before = (await actions()).length;
    for (const path of pagesOf()) await page(path, seed.auditor).expect(200);
    expect((await actions()).slice(before).sort()).toEqual([
      'read-document',
      'read-document',
      'read-entry',
      'read-statement',
      'read-statement',
      'read-statement',
    ]);
  });

  it('lead a learner to their own account and staff to the search', async () => {
    expect((await page('/me', own.key).expect(303)).headers['location']).toBe(`/learners/${own.learnerId}`);
    expect((await page('/me', seed.registrar).expect(200)).text).toContain('按卡号查账户');
  });

  it('lead staff from a card to its account', async () => {
    const spaced = own.cardNumber.replace(/(\d{6})/, '$1 ');
    const answer = await page(`/cards?number=${encodeURIComponent(spaced)}`, seed.registrar).expect(303);
    expect(answer.headers['location']).toBe(`/learners/${own.learnerId}`);
    await page(`/cards?number=${own.cardNumber}`, own.key).expect(403);
  });

  it.each([
    ['140106000000010', '卡号应为 15 位数字且校验位正确'],
    ['1.40106E+14', '卡号变成了科学计数法'],
    [makeCardNumber('140105', 1), '卡号格式正确但未发放'],
  ])('say what is wrong with the card number %s', async (number, words) => {
    expect((await page(`/cards?number=${number}`, seed.registrar).expect(422)).text).toContain(words);
  });

  it('verify a serial however it is typed', async () => {
    const typed = ` ${certificate.slice(0, 4).toLowerCase()}-${certificate.slice(4)} `;
    const answer = await page(`/verify?serial=${encodeURIComponent(typed)}`).expect(303);
    const result = await page(answer.headers['location']!).expect(200);
    expect(result.text).toContain('证书有效');
    expect(result.headers['cache-control']).toBe('no-store');
  });

  it('show strangers no more of the name than its first character', async () => {
    for (const serial of [certificate, transcript]) {
      const { text } = await page(`/verify/${serial}`).expect(200);
      expect(text).toContain('张**');
      expect(text).not.toContain('张示例');
      expect(text).not.toContain(own.learnerId);
    }
  });

  it('explain a serial that is none, and ask for one that is empty', async () => {
    const wrong = certificate.slice(0, -1) + (certificate.endsWith('A') ? 'B' : 'A');
    expect((await page(`/verify/${wrong}`).expect(404)).text).toContain('最后一位是校验位');
    expect((await page('/verify?serial=').expect(200)).text).toContain('请填写编号');
    expect((await page(`/verify?serial=${'😀'.repeat(90)}`).expect(303)).headers['location']).toMatch(/^\/verify\//);
  });

  it('show the numbers of the balance, now and as of a day', async () => {
    const now = await page(`/learners/${own.learnerId}`, own.key).expect(200);
    const balance = (await seed.bank.get(`/api/v1/learners/${own.learnerId}/balance`, own.key).expect(200)).body as {
      credits: { available: string; awarded: string }[];
    };
    expect(balance.credits).toMatchObject([{ available: '0.05', awarded: '0.50' }]);
    expect(now.text).toContain('<strong>0.05</strong>');
    expect(now.text).toContain('place=awarded">0.50</a>');
    const before = await page(`/learners/${own.learnerId}?asOf=2024-06-09`, own.key).expect(200);
    expect(before.text).toContain('还没有学分');
  });

  it('go through all entries, a page at a time', async () => {
    const busy = await seed.learner('王示例');
    await seed.attendDays(await seed.course(), busy, 12);
    const first = (await page(`/learners/${busy.learnerId}`, busy.key).expect(200)).text;
    const next = /href="([^"]*cursor=[^"]*)#entries"/.exec(first)![1]!.replaceAll('&amp;', '&');
    const second = (await page(next, busy.key).expect(200)).text;
    const shown = [first, second].flatMap((html) =>
      [...html.matchAll(/\.(\d+)">#\d+ /g)].map((match) => Number(match[1])),
    );
    expect(shown).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(second).not.toContain('cursor=');
  });
});
