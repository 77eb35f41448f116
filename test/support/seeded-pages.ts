import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from './browser.js';
import { Seed, type SeededLearner } from './seed.js';

/** Stored text that would do harm anywhere it is not escaped. */
export const HARMFUL_TITLE = `拍照<script>document.title="hacked"</script>'; drop table posting; --`;
export const HARMFUL_NAME = `王<img src=x onerror=alert(1)>"`;

/** One page: what it is, its address, and the key of somebody who may see it. */
export interface SeededPage {
  name: string;
  path: string;
  key: string | null;
}

interface Story {
  learner: SeededLearner;
  /** Entry of a visit that a cap cut. */
  cutVisit: string;
  certificate: string;
  pages: SeededPage[];
}

/** A bank that listens, with something of every kind in it, and a browser to look at it with. */
export class SeededPages {
  private constructor(
    readonly seed: Seed,
    readonly base: string,
    readonly story: Story,
    private readonly browser: Browser,
  ) {}

  static async start(): Promise<SeededPages> {
    const [seed, browser] = await Promise.all([Seed.start(), launchBrowser()]);
    const story = await tell(seed);
    await seed.bank.app.listen(0, '127.0.0.1');
    return new SeededPages(seed, await seed.bank.app.getUrl(), story, browser);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.seed.stop();
  }

  /** Opens a page with a key, or as a stranger, and gives what `look` finds. */
  async open<T>(
    { path, key }: Pick<SeededPage, 'path' | 'key'>,
    look: (page: Page) => Promise<T>,
    options: BrowserContextOptions = {},
  ): Promise<T> {
    const headers = key ? { extraHTTPHeaders: { Authorization: `Bearer ${key}` } } : {};
    const context = await this.browser.newContext({ ...headers, ...options });
    try {
      const page = await context.newPage();
      await page.goto(this.base + path);
      return await look(page);
    } finally {
      await context.close();
    }
  }
}

async function tell(seed: Seed): Promise<Story> {
  const learner = await seed.learner(HARMFUL_NAME);
  const [first] = await seed.attendDays(await seed.course(), learner, 6);
  const long = await seed.course({ title: HARMFUL_TITLE, plannedMinutes: 150 });
  const afternoon = { startsAt: '2024-06-02T14:00:00+08:00', minutes: 150 };
  const cutVisit = await seed.attend(await seed.session(long, afternoon), learner, 150);
  const completion = await passCourse(seed, learner);
  const reversal = await seed.reverse(first!);
  const conversion = await seed.convert(learner, 'leisure', 'vocational', '0.04');
  const certificate = await seed.certificate(learner, 'community-learner');
  const transcript = await seed.transcript(learner);
  const account = `/learners/${learner.learnerId}`;
  const mine = (name: string, path: string): SeededPage => ({ name, path, key: learner.key });
  const open = (name: string, path: string): SeededPage => ({ name, path, key: null });
  const pages = [
    open('home', '/'),
    open('verify', '/verify'),
    open('verify, empty', '/verify?serial='),
    open('verification of a certificate', `/verify/${certificate}`),
    open('verification of a transcript', `/verify/${transcript}`),
    open('unknown serial', '/verify/C0000'),
    { name: 'account search', path: '/me', key: seed.registrar },
    { name: 'account search, wrong number', path: '/cards?number=1', key: seed.registrar },
    { name: 'no account', path: '/me', key: seed.provider },
    mine('statement', account),
    { name: 'statement for staff', path: account, key: seed.auditor },
    mine('statement of a past day', `${account}?asOf=2024-06-09`),
    mine('statement, wrong day', `${account}?asOf=2030-01-01`),
    mine('lots', `${account}/credits/leisure`),
    mine('lots in certificates', `${account}/credits/leisure?place=awarded`),
    mine('study time', `${account}/study-time/leisure`),
    mine('study time with a course not passed', `${account}/study-time/vocational`),
    mine('visit', `/entries/${cutVisit}`),
    mine('visit undone', `/entries/${first}`),
    mine('completion', `/entries/${completion}`),
    mine('reversal', `/entries/${reversal}`),
    mine('conversion', `/entries/${conversion}`),
    mine('award', `/entries/${learner.learnerId}.13`),
    mine('certificate', `/certificates/${certificate}`),
    mine('transcript', `/transcripts/${transcript}`),
    mine('not found', '/entries/1'),
    open('problem catalogue', '/problems'),
    open('policy reference', '/policy/reference'),
    open('API', '/api/docs'),
  ];
  return { learner, cutVisit, certificate, pages };
}

/** One gated course passed, another one not. Gives the entry of the first. */
async function passCourse(seed: Seed, learner: SeededLearner): Promise<string> {
  const gated = { creditType: 'vocational', activityType: 'VOCATIONAL_COURSE' };
  const passed = await seed.course({ ...gated, title: '电工基础', plannedSessions: 1 });
  const unfinished = await seed.course({ ...gated, title: '养老护理', plannedSessions: 9 });
  await seed.attend(await seed.session(passed, { startsAt: '2024-05-02T14:00:00+08:00' }), learner);
  const completion = await seed.complete(passed, learner, 82);
  await seed.attend(await seed.session(unfinished, { startsAt: '2024-05-03T14:00:00+08:00' }), learner);
  return completion;
}
