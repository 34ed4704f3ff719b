//===- HtmlAssets.cpp - Style and script of the HTML report ---------------===//
// See the header. Without the script the page shows everything; the script adds
// the filters.
//===----------------------------------------------------------------------===//
#include "driver/formats/HtmlAssets.h"

namespace threadlint {

const char *const HtmlStyle = R"css(
:root {
  color-scheme: light dark;
  --back: #f6f7f9; --card: #fff; --text: #1c2128; --dim: #626b77;
  --line: #dde1e7; --code: #fafbfc; --hit: #fff6d6; --mark: #ffd75e;
  --accent: #2457c5; --accent-back: #e8eefb; --warn: #a04b00; --warn-back: #fff1e3;
  --bad: #b3202c; --bad-back: #fdecee; --good: #14703a; --good-back: #e7f6ec;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #14171b; --card: #1c2025; --text: #e3e7ec; --dim: #98a2ae;
    --line: #32383f; --code: #171a1f; --hit: #36301a; --mark: #79601a;
    --accent: #8fb3ff; --accent-back: #232f48; --warn: #ffb27a; --warn-back: #3a2817;
    --bad: #ff9aa2; --bad-back: #421f23; --good: #86d8a3; --good-back: #18321f;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text);
  font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
code, .lines, figcaption, .where { font-family: ui-monospace, SFMono-Regular, Menlo,
  Consolas, "DejaVu Sans Mono", monospace; font-size: 13px; }
a { color: var(--accent); }
header, main, .problems, footer { max-width: 1280px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 28px; padding-bottom: 16px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; }
header p { margin: 0; color: var(--dim); overflow-wrap: anywhere; }
main { display: grid; grid-template-columns: 270px minmax(0, 1fr); gap: 28px; align-items: start; }
aside { position: sticky; top: 16px; max-height: calc(100vh - 32px); overflow: auto; }
aside h2 { font-size: 12px; text-transform: uppercase; letter-spacing: .06em;
  color: var(--dim); margin: 18px 0 6px; }
aside ul { list-style: none; margin: 0; padding: 0; }
aside input { width: 100%; padding: 7px 10px; font: inherit; color: inherit;
  background: var(--card); border: 1px solid var(--line); border-radius: 6px; }
.choice { display: flex; justify-content: space-between; gap: 10px; width: 100%; padding: 4px 8px;
  font: inherit; font-size: 14px; text-align: left; color: var(--text); background: none;
  border: 0; border-radius: 6px; overflow-wrap: anywhere; }
.choice:enabled { cursor: pointer; }
.choice:enabled:hover { background: var(--line); }
.choice[aria-pressed=true] { background: var(--accent-back); color: var(--accent); font-weight: 600; }
.count { color: var(--dim); font-weight: normal; font-variant-numeric: tabular-nums; }
.tools { display: flex; gap: 14px; margin-top: 16px; }
.tools button { padding: 0; font: inherit; font-size: 13px; color: var(--accent);
  background: none; border: 0; cursor: pointer; text-decoration: underline; }
.problems { margin-bottom: 20px; }
.problems > div { background: var(--bad-back); border: 1px solid var(--bad);
  border-radius: 8px; padding: 14px 18px; }
.problems h2 { margin: 0 0 4px; font-size: 17px; color: var(--bad); }
.problems p { margin: 0; }
.problems details { margin-top: 10px; }
.problems pre { margin: 6px 0 0; padding: 10px 12px; overflow: auto; background: var(--code);
  border-radius: 6px; font-size: 13px; }
.clean { background: var(--good-back); color: var(--good); border-radius: 8px; padding: 18px; margin: 0; }
.file { margin: 0 0 26px; }
.file h2 { margin: 0 0 8px; font: 600 14px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas,
  "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
.finding { background: var(--card); border: 1px solid var(--line); border-radius: 8px; margin-bottom: 10px; }
.finding:target { border-color: var(--accent); }
.finding > summary { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 4px 12px;
  align-items: baseline; padding: 11px 16px; cursor: pointer; list-style: none; }
.finding > summary::-webkit-details-marker { display: none; }
.finding > summary:hover .message { text-decoration: underline dotted; }
.where { color: var(--dim); min-width: 4.5ch; text-align: right; }
.message { font-weight: 600; overflow-wrap: anywhere; }
.message code, .step code { font-weight: 600; }
.check { font-size: 12px; white-space: nowrap; color: var(--warn); background: var(--warn-back);
  padding: 2px 8px; border-radius: 10px; }
.body { padding: 0 16px 14px; }
.body > p { margin: 10px 0 0; }
.fixtitle { color: var(--good); }
.wayout { background: var(--good-back); border-radius: 6px; padding: 8px 12px; }
.wayout b { color: var(--good); margin-right: 6px; }
figure { margin: 10px 0 0; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
figcaption { padding: 3px 12px; color: var(--dim); background: var(--back);
  border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.code { overflow-x: auto; background: var(--code); }
.lines { min-width: 100%; width: max-content; padding: 4px 0; line-height: 1.55; }
.line { display: flex; padding-right: 16px; }
.line span { flex: none; width: 52px; padding-right: 14px; text-align: right;
  color: var(--dim); user-select: none; }
.line code { white-space: pre; tab-size: 4; }
.gap { height: 9px; margin: 5px 0; background: var(--back); border: solid var(--line); border-width: 1px 0; }
.hit { background: var(--hit); }
mark { background: var(--mark); color: inherit; border-radius: 3px; }
.old { background: var(--bad-back); } .new { background: var(--good-back); }
.old span { color: var(--bad); } .new span { color: var(--good); }
.step { position: sticky; left: 0; width: fit-content; max-width: min(100%, 90ch); margin: 3px 12px 5px 52px;
  padding: 3px 10px 3px 4px; font: 14px/1.45 system-ui, "Segoe UI", Roboto, Arial, sans-serif;
  background: var(--accent-back); border-radius: 6px; white-space: normal; overflow-wrap: anywhere; }
.step > b { display: inline-block; min-width: 20px; margin-right: 4px; text-align: center;
  color: var(--card); background: var(--accent); border-radius: 10px; font-size: 12px; line-height: 20px; }
.finding-step { background: var(--warn-back); }
.finding-step > b { background: var(--warn); }
.checks { margin: 34px 0 0; }
.checks h2 { font-size: 17px; margin: 0 0 6px; }
.checks dt { margin-top: 8px; } .checks dd { margin: 0; color: var(--dim); }
footer { padding-top: 12px; padding-bottom: 32px; color: var(--dim); font-size: 13px; }
[hidden] { display: none !important; }
@media (max-width: 860px) {
  header, main, .problems, footer { padding-left: 14px; padding-right: 14px; }
  main { display: block; }
  aside { position: static; max-height: none; margin-bottom: 24px; }
  .finding > summary { grid-template-columns: minmax(0, 1fr) auto; padding: 10px 12px; }
  .message { grid-column: 1 / -1; grid-row: 2; }
  .where { text-align: left; }
  .body { padding: 0 12px 12px; }
  .line span { width: 40px; padding-right: 10px; }
  .step { margin-left: 12px; max-width: calc(100vw - 80px); }
}
@media print { aside { display: none; } main { display: block; } }
)css";

const char *const HtmlScript = R"js(
(function () {
  'use strict';
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const findings = all('.finding'), choices = all('.choice');
  const search = document.querySelector('input'), shown = document.querySelector('#shown');
  const chosen = { check: null, folder: null };
  const words = new Map(findings.map((f) => [f, f.textContent.toLowerCase()]));

  function update() {
    const wanted = search.value.toLowerCase().trim();
    let count = 0;
    for (const f of findings) {
      f.hidden = (chosen.check !== null && f.dataset.check !== chosen.check) ||
        (chosen.folder !== null && f.dataset.folder !== chosen.folder) ||
        !words.get(f).includes(wanted);
      count += !f.hidden;
    }
    for (const file of all('.file'))
      file.hidden = !file.querySelector('.finding:not([hidden])');
    for (const c of choices)
      c.setAttribute('aria-pressed', chosen[c.dataset.kind] === c.dataset.value);
    shown.textContent = count === findings.length ? '' : count + ' of ' + findings.length + ' shown';
  }
  for (const c of choices) {
    c.disabled = false;
    c.addEventListener('click', () => {
      const { kind, value } = c.dataset;
      chosen[kind] = chosen[kind] === value ? null : value;
      update();
    });
  }
  search.addEventListener('input', update);
  for (const b of all('.tools button'))
    b.addEventListener('click', () => {
      for (const f of findings)
        if (!f.hidden) f.open = b.value === 'open';
    });
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.matches('.finding')) { target.open = true; target.scrollIntoView(); }
  }
  window.addEventListener('hashchange', reveal);
  for (const hidden of all('.scripted')) hidden.hidden = false;
  update();
  reveal();
})();
)js";

} // namespace threadlint
