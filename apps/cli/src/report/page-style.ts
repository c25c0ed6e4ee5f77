/** Style of the report page, for light and dark screens. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --text: #1b1f24; --soft: #57606a; --line: #d0d7de;
  --accent: #6b21d6; --on-accent: #ffffff; --bad: #b42318; --bar: #a351fb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0e1116; --card: #171b22; --text: #e6e9ee; --soft: #a3adba; --line: #353c47;
    --accent: #c9a2ff; --on-accent: #16091f; --bad: #ff9a8f; --bar: #a351fb;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.45 system-ui, sans-serif; }
h1 { font-size: 1.35rem; margin: 0 0 .3rem; }
h2 { font-size: 1rem; margin: 0 0 .6rem; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 2; }
header { padding: 1rem 1.25rem; }
header dl { display: flex; flex-wrap: wrap; gap: .2rem 1.5rem; margin: 0; color: var(--soft); }
header dl div { display: flex; gap: .4rem; }
header dd { margin: 0; color: var(--text); overflow-wrap: anywhere; }
.columns { display: grid; grid-template-columns: 19rem minmax(0, 1fr); gap: 1rem; padding: 0 1.25rem 1.25rem; align-items: start; }
.side { display: grid; gap: 1rem; }
@media (max-width: 50rem) { .columns { grid-template-columns: minmax(0, 1fr); } }
section, form { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .9rem 1rem; }
form { display: grid; gap: .8rem; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
legend, .label { font-weight: 600; padding: 0; margin-bottom: .25rem; display: block; }
input[type="search"], select { width: 100%; font: inherit; padding: .35rem .5rem; color: inherit; background: var(--page); border: 1px solid var(--line); border-radius: 6px; }
input[type="range"], input[type="checkbox"] { accent-color: var(--accent); }
input[type="range"] { width: 100%; margin: 0; }
button { font: inherit; padding: .35rem .8rem; border-radius: 6px; border: 1px solid var(--line); background: var(--page); color: inherit; cursor: pointer; }
button:disabled { opacity: .5; cursor: default; }
.classes { max-height: 18rem; overflow: auto; display: grid; gap: .1rem; padding: 3px; }
.classes label { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: .5rem; align-items: center; position: relative; padding: .1rem .25rem; }
.classes .name { overflow-wrap: anywhere; }
.classes .count { color: var(--soft); font-variant-numeric: tabular-nums; }
.classes .share { position: absolute; left: 0; bottom: 0; height: 3px; border-radius: 2px; background: var(--bar); }
.histogram { display: flex; align-items: flex-end; gap: 2px; height: 7rem; border-bottom: 1px solid var(--line); }
.histogram div { flex: 1; background: var(--bar); min-height: 0; border-radius: 2px 2px 0 0; }
.histogram div.out { background: var(--line); }
.scale { display: flex; justify-content: space-between; color: var(--soft); font-size: .85rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .25rem .4rem .25rem 0; border-bottom: 1px solid var(--line); overflow-wrap: break-word; vertical-align: top; }
td:first-child { overflow-wrap: anywhere; min-width: 8rem; }
section { overflow-x: auto; }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; padding-right: 0; }
.bad { color: var(--bad); }
.bar { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; justify-content: space-between; margin: 0 0 .8rem; }
.bar p { margin: 0; }
.pages { display: flex; gap: .5rem; align-items: center; }
.gallery { list-style: none; margin: 0; padding: 0; display: grid; gap: .8rem; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); }
.gallery li { border: 1px solid var(--line); border-radius: 8px; overflow: hidden; background: var(--page); display: flex; flex-direction: column; }
.gallery a { display: block; outline-offset: -3px; }
.gallery img, .gallery .none { display: flex; width: 100%; aspect-ratio: 4 / 3; object-fit: contain; background: #22262d; }
.gallery .none { align-items: center; justify-content: center; color: #ffb4ab; padding: .5rem; text-align: center; overflow: hidden; }
.gallery .about { padding: .4rem .6rem .55rem; display: grid; gap: .15rem; }
.gallery .name { font-weight: 600; overflow-wrap: anywhere; }
.gallery .what { color: var(--soft); font-size: .9rem; overflow-wrap: anywhere; }
.empty { color: var(--soft); }
`;
