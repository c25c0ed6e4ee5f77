import type { DisplayList, Shape, Style } from "./display-list.ts";
import { textRects } from "./glyphs.ts";

/** What an SVG document may have beside the shapes. */
export interface SvgOptions {
  /** The picture beneath the shapes, as a `data:image/...` or http(s) URL. */
  readonly pictureUrl?: string | undefined;
  /** Title for readers that do not see the drawing. */
  readonly title?: string | undefined;
}

/** A complete SVG document of a display list. Text is drawn as paths, so no font is needed. */
export function toSvg({ width, height, shapes }: DisplayList, options: SvgOptions = {}): string {
  const { pictureUrl, title } = options;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${number(width)}" height="${number(height)}" viewBox="0 0 ${number(width)} ${number(height)}">`,
    title === undefined ? "" : `<title>${escapeXml(title)}</title>`,
    pictureUrl === undefined
      ? ""
      : `<image width="${number(width)}" height="${number(height)}" preserveAspectRatio="none" href="${escapeXml(pictureUrl)}"/>`,
    ...shapes.map(toElement),
    "</svg>",
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function toElement(shape: Shape): string {
  switch (shape.kind) {
    case "rect":
      return `<rect x="${number(shape.x)}" y="${number(shape.y)}" width="${number(shape.width)}" height="${number(shape.height)}"${style(shape)}/>`;
    case "polygon":
      return `<path fill-rule="evenodd" d="${shape.rings.map((ring) => `${lines(ring)}Z`).join("")}"${style(shape)}/>`;
    case "polyline":
      return `<path d="${lines(shape.points)}"${style(shape)}/>`;
    case "circle":
      return `<circle cx="${number(shape.x)}" cy="${number(shape.y)}" r="${number(shape.radius)}"${style(shape)}/>`;
    case "text": {
      const rects = textRects(shape.text, shape.x, shape.y, shape.pixel);
      const path = rects.map(
        ([x, y, w, h]) => `M${number(x)} ${number(y)}h${number(w)}v${number(h)}h${number(-w)}z`,
      );
      return `<path fill="${escapeXml(shape.color)}" d="${path.join("")}"><title>${escapeXml(shape.text)}</title></path>`;
    }
  }
}

function lines(points: readonly { readonly x: number; readonly y: number }[]): string {
  return points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${number(x)} ${number(y)}`).join("");
}

function style({ fill, fillOpacity, stroke, strokeWidth }: Style): string {
  const attributes = [` fill="${fill === undefined ? "none" : escapeXml(fill)}"`];
  if (fill !== undefined && fillOpacity !== undefined)
    attributes.push(` fill-opacity="${number(fillOpacity)}"`);
  if (stroke !== undefined) {
    attributes.push(
      ` stroke="${escapeXml(stroke)}" stroke-width="${number(strokeWidth ?? 1)}" stroke-linejoin="round"`,
    );
  }
  return attributes.join("");
}

/** At most two decimals; what is no number becomes 0, because one bad attribute makes a whole document unreadable. */
function number(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 100) / 100) : "0";
}

/** Text for XML content and attributes; characters that XML forbids are left out. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
