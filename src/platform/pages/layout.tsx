import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Bilingual } from '../problems/problem-spec.js';
import { Both } from './both.js';
import { STYLE } from './style.js';

/** A step on the way from the first page to this one. */
export interface Crumb {
  href: string;
  name: Bilingual;
}

/** What every page says of itself. Titles are Chinese first with English beside. */
export interface PageProps {
  title: string;
  titleEn: string;
  children: ComponentChildren;
  /** The pages above this one, the topmost first. */
  trail?: Crumb[];
  /** A paper to hand over, printed without the site around it; `void` for one that no longer counts. */
  paper?: 'valid' | 'void';
}

const NAVIGATION: Crumb[] = [
  { href: '/me', name: { zh: '我的学分', en: 'My credit' } },
  { href: '/verify', name: { zh: '验证', en: 'Verify' } },
];

/** Frame of every page: language, width, one style sheet, skip link, heading, footer. Works without JavaScript. */
function Layout({ title, titleEn, children, trail = [], paper }: PageProps) {
  return (
    <html lang="zh-Hans">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${title} · ${titleEn} · 学分银行`}</title>
        <link rel="stylesheet" href={STYLE.path} />
      </head>
      <body class={paper ? 'document' : undefined}>
        <a class="skip" href="#main">
          <Both zh="跳到正文" en="Skip to content" />
        </a>
        <header class="site">
          <div>
            <a class="bank" href="/">
              <Both zh="终身学习学分银行" en="Lifelong Learning Credit Bank" />
            </a>
            <nav aria-label="主导航 Main">
              {NAVIGATION.map(({ href, name }) => (
                <a key={href} href={href}>
                  <Both {...name} />
                </a>
              ))}
            </nav>
          </div>
        </header>
        {trail.length > 0 ? <Trail steps={trail} /> : null}
        <main id="main" tabIndex={-1} class={paper ? `sheet ${paper}` : undefined}>
          <h1>
            <Both zh={title} en={titleEn} />
          </h1>
          {children}
        </main>
        <footer class="site">
          <div>
            <p>
              <Both zh="每个数字都可追溯到记账行与规则。" en="Every number opens its story." />
            </p>
          </div>
        </footer>
      </body>
    </html>
  );
}

function Trail({ steps }: { steps: Crumb[] }) {
  return (
    <nav class="trail" aria-label="所在位置 Where you are">
      <ol>
        {steps.map(({ href, name }) => (
          <li key={href}>
            <a href={href}>
              <Both {...name} />
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** A whole page as HTML text. Everything in it is escaped by the renderer. */
export function renderPage(props: PageProps): string {
  return `<!doctype html>${renderToString(<Layout {...props} />)}`;
}
