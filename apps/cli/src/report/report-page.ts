import { PAGE_SCRIPT } from "./page-script.ts";
import { PAGE_STYLE } from "./page-style.ts";
import type { ReportData } from "./report-data.ts";

/** Nothing is loaded but the pictures beside the page. */
const POLICY =
  "default-src 'none'; img-src 'self' file: data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A self-contained HTML page of a run. */
export function reportPage(data: ReportData): string {
  const facts = data.facts
    .map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`)
    .join("");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${escapeHtml(data.title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<a class="skip" href="#gallery-heading">Skip to the pictures</a>
<header><h1>${escapeHtml(data.title)}</h1><dl>${facts}</dl></header>
<div class="columns">
<div class="side">
<form id="filters" aria-label="Filters">
<div><label class="label" for="search">Name</label><input type="search" id="search" autocomplete="off"></div>
<div><label class="label" for="confidence">Confidence from <output id="least" for="confidence">0.00</output></label>
<input type="range" id="confidence" min="0" max="1" step="0.01" value="0"></div>
<fieldset><legend>Classes</legend><div class="classes" id="classes" tabindex="-1"></div></fieldset>
<div><label class="label" for="status">Pictures</label><select id="status">
<option value="all">All</option><option value="ok">Without failure</option><option value="empty">With nothing found</option><option value="failed">Failed</option>
</select></div>
<div><label class="label" for="order">Order</label><select id="order">
<option value="input">As given</option><option value="slow">Slowest first</option><option value="many">Most results first</option><option value="unsure">Least confident first</option>
</select></div>
<div><button type="reset">Clear filters</button></div>
</form>
<section aria-labelledby="histogram-heading"><h2 id="histogram-heading">Confidences</h2>
<div class="histogram" id="histogram" role="img"></div><div class="scale" aria-hidden="true"><span>0</span><span>0.5</span><span>1</span></div></section>
<section id="slowest-section" aria-labelledby="slowest-heading"><h2 id="slowest-heading">Slowest pictures</h2>
<table><thead><tr><th scope="col">Picture</th><th scope="col" class="number">Time</th></tr></thead><tbody id="slowest"></tbody></table></section>
</div>
<main class="side">
<section id="failures-section" aria-labelledby="failures-heading"><h2 id="failures-heading">Failures</h2>
<table><thead><tr><th scope="col">Picture</th><th scope="col">Code</th><th scope="col">Reason</th></tr></thead><tbody id="failures"></tbody></table>
<p class="empty" id="failures-more" hidden></p></section>
<section aria-labelledby="gallery-heading"><h2 id="gallery-heading" tabindex="-1">Pictures</h2>
<div class="bar"><p id="shown" role="status"></p>
<div class="pages"><button type="button" id="previous">Previous</button><span id="page"></span><button type="button" id="next">Next</button></div></div>
<ul class="gallery" id="gallery"></ul><p class="empty" id="nothing" hidden>No picture fits these filters.</p></section>
</main>
</div>
<noscript><p>This report needs JavaScript, which is in the page itself.</p></noscript>
<script type="application/json" id="data">${scriptJson(data)}</script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

/** JSON that cannot end the element it stands in. */
function scriptJson(data: ReportData): string {
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
