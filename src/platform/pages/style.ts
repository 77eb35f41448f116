import { sha256Hex } from '../../kernel/canonical-json.js';

/**
 * The one style sheet: readable at 320 px, contrast of 4.5:1 and more, targets of 44 px for what matters and 24 px for the
 * rest, paper of A4 upright. Tables become blocks with named values where they would not fit.
 */
const TEXT = `
:root { color-scheme: light; --ink: #1b1f24; --soft: #4a525b; --line: #c6cdd4; --paper: #fff; --tint: #f2f6fa; --accent: #0b4f8a; --deep: #083a66; --good: #14602f; --good-tint: #eaf5ee; --bad: #951a1a; --bad-tint: #fbeeee; --focus: #ffbf47; }
* { box-sizing: border-box; }
html { font: 106.25%/1.6 system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif; color: var(--ink); background: var(--paper); -webkit-text-size-adjust: 100%; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; }
main, .trail, header.site > div, footer.site > div { width: 100%; max-width: 62rem; margin: 0 auto; padding: 0.75rem 1rem; }
main { flex: 1; padding-bottom: 2.5rem; }
main:focus { outline: 0; }
header.site { background: var(--deep); border-bottom: 4px solid #c9a24a; }
header.site > div { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; column-gap: 1.5rem; padding-block: 0.35rem; }
header.site a { color: #fff; display: inline-block; min-height: 44px; padding: 0.45rem 0; text-decoration: none; }
header.site a:hover { text-decoration: underline; }
header.site .bank { font-weight: 700; font-size: 1.1rem; }
header.site nav { display: flex; flex-wrap: wrap; column-gap: 1.5rem; }
footer.site { background: var(--tint); border-top: 1px solid var(--line); color: var(--soft); font-size: 0.9rem; }
a { color: var(--accent); text-underline-offset: 0.15em; }
a:hover { text-decoration-thickness: 2px; }
a:focus-visible, button:focus-visible, input:focus-visible, summary:focus-visible { outline: 3px solid var(--ink); outline-offset: 1px; box-shadow: 0 0 0 6px var(--focus); }
[lang="en"] { color: var(--soft); font-size: 0.82em; font-weight: 400; }
a [lang="en"], button [lang="en"], .button [lang="en"], .status [lang="en"], .good [lang="en"], .bad [lang="en"], .mistake [lang="en"], .tag [lang="en"] { color: inherit; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--paper); padding: 0.6rem 1rem; z-index: 1; }
.trail { padding-bottom: 0; }
.trail ol { display: flex; flex-wrap: wrap; list-style: none; margin: 0; padding: 0; }
.trail a { display: inline-block; min-height: 32px; padding: 0.2rem 0; }
.trail li:not(:last-child)::after { content: "›"; padding: 0 0.5rem; color: var(--soft); }
h1 { font-size: 1.65rem; line-height: 1.3; margin: 0.75rem 0 1rem; }
h2 { font-size: 1.25rem; line-height: 1.35; margin: 2.25rem 0 0.6rem; }
h3 { font-size: 1.05rem; margin: 1.5rem 0 0.4rem; }
p { margin: 0.5rem 0; }
ul, ol { padding-left: 1.25rem; margin: 0.5rem 0; }
li { margin: 0.2rem 0; }
main > p > [lang="en"]:last-child, main > ul > li > [lang="en"]:last-child, .steps > li > [lang="en"], section > p > [lang="en"]:last-child { display: block; line-height: 1.45; }
.lead { font-size: 1.1rem; max-width: 46rem; }
.soft { color: var(--soft); font-size: 0.88em; }
.nowrap { white-space: nowrap; }
.good { color: var(--good); }
.bad { color: var(--bad); }
.empty { background: var(--tint); border-radius: 6px; padding: 0.8rem 1rem; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.95rem; }
caption { text-align: left; color: var(--soft); padding-bottom: 0.35rem; font-size: 0.92rem; }
th, td { text-align: left; vertical-align: top; padding: 0.55rem 0.6rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
thead th { background: var(--tint); border-bottom: 2px solid var(--accent); font-size: 0.9rem; line-height: 1.35; }
thead th [lang="en"], tbody th [lang="en"], td.number [lang="en"] { display: block; }
thead th { overflow-wrap: normal; }
tbody th { font-weight: 600; }
tfoot th, tfoot td { border-top: 2px solid var(--ink); border-bottom: 0; background: var(--tint); }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td a, th a, dd a { display: inline-block; min-height: 24px; min-width: 24px; }
td.number a { text-align: right; }
ul.inline { list-style: none; margin: 0; padding: 0; }
dl.facts { margin: 0.5rem 0; }
dl.facts > div { display: grid; grid-template-columns: 15rem 1fr; gap: 0.25rem 1rem; padding: 0.4rem 0; border-bottom: 1px solid var(--line); }
dl.facts > dt { margin-top: 0.5rem; }
dl.facts dt { color: var(--soft); }
dl.facts dd { margin: 0; overflow-wrap: anywhere; }
.holder { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 1rem; margin: 0 0 1rem; }
.holder strong { font-size: 1.2rem; overflow-wrap: anywhere; }
.tag { border: 1px solid currentColor; border-radius: 4px; padding: 0 0.5rem; font-size: 0.9rem; color: var(--good); }
.tag.frozen, .tag.closed { color: var(--bad); }
.balance { background: var(--tint); border-left: 6px solid var(--accent); padding: 0.75rem 1.1rem 0.9rem; }
.balance h2 { margin-top: 0; font-size: 1.05rem; }
.as-of strong { white-space: nowrap; }
.as-of { display: flex; flex-wrap: wrap; gap: 0.1rem 2rem; margin: 0.75rem 0 0; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 0.75rem; padding: 0; margin: 0.5rem 0; list-style: none; }
.figures li { border: 1px solid var(--line); border-top: 4px solid var(--accent); background: var(--paper); padding: 0.5rem 0.8rem 0.7rem; margin: 0; }
.figures li.chosen { border-top-color: #c9a24a; background: var(--tint); }
.figures a { display: block; min-height: 44px; }
.figures strong { display: block; font-size: 1.6rem; line-height: 1.25; font-variant-numeric: tabular-nums; }
.figures strong.time { font-size: 1.2rem; }
.figures p { margin: 0.2rem 0 0; font-size: 0.9rem; color: var(--soft); }
.figures.hero { grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); }
.figures.hero strong { font-size: 3.1rem; line-height: 1.15; }
.status { border-left: 8px solid var(--accent); background: var(--tint); padding: 0.6rem 1rem; margin: 0.5rem 0 1rem; }
.status.good { border-color: var(--good); background: var(--good-tint); color: var(--good); font-weight: 600; }
.status.bad { border-color: var(--bad); background: var(--bad-tint); color: var(--bad); font-weight: 600; }
.status a { color: inherit; display: inline-block; min-height: 24px; }
.status p { margin: 0.1rem 0; }
.verdict p:first-child, .revoked p:first-child { font-size: 2.2rem; line-height: 1.3; font-weight: 700; }
.mistakes { border: 4px solid var(--bad); padding: 0.6rem 1rem; margin: 0.5rem 0 1rem; }
.mistakes h2 { margin: 0; }
.mistakes a, .mistake { color: var(--bad); font-weight: 600; }
.mistake { margin: 0.2rem 0; }
form.lookup { display: flex; flex-wrap: wrap; gap: 0.6rem; align-items: end; margin: 1rem 0; }
form.lookup > div { flex: 0 1 22rem; min-width: 0; }
label { display: block; font-weight: 600; }
.hint { margin: 0 0 0.3rem; color: var(--soft); font-size: 0.9rem; }
input { font: inherit; min-height: 46px; padding: 0.3rem 0.6rem; border: 2px solid var(--ink); border-radius: 4px; width: 100%; max-width: 22rem; background: var(--paper); color: var(--ink); }
input[aria-invalid] { border-color: var(--bad); }
button, .button { font: inherit; font-weight: 600; min-height: 46px; padding: 0.5rem 1.1rem; border: 2px solid var(--accent); border-radius: 4px; background: var(--accent); color: #fff; text-decoration: none; display: inline-block; cursor: pointer; }
button:hover, .button:hover { background: var(--deep); border-color: var(--deep); color: #fff; }
.button.plain { background: var(--paper); color: var(--accent); }
.button.plain:hover { background: var(--tint); color: var(--deep); }
.doors { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1rem; margin: 1.25rem 0; }
.doors section { border: 1px solid var(--line); border-top: 4px solid var(--accent); padding: 0.25rem 1.1rem 0.9rem; }
.doors h2 { margin-top: 0.75rem; }
.links { list-style: none; padding: 0; }
.links a { display: inline-block; min-height: 32px; padding: 0.2rem 0; }
.award { margin-bottom: 1.5rem; }
progress { width: 100%; height: 0.9rem; accent-color: var(--accent); }
.steps li { padding-left: 0.25rem; font-variant-numeric: tabular-nums; }
pre { margin: 0.6rem 0 1.2rem; padding: 0.8rem 1rem; background: var(--tint); line-height: 1.5; }
pre code { overflow-wrap: normal; }
code, .hash, .serial { font-family: ui-monospace, "DejaVu Sans Mono", Consolas, monospace; font-size: 0.92em; overflow-wrap: anywhere; }
details summary { min-height: 44px; padding: 0.5rem 0; cursor: pointer; overflow-wrap: anywhere; }
td details summary { min-height: 24px; padding: 0; }
.document h1 { text-align: center; font-size: 2.1rem; letter-spacing: 0.06em; margin: 0.5rem 0 0.75rem; }
.document h1 [lang="en"] { display: block; font-size: 1rem; letter-spacing: 0; }
main.sheet { position: relative; border: 1px solid var(--line); outline: 3px double var(--deep); outline-offset: -10px; padding: 1.75rem 2.25rem 2.25rem; margin-block: 1.25rem 2rem; width: calc(100% - 2rem); overflow: hidden; }
.sheet .issuer { text-align: center; font-weight: 600; margin-top: 0; }
.sheet .issuer [lang="en"] { display: block; }
.attests { font-size: 1.1rem; margin: 1rem 0; }
.sheet.void::after { content: "已撤销 REVOKED"; position: absolute; inset: 40% -20% auto -20%; text-align: center; font-size: 5rem; font-weight: 700; color: var(--bad); opacity: 0.13; transform: rotate(-24deg); pointer-events: none; white-space: nowrap; }
@media screen and (max-width: 54rem) {
  table.stack thead { position: absolute; left: -999rem; }
  table.stack, table.stack tbody, table.stack tfoot, table.stack caption, table.stack tr, table.stack td, table.stack th[scope="row"] { display: block; width: 100%; text-align: left; white-space: normal; }
  table.stack tr { border: 1px solid var(--line); border-left: 4px solid var(--accent); padding: 0.35rem 0.7rem; margin-bottom: 0.6rem; }
  table.stack td, table.stack th[scope="row"] { border: 0; padding: 0.2rem 0; background: none; }
  table.stack td[data-label] { display: flex; flex-wrap: wrap; gap: 0 0.75rem; justify-content: space-between; }
  table.stack td[data-label]::before { content: attr(data-label); color: var(--soft); font-size: 0.85rem; }
  table.stack td[data-label] > div { text-align: right; margin-left: auto; min-width: 0; }
  table.stack tfoot td[data-label]:has(> div:empty) { display: none; }
  table.stack tfoot tr { background: var(--tint); }
  dl.facts > div { grid-template-columns: 1fr; gap: 0; }
  main.sheet { padding: 1.5rem 1.3rem 1.75rem; width: calc(100% - 1rem); }
  .sheet.void::after { font-size: 1.8rem; }
  .figures.hero strong { font-size: 2.6rem; }
  h1 > [lang="en"], h2 > [lang="en"], h3 > [lang="en"], caption > [lang="en"], label > [lang="en"] { display: block; }
  tbody th [lang="en"], td.number [lang="en"] { display: inline; }
}
@media screen and (max-width: 26rem) {
  header.site > div { padding-block: 0.2rem; }
  header.site .bank [lang="en"] { display: block; margin-top: -0.35rem; }
  .figures { grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); }
  h1 { font-size: 1.4rem; }
}
@page { size: A4 portrait; margin: 16mm 15mm; }
@media print {
  html { font-size: 10pt; line-height: 1.45; }
  body { display: block; }
  a { color: inherit; text-decoration: none; }
  form, nav, .skip, .screen { display: none !important; }
  main, header.site > div, footer.site > div { max-width: none; padding: 0; }
  header.site { background: none; border-bottom: 2pt solid #000; }
  header.site a { color: #000; min-height: 0; }
  footer.site { background: none; }
  body.document header.site, body.document footer.site { display: none; }
  main.sheet { border: 0; outline: 0; padding: 0; margin: 0; width: 100%; overflow: visible; }
  .sheet.void::after { position: fixed; }
  dl.facts > div { grid-template-columns: 13rem 1fr; }
  .hash { font-size: 0.82em; }
  h2, h3 { break-after: avoid; margin-top: 1.2rem; }
  tr, .proof, .status, .figures li, dl.facts > div { break-inside: avoid; }
  thead { display: table-header-group; }
  th, td { padding: 0.25rem 0.35rem; }
  .status, .balance, thead th, tfoot td, tfoot th { print-color-adjust: exact; }
}
`;

/** Style sheet and its address; the address changes with the content, so it may be cached for ever. */
export const STYLE = { text: TEXT, path: `/assets/style-${sha256Hex(TEXT).slice(0, 12)}.css` };
