import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { STYLE } from './style.js';

/** What every page says of itself. Titles are Chinese first with English beside. */
export interface PageProps {
  title: string;
  titleEn: string;
  children: ComponentChildren;
}

/** Frame of every page: language, width, one style sheet, skip link, heading, footer. Works without JavaScript. */
function Layout({ title, titleEn, children }: PageProps) {
  return (
    <html lang="zh-Hans">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${title} · ${titleEn} · 学分银行`}</title>
        <link rel="stylesheet" href={STYLE.path} />
      </head>
      <body>
        <a class="skip" href="#main">
          跳到正文 <span lang="en">Skip to content</span>
        </a>
        <header class="site">
          <a href="/">
            终身学习学分银行 <span lang="en">Lifelong Learning Credit Bank</span>
          </a>
        </header>
        <main id="main">
          <h1>
            {title} <span lang="en">{titleEn}</span>
          </h1>
          {children}
        </main>
        <footer class="site">
          <p>
            每个数字都可追溯到记账行与规则。<span lang="en">Every number opens its story.</span>
          </p>
        </footer>
      </body>
    </html>
  );
}

/** A whole page as HTML text. Everything in it is escaped by the renderer. */
export function renderPage(props: PageProps): string {
  return `<!doctype html>${renderToString(<Layout {...props} />)}`;
}
