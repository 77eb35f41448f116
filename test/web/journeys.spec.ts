import { HARMFUL_NAME, HARMFUL_TITLE, SeededPages } from '../support/seeded-pages.js';

describe('in a browser', () => {
  let bank: SeededPages;
  beforeAll(async () => {
    bank = await SeededPages.start();
  });
  afterAll(() => bank?.stop());

  const account = () => ({ path: `/learners/${bank.story.learner.learnerId}`, key: bank.story.learner.key });
  const stranger = (path: string) => ({ path, key: null });

  it('the balance leads to the lot, the posting, the session and the rule', async () => {
    const signedIn = { httpCredentials: { username: 'anybody', password: account().key }, javaScriptEnabled: false };
    await bank.open(
      stranger('/'),
      async (page) => {
        await page.getByRole('link', { name: '查看我的学分 My credit' }).click();
        expect(page.url()).toBe(bank.base + account().path);
        const balance = page.locator('.hero a').first();
        expect(await balance.innerText()).toContain('0.16');
        await balance.click();
        expect(await page.locator('tfoot').innerText()).toContain('0.16');
        await page.getByRole('link', { name: '累计认定' }).click();
        await page.getByRole('row', { name: /拍照/ }).getByRole('link', { name: /批次/ }).click();
        const story = await page.innerText('main');
        expect(story).toContain('2024-06-02 14:00 至 16:30');
        expect(story).toContain('办学机构提交 2 小时 30 分');
        expect(story).toContain('每次上限 2 小时，截去 30 分');
        expect(story).toContain('先前余下 324 秒 + 本次 7200 秒 = 7524 秒');
        expect(story).toContain('15 × 486 秒 = 7290 秒 → 15 × 0.01 = 0.15 学分');
        expect(story).toContain('18 课时 × 45 分钟 = 1 学分；486 秒 = 0.01 学分');
        expect(story).toContain('taiyuan-default@2024.1');
        expect(await page.getByRole('row', { name: /学分发放（银行方）/ }).innerText()).toContain('0.15 学分');
      },
      signedIn,
    );
  });

  it('study time leads to the visits it adds up from', async () => {
    await bank.open(account(), async (page) => {
      const time = page.getByRole('table').filter({ hasText: '待折算' }).getByRole('link').first();
      expect(await time.innerText()).toContain('9 小时 30 分');
      await time.click();
      expect(await page.locator('tfoot').innerText()).toContain('9 小时 30 分');
      expect(await page.innerText('main')).toContain('再学 5 分 6 秒 可得 0.01 学分');
    });
  });

  it('an entry and the one that undid it lead to each other', async () => {
    await bank.open(account(), async (page) => {
      await page.getByRole('link', { name: /#11 冲正/ }).click();
      await page.getByRole('link', { name: /被它冲正的分录 #1/ }).click();
      expect(await page.innerText('main')).toContain('已冲正，不再计入');
      await page.getByRole('link', { name: /冲正它的分录 #11/ }).click();
      expect(await page.innerText('h1')).toContain('分录 #11');
    });
  });

  it('stored HTML and SQL is text', async () => {
    await bank.open({ ...account(), path: `/entries/${bank.story.cutVisit}` }, async (page) => {
      expect(await page.innerText('main')).toContain(HARMFUL_TITLE);
      expect(await page.title()).not.toContain('hacked');
    });
    await bank.open(account(), async (page) => {
      expect(await page.innerText('main')).toContain(HARMFUL_NAME);
      expect(await page.locator('main img').count()).toBe(0);
    });
  });

  it('the keyboard alone is enough to verify a paper', async () => {
    await bank.open(stranger('/'), async (page) => {
      const focused = (what: 'id' | 'className') => page.evaluate((name) => document.activeElement?.[name] ?? '', what);
      await page.keyboard.press('Tab');
      expect(await focused('className')).toBe('skip');
      await page.keyboard.press('Enter');
      for (let steps = 0; steps < 10 && (await focused('id')) !== 'serial'; steps += 1) {
        await page.keyboard.press('Tab');
        expect(await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle)).toBe('solid');
      }
      await page.keyboard.type(bank.story.certificate.toLowerCase());
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/verify\/c/);
      expect(await page.innerText('h1')).toContain('验证结果：证书有效');
    });
  });

  it('a certificate prints upright on A4 without the site around it', async () => {
    const sheet = { viewport: { width: 680, height: 1000 } };
    await bank.open(
      { ...account(), path: `/certificates/${bank.story.certificate}` },
      async (page) => {
        await page.emulateMedia({ media: 'print' });
        expect((await page.screenshot({ fullPage: true })).length).toBeGreaterThan(10_000);
        expect(await page.locator('header.site').isVisible()).toBe(false);
        expect(await page.locator('thead').first().isVisible()).toBe(true);
        expect(await page.innerText('main')).toContain(`/verify/${bank.story.certificate}`);
        const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
        expect(/\/MediaBox\s*\[0 0 (\d+)[\d.]* (\d+)/.exec(paper)?.slice(1)).toEqual(['594', '841']);
      },
      sheet,
    );
  });

  it('a certificate turns from valid to revoked at once', async () => {
    const { certificate } = bank.story;
    await bank.open(stranger(`/verify/${certificate}`), async (page) => {
      expect(await page.innerText('.verdict')).toContain('有效');
      await bank.seed.revoke(certificate, '材料不实');
      await page.reload();
      const verdict = await page.innerText('.verdict');
      expect(verdict).toContain('已撤销');
      expect(verdict).toContain('材料不实');
    });
    await bank.open(account(), async (page) => {
      expect(await page.getByRole('row', { name: certificate }).first().innerText()).toContain('已撤销');
      expect(await page.locator('.hero a').first().innerText()).toContain('0.66');
    });
  });
});
