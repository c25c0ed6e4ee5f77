/** Behaviour of the report page: reads the data beside it, shows what the filters leave. No name is ever read as HTML. */
export const PAGE_SCRIPT = `
"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const PAGE_SIZE = 60, BINS = 20, SLOWEST = 10, MOST_FAILURES = 200;
const byId = (id) => document.getElementById(id);
const make = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
};
const count = (number, one, many) => number.toLocaleString("en") + " " + (number === 1 ? one : many);
const time = (ms) => ms >= 1000 ? (ms / 1000).toFixed(2) + " s" : ms.toFixed(1) + " ms";
const state = { page: 0, shown: [] };

const classTotals = data.classes.map(() => 0);
for (const item of data.items) for (const [index] of item.objects) classTotals[index]++;
const classOrder = data.classes.map((_, index) => index)
  .sort((a, b) => classTotals[b] - classTotals[a] || data.classes[a].localeCompare(data.classes[b]));
const boxes = new Map();
for (const index of classOrder) {
  const label = make("label");
  const box = make("input");
  box.type = "checkbox";
  box.name = "class";
  box.value = String(index);
  const share = make("span", "share");
  label.append(box, make("span", "name", data.classes[index] || "(no name)"), make("span", "count", ""), share);
  byId("classes").append(label);
  boxes.set(index, { box, share, count: label.querySelector(".count") });
}
if (classOrder.length === 0) byId("classes").append(make("p", "empty", "No class was found."));

function matches() {
  const least = Number(byId("confidence").value);
  const chosen = new Set([...boxes].filter(([, { box }]) => box.checked).map(([index]) => index));
  const words = byId("search").value.trim().toLowerCase();
  const status = byId("status").value;
  // What has no confidence is not below any.
  const isConfident = ([, confidence]) => confidence === null || confidence >= least;
  const isWanted = (object) => isConfident(object) && (chosen.size === 0 || chosen.has(object[0]));
  const isNarrow = chosen.size > 0 || least > 0;
  const items = data.items.filter((item) => {
    if (words !== "" && !item.name.toLowerCase().includes(words)) return false;
    if (status === "failed") return item.error !== undefined;
    if (status === "ok" && item.error !== undefined) return false;
    if (status === "empty" && (item.error !== undefined || item.objects.length > 0)) return false;
    return !isNarrow || item.objects.some(isWanted);
  });
  return { items, least, chosen, isConfident, isWanted };
}

function sorted(items) {
  const order = byId("order").value;
  const by = {
    slow: (a, b) => (b.ms ?? -1) - (a.ms ?? -1),
    many: (a, b) => b.objects.length - a.objects.length,
    unsure: (a, b) => least(a) - least(b),
  }[order];
  return by === undefined ? items : [...items].sort(by);
}
const least = (item) => item.objects.reduce((low, [, confidence]) => Math.min(low, confidence ?? 1), 2);

function card(item) {
  const li = make("li");
  if (item.picture === undefined) {
    li.append(make("span", "none", item.error === undefined ? "no picture" : item.error.code));
  } else {
    const link = make("a");
    link.href = item.picture;
    link.target = "_blank";
    link.rel = "noopener";
    const image = make("img");
    image.loading = "lazy";
    image.decoding = "async";
    image.alt = "Results drawn on " + item.name;
    image.src = item.picture;
    link.append(image);
    li.append(link);
  }
  const about = make("div", "about");
  about.append(make("span", "name", item.name), make("span", "what", what(item)));
  li.append(about);
  return li;
}

function what(item) {
  if (item.error !== undefined) return item.error.message;
  const counts = new Map();
  for (const [index] of item.objects) counts.set(index, (counts.get(index) ?? 0) + 1);
  const names = [...counts].map(([index, number]) => (number > 1 ? number + " x " : "") + (data.classes[index] || "(no name)"));
  const found = names.length === 0 ? "nothing found" : names.join(", ");
  return item.ms === undefined ? found : found + " · " + time(item.ms);
}

function showGallery() {
  const pages = Math.max(1, Math.ceil(state.shown.length / PAGE_SIZE));
  state.page = Math.min(Math.max(0, state.page), pages - 1);
  const start = state.page * PAGE_SIZE;
  byId("gallery").replaceChildren(...state.shown.slice(start, start + PAGE_SIZE).map(card));
  byId("nothing").hidden = state.shown.length > 0;
  byId("page").textContent = "Page " + (state.page + 1) + " of " + pages;
  byId("previous").disabled = state.page === 0;
  byId("next").disabled = state.page === pages - 1;
}

function showHistogram({ items, least, isWanted, chosen }) {
  const bins = Array.from({ length: BINS }, () => 0);
  let total = 0;
  for (const item of items) for (const [index, confidence] of item.objects) {
    if (confidence === null || (chosen.size > 0 && !chosen.has(index))) continue;
    bins[Math.min(BINS - 1, Math.max(0, Math.floor(confidence * BINS)))]++;
    total++;
  }
  const most = Math.max(1, ...bins);
  byId("histogram").replaceChildren(...bins.map((number, index) => {
    const from = index / BINS, to = (index + 1) / BINS;
    const bar = make("div", to <= least + 1e-9 ? "out" : "");
    bar.style.height = (100 * number) / most + "%";
    bar.title = from.toFixed(2) + " to " + to.toFixed(2) + ": " + number;
    return bar;
  }));
  byId("histogram").setAttribute("aria-label", total === 0
    ? "No confidences to show"
    : "Confidences of " + count(total, "result", "results") + "; most are from " +
      (bins.indexOf(most) / BINS).toFixed(2) + " to " + ((bins.indexOf(most) + 1) / BINS).toFixed(2));
}

function showClasses({ items, isConfident }) {
  const totals = data.classes.map(() => 0);
  for (const item of items) for (const object of item.objects) if (isConfident(object)) totals[object[0]]++;
  const most = Math.max(1, ...totals);
  for (const [index, { share, count: shown }] of boxes) {
    shown.textContent = totals[index].toLocaleString("en");
    share.style.width = (100 * totals[index]) / most + "%";
  }
}

function update() {
  const found = matches();
  state.shown = sorted(found.items);
  byId("least").textContent = found.least.toFixed(2);
  const objects = found.items.reduce((sum, item) => sum + item.objects.filter(found.isWanted).length, 0);
  byId("shown").textContent = count(found.items.length, "picture", "pictures") + " of " +
    data.items.length.toLocaleString("en") + ", " + count(objects, "result", "results");
  showGallery();
  showHistogram(found);
  showClasses(found);
}

function row(cells) {
  const tr = make("tr");
  for (const [text, className] of cells) tr.append(make("td", className, text));
  return tr;
}

function showTables() {
  const timed = data.items.filter((item) => item.ms !== undefined).sort((a, b) => b.ms - a.ms).slice(0, SLOWEST);
  byId("slowest").append(...timed.map((item) => row([[item.name], [time(item.ms), "number"]])));
  byId("slowest-section").hidden = timed.length === 0;
  const failed = data.items.filter((item) => item.error !== undefined);
  byId("failures").append(...failed.slice(0, MOST_FAILURES)
    .map((item) => row([[item.name], [item.error.code, "bad"], [item.error.message]])));
  byId("failures-section").hidden = failed.length === 0;
  byId("failures-more").hidden = failed.length <= MOST_FAILURES;
  byId("failures-more").textContent = "The first " + MOST_FAILURES + " of " + failed.length.toLocaleString("en") +
    "; the filter shows all of them.";
}

function restart() { state.page = 0; update(); }
function turn(by) {
  state.page += by;
  showGallery();
  byId("gallery-heading").focus();
}
byId("filters").addEventListener("input", restart);
byId("filters").addEventListener("submit", (event) => event.preventDefault());
byId("filters").addEventListener("reset", () => setTimeout(restart));
byId("previous").addEventListener("click", () => turn(-1));
byId("next").addEventListener("click", () => turn(1));
showTables();
update();
`;
