import { InvalidParameterError } from "@inference-ts/errors";
import {
  type DisplayList,
  type GlowShape,
  isPixelShape,
  type PixelShape,
  type Style,
  type VectorShape,
} from "./display-list.ts";
import { textRects } from "./glyphs.ts";

/** What an SVG document may have beside the shapes. */
export interface SvgOptions {
  /** The picture beneath the shapes, as a `data:image/...` or http(s) URL. */
  readonly pictureUrl?: string | undefined;
  /** Title for readers that do not see the drawing. */
  readonly title?: string | undefined;
}

/**
 * A complete SVG document of a display list. Text is drawn as paths, so no font is needed. A blur shows the picture
 * alone, not what was drawn on it before, and is round where the other backends' is square.
 *
 * @throws InvalidParameterError for what SVG cannot show: squares of `pixelate`, heat maps, and blurs without `pictureUrl`
 */
export function toSvg({ width, height, shapes }: DisplayList, options: SvgOptions = {}): string {
  const { pictureUrl, title } = options;
  const picture =
    pictureUrl === undefined
      ? ""
      : `<image${attributes({ width, height, preserveAspectRatio: "none", href: pictureUrl })}`;
  return [
    `<svg${attributes({ xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${number(width)} ${number(height)}` })}>`,
    title === undefined ? "" : `<title>${escapeXml(title)}</title>`,
    picture === "" ? "" : `${picture}/>`,
    ...shapes.map((shape, index) => {
      return isPixelShape(shape) ? toFilter(shape, `e${index}`, picture) : toElement(shape);
    }),
    "</svg>",
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function toElement(shape: VectorShape): string {
  switch (shape.kind) {
    case "rect": {
      const { x, y, width, height } = shape;
      return `<rect${attributes({ x, y, width, height })}${style(shape)}/>`;
    }
    case "polygon":
      return `<path fill-rule="evenodd"${attributes({ d: shape.rings.map((ring) => `${lines(ring)}Z`).join("") })}${style(shape)}/>`;
    case "polyline":
      return `<path${attributes({ d: lines(shape.points) })}${style(shape)} stroke-linecap="round"/>`;
    case "circle":
      return `<circle${attributes({ cx: shape.x, cy: shape.y, r: shape.radius })}${style(shape)}/>`;
    case "layer":
      return `<g${attributes({ opacity: shape.opacity })}>${shape.shapes.map(toElement).join("")}</g>`;
    case "text": {
      const rects = textRects(shape.text, shape.x, shape.y, shape.pixel);
      const path = rects.map(
        ([x, y, w, h]) => `M${number(x)} ${number(y)}h${number(w)}v${number(h)}h${number(-w)}z`,
      );
      return `<path${attributes({ fill: shape.color, d: path.join("") })}><title>${escapeXml(shape.text)}</title></path>`;
    }
  }
}

function toFilter(shape: PixelShape, id: string, picture: string): string {
  if (shape.kind === "glow") return glow(shape, id);
  if (shape.kind !== "blur" || picture === "") {
    const reason = shape.kind === "blur" ? "without pictureUrl" : "at all";
    throw new InvalidParameterError(
      `SVG cannot show a ${shape.kind} ${reason}; draw on a canvas or with drawOnImage instead.`,
    );
  }
  const { x, y, width, height } = shape;
  // Three means after each other, which is how browsers make this filter, have the spread of one mean of this size.
  const deviation = shape.size / Math.sqrt(12);
  return (
    `<clipPath id="${id}"><rect${attributes({ x, y, width, height })}/></clipPath>` +
    `<filter id="${id}f" x="0" y="0" width="1" height="1"><feGaussianBlur${attributes({ stdDeviation: deviation })}/></filter>` +
    `<g clip-path="url(#${id})">${picture} filter="url(#${id}f)"/></g>`
  );
}

function glow({ shapes, size, opacity }: GlowShape, id: string): string {
  const inside = shapes.map((shape) => toElement({ ...shape, fill: "#000000" })).join("");
  const area = 'x="-100%" y="-100%" width="300%" height="300%"';
  return (
    `<mask id="${id}" maskUnits="userSpaceOnUse" ${area}><rect ${area} fill="#fff"/>${inside}</mask>` +
    `<filter id="${id}f" filterUnits="userSpaceOnUse" ${area}><feGaussianBlur${attributes({ stdDeviation: size / Math.sqrt(12) })}/></filter>` +
    `<g mask="url(#${id})" opacity="${number(opacity)}"><g filter="url(#${id}f)">${shapes.map(toElement).join("")}</g></g>`
  );
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${typeof value === "number" ? number(value) : escapeXml(value)}"`)
    .join("");
}

function lines(points: readonly { readonly x: number; readonly y: number }[]): string {
  return points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${number(x)} ${number(y)}`).join("");
}

function style({ fill, fillOpacity, stroke, strokeWidth = 1 }: Style): string {
  return attributes({
    fill: fill ?? "none",
    ...(fill !== undefined && fillOpacity !== undefined ? { "fill-opacity": fillOpacity } : {}),
    ...(stroke === undefined ? {} : { stroke, "stroke-width": strokeWidth, "stroke-linejoin": "round" }),
  });
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
