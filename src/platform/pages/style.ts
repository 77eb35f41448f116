import { sha256Hex } from '../../kernel/canonical-json.js';

/** The one style sheet: readable at 320 px, 4.5:1 contrast, targets of 44 px, a print style on A4. */
const TEXT = `
:root { color-scheme: light; --ink: #1b1f24; --soft: #50575f; --line: #b8bfc6; --paper: #fff; --tint: #f2f5f8; --accent: #0b5394; --good: #14632f; --bad: #9a1b1b; }
* { box-sizing: border-box; }
html { font: 100%/1.6 system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif; color: var(--ink); background: var(--paper); }
body { margin: 0; }
main, header.site, footer.site { max-width: 60rem; margin: 0 auto; padding: 0.75rem 1rem; }
header.site { border-bottom: 3px solid var(--accent); }
header.site a { display: inline-block; min-height: 44px; padding: 0.5rem 0; font-weight: 700; text-decoration: none; }
footer.site { border-top: 1px solid var(--line); margin-top: 2rem; color: var(--soft); font-size: 0.9rem; }
a { color: var(--accent); }
a:focus-visible, button:focus-visible, input:focus-visible, summary:focus-visible { outline: 3px solid #b45309; outline-offset: 2px; }
[lang="en"] { color: var(--soft); font-size: 0.85em; font-weight: 400; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 0; background: var(--paper); padding: 0.5rem; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0.5rem 0 1rem; }
h2 { font-size: 1.2rem; margin: 1.75rem 0 0.5rem; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: var(--soft); padding-bottom: 0.25rem; }
th, td { text-align: left; vertical-align: top; padding: 0.45rem 0.5rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
thead th { background: var(--tint); }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
dl.facts { display: grid; grid-template-columns: minmax(7rem, 14rem) 1fr; gap: 0.25rem 1rem; margin: 0; }
dl.facts dt { color: var(--soft); }
dl.facts dd { margin: 0; overflow-wrap: anywhere; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 0.75rem; padding: 0; margin: 0; list-style: none; }
.figures li { border: 1px solid var(--line); border-radius: 6px; padding: 0.6rem 0.75rem; background: var(--tint); }
.figures strong { display: block; font-size: 1.6rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.status { border-left: 6px solid var(--accent); background: var(--tint); padding: 0.6rem 0.9rem; font-weight: 700; }
.status.good { border-color: var(--good); color: var(--good); }
.status.bad { border-color: var(--bad); color: var(--bad); }
form.lookup { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: end; }
label { display: block; }
input { font: inherit; min-height: 44px; padding: 0.3rem 0.6rem; border: 1px solid var(--ink); border-radius: 4px; width: 100%; max-width: 24rem; }
button, .button { font: inherit; min-height: 44px; padding: 0.4rem 1rem; border: 0; border-radius: 4px; background: var(--accent); color: #fff; text-decoration: none; display: inline-block; cursor: pointer; }
nav.pages a { display: inline-block; min-height: 44px; padding: 0.5rem 1rem 0.5rem 0; }
code, .hash { font-family: ui-monospace, Consolas, monospace; font-size: 0.9em; overflow-wrap: anywhere; }
details summary { min-height: 44px; padding: 0.5rem 0; cursor: pointer; }
@media (max-width: 30rem) {
  table.stack thead { position: absolute; left: -999rem; }
  table.stack, table.stack tbody, table.stack tr, table.stack td, table.stack th[scope="row"] { display: block; width: 100%; text-align: left; white-space: normal; }
  table.stack tr { border-bottom: 2px solid var(--line); padding: 0.4rem 0; }
  table.stack td, table.stack th[scope="row"] { border: 0; padding: 0.1rem 0; }
  table.stack td[data-label]::before { content: attr(data-label) "："; color: var(--soft); }
  dl.facts { grid-template-columns: 1fr; gap: 0; }
  dl.facts dd { margin-bottom: 0.5rem; }
}
@page { size: A4; margin: 18mm; }
@media print {
  html { font-size: 10.5pt; }
  header.site a, a { color: inherit; text-decoration: none; }
  form, nav, .skip, .screen { display: none !important; }
  main, header.site, footer.site { max-width: none; padding: 0; }
  h2, tr { break-inside: avoid; }
  thead { display: table-header-group; }
}
`;

/** Style sheet and its address; the address changes with the content, so it may be cached for ever. */
export const STYLE = { text: TEXT, path: `/assets/style-${sha256Hex(TEXT).slice(0, 12)}.css` };
