/** A picture with a text below it; the address is relative to the page. */
export interface PageCell {
  readonly picture: string;
  readonly caption: string;
}

/** One sample: its name and its pictures, in the order of the headings. */
export interface PageRow {
  readonly name: string;
  readonly cells: readonly PageCell[];
}

const STYLE = `
  body { font: 15px/1.4 system-ui, sans-serif; margin: 2rem; color: #222; background: #fafaf8; }
  table { border-collapse: collapse; }
  th, td { padding: .5rem; text-align: left; vertical-align: top; }
  th { font-weight: 600; }
  img { display: block; width: 240px; height: auto; border: 1px solid #ccc; }
  figure { margin: 0; } figcaption { color: #555; font-size: 13px; max-width: 240px; }`;

/** One HTML page that shows all pictures; it needs nothing but the files beside it. */
export function renderPage(
  title: string,
  note: string,
  headings: readonly string[],
  rows: readonly PageRow[],
): string {
  const head = headings.map((heading) => `<th>${escapeHtml(heading)}</th>`).join("");
  const body = rows.map(({ name, cells }) => {
    const figures = cells.map(({ picture, caption }) => {
      const alt = escapeHtml(`${name}: ${caption}`);
      return `<td><figure><a href="${escapeHtml(picture)}"><img src="${escapeHtml(picture)}" alt="${alt}"></a><figcaption>${escapeHtml(caption)}</figcaption></figure></td>`;
    });
    return `<tr>${figures.join("")}</tr>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${STYLE}
</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(note)}</p>
<table>
<thead><tr>${head}</tr></thead>
<tbody>
${body.join("\n")}
</tbody>
</table>
</body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
