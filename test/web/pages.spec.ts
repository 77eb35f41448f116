import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { SeededPages, type SeededPage } from '../support/seeded-pages.js';

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What is wrong with a page, by what was looked at. Every list should be empty. */
interface Findings {
  sideways: string[];
  violations: string[];
  parts: string[];
  small: string[];
  scripts: string[];
}

/** Runs in the browser: elements that stand out of the window to the right. */
function sideways(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  return [...document.querySelectorAll('body *')]
    .filter((element) => element.getBoundingClientRect().right > clientWidth)
    .slice(0, 3)
    .map((element) => element.outerHTML.slice(0, 80));
}

/** Runs in the browser: parts that every page has once, and those that are missing. */
function missingParts(): string[] {
  const once = ['h1', 'main#main', 'header.site', 'footer.site', 'nav[aria-label]', 'a.skip[href="#main"]'];
  return [
    ...once.filter((part) => document.querySelectorAll(part).length === 0),
    ...(document.querySelectorAll('h1, main').length === 2 ? [] : ['one h1, one main']),
    ...(document.title.includes('学分银行') ? [] : ['title']),
    ...(document.documentElement.lang === 'zh-Hans' ? [] : ['lang']),
    ...[...document.querySelectorAll('table:not(:has(caption)), tbody tr:not(:has(th[scope="row"]))')].map((element) =>
      element.outerHTML.slice(0, 80),
    ),
  ];
}

/** Runs in the browser: what is too small to be touched. Links within a sentence may be as high as its line. */
function smallTargets(): string[] {
  return [...document.querySelectorAll('a, button, input, summary')]
    .filter((element) => element.getClientRects().length > 0 && !element.matches('.skip, p:not(.screen) > a'))
    .filter((element) => {
      const least = element.matches('button, .button, input, .figures a') ? 44 : 24;
      return element.getBoundingClientRect().height < least;
    })
    .map((element) => element.outerHTML.slice(0, 80));
}

async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const options = JSON.stringify({ runOnly: STANDARDS, resultTypes: ['violations'] });
  const found = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>(
    `axe.run(${options}).then((results) => results.violations)`,
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

async function lookAt(page: Page): Promise<Findings> {
  return {
    sideways: await page.evaluate(sideways),
    parts: await page.evaluate(missingParts),
    small: await page.evaluate(smallTargets),
    scripts: await page.evaluate(() => [...document.scripts].map((script) => script.outerHTML)),
    violations: await violationsOn(page),
  };
}

describe.each([
  ['320 px wide, as 1280 px at 400 %', 320],
  ['1280 px wide', 1280],
])('every page, %s,', (_, width) => {
  let bank: SeededPages;
  const findings = new Map<string, Findings>();
  beforeAll(async () => {
    bank = await SeededPages.start();
    for (const page of bank.story.pages) {
      findings.set(page.name, await bank.open(page, lookAt, { viewport: { width, height: 720 } }));
    }
  });
  afterAll(() => bank?.stop());

  /** Pages on which something was found. */
  function wrong(fact: keyof Findings): Record<string, string[]> {
    expect(findings.size).toBe(bank.story.pages.length);
    return Object.fromEntries(
      [...findings].map(([name, found]) => [name, found[fact]] as const).filter(([, list]) => list.length > 0),
    );
  }

  it('needs no sideways scrolling', () => {
    expect(wrong('sideways')).toEqual({});
  });

  it('keeps WCAG 2.2 AA as far as axe can tell', () => {
    expect(wrong('violations')).toEqual({});
  });

  it('has one heading, landmarks, a title, a language, captions and row heads', () => {
    expect(wrong('parts')).toEqual({});
  });

  it('gives what matters 44 px to be touched and everything else 24 px', () => {
    expect(wrong('small')).toEqual({});
  });

  it('holds no script', () => {
    expect(wrong('scripts')).toEqual({});
  });

  it('says the same without JavaScript', async () => {
    const read = (page: Page) => page.innerText('main');
    const some = bank.story.pages.filter(({ name }: SeededPage) => ['home', 'statement', 'visit'].includes(name));
    for (const page of some) {
      const text = await bank.open(page, read, { viewport: { width, height: 720 }, javaScriptEnabled: false });
      expect(text.length).toBeGreaterThan(200);
      expect(text).toBe(await bank.open(page, read, { viewport: { width, height: 720 } }));
    }
  });
});
