import { expect, test } from "vitest";
import { type Canvas2D, drawOnCanvas } from "./canvas.ts";
import type { DisplayList, Shape } from "./display-list.ts";
import { changePixels } from "./pixels/draw-on-pixels.ts";
import { toSvg } from "./svg.ts";

const rect = (x: number, fill: `#${string}`) =>
  ({ kind: "rect", x, y: 0, width: 10, height: 10, fill }) as const;
const ring = [
  { x: 1, y: 1 },
  { x: 9, y: 1 },
  { x: 9, y: 9 },
];
const blur: Shape = { kind: "blur", x: 1, y: 1, width: 4, height: 4, size: 3 };
const listOf = (...shapes: readonly Shape[]): DisplayList => ({ width: 20, height: 20, shapes });

function recordingCanvas(withPixels: boolean) {
  const calls: string[] = [];
  const record =
    (name: string) =>
    (...args: readonly unknown[]) => {
      calls.push([name, ...args].join(" "));
    };
  const canvas: Canvas2D = {
    ...{ fillStyle: "", strokeStyle: "", lineWidth: 0, globalAlpha: 1, lineJoin: "", lineCap: "" },
    save: record("save"),
    restore: record("restore"),
    beginPath: record("begin"),
    closePath: record("close"),
    moveTo: record("move"),
    lineTo: record("line"),
    rect: record("rect"),
    arc: record("arc"),
    fill: () => calls.push(`fill ${canvas.fillStyle} ${canvas.globalAlpha}`),
    stroke: record("stroke"),
    clip: record("clip"),
    ...(withPixels
      ? {
          getImageData: (_x: number, _y: number, width: number, height: number) => ({
            width,
            height,
            data: new Uint8ClampedArray(width * height * 4),
          }),
          putImageData: record("put"),
        }
      : {}),
  };
  return { canvas, calls };
}

test("a layer on a canvas clips each shape to what is not below a later one", () => {
  const { canvas, calls } = recordingCanvas(false);
  const shapes = [rect(0, "#ff0000"), rect(5, "#0000ff"), rect(15, "#00ff00")];
  drawOnCanvas(canvas, listOf({ kind: "layer", opacity: 0.5, shapes }));
  const isCalled = (name: string) => (call: string) => call.startsWith(name);
  // Only the first two overlap; the second and the third share an edge.
  expect(calls.filter(isCalled("clip"))).toEqual(["clip evenodd"]);
  expect(calls.filter(isCalled("fill"))).toEqual([
    "fill #ff0000 0.5",
    "fill #0000ff 0.5",
    "fill #00ff00 0.5",
  ]);
  expect(calls.slice(0, 5)).toEqual(["save", "begin", "rect 0 0 20 20", "rect 5 0 10 10", "clip evenodd"]);
});

test("a canvas changes pixels only with what can change them", () => {
  expect(() => drawOnCanvas(recordingCanvas(true).canvas, listOf(blur))).toThrow("changePixels");
  expect(() => drawOnCanvas(recordingCanvas(false).canvas, listOf(blur), changePixels)).toThrow(
    "getImageData",
  );
  const { canvas, calls } = recordingCanvas(true);
  drawOnCanvas(canvas, listOf(blur), changePixels);
  expect(calls).toEqual(["put [object Object] 0 0"]);
});

test("SVG has layers, blurs of the picture and glows", () => {
  const svg = toSvg(
    listOf({ kind: "layer", opacity: 0.5, shapes: [rect(0, "#ff0000")] }, blur, {
      kind: "glow",
      opacity: 0.8,
      size: 10,
      shapes: [{ kind: "polygon", rings: [ring], fill: "#00ff00" }],
    }),
    { pictureUrl: "data:image/png;base64,AA==" },
  );
  expect(svg).toContain('<g opacity="0.5"><rect');
  expect(svg.match(/<image /g)).toHaveLength(2);
  expect(svg).toContain('stdDeviation="0.87"');
  expect(svg).toMatch(/<mask id="e2".*<g mask="url\(#e2\)" opacity="0.8">/);
});

test.each<[string, Shape]>([
  ["pixelate", { ...blur, kind: "pixelate" }],
  ["blur", blur],
  ["heat", { kind: "heat", visits: new Uint16Array(1), opacity: 1, size: 1, topHue: 0, lowHue: 125 }],
])("SVG refuses %s with the way out", (kind, shape) => {
  expect(() => toSvg(listOf(shape))).toThrow(`SVG cannot show a ${kind}`);
  expect(() => toSvg(listOf(shape))).toThrow("drawOnImage");
});
