import { decodeInferenceResult } from "@inference-ts/predictions";
import fc from "fast-check";
import { expect, test } from "vitest";
import { annotate } from "./annotate.ts";
import { drawOnCanvas } from "./canvas.ts";
import type { DisplayList } from "./display-list.ts";
import { colorOfClass, PALETTE, readableOn } from "./palette.ts";
import { escapeXml, toSvg } from "./svg.ts";

const list: DisplayList = {
  width: 20,
  height: 10,
  shapes: [
    { kind: "rect", x: 1, y: 2.005, width: 3, height: 4, stroke: "#ff0000", strokeWidth: 2 },
    {
      kind: "polygon",
      rings: [
        [
          { x: 0, y: 0 },
          { x: 4, y: 0 },
          { x: 4, y: 4 },
        ],
        [
          { x: 1, y: 1 },
          { x: 2, y: 1 },
        ],
      ],
      fill: "#00ff00",
      fillOpacity: 0.5,
    },
    {
      kind: "polyline",
      points: [
        { x: 0, y: 0 },
        { x: 5, y: 5 },
      ],
      stroke: "#0000ff",
    },
    { kind: "circle", x: 5, y: 5, radius: Number.NaN, fill: "#ffffff" },
    { kind: "text", x: 0, y: 0, text: "<", pixel: 1, color: "#000000" },
  ],
};

test("every shape as SVG", () => {
  expect(toSvg(list, { title: 'a & "b"', pictureUrl: "data:image/png;base64,AA==" }).split("\n")).toEqual([
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10" viewBox="0 0 20 10">',
    "<title>a &#38; &#34;b&#34;</title>",
    '<image width="20" height="10" preserveAspectRatio="none" href="data:image/png;base64,AA=="/>',
    '<rect x="1" y="2.01" width="3" height="4" fill="none" stroke="#ff0000" stroke-width="2" stroke-linejoin="round"/>',
    '<path fill-rule="evenodd" d="M0 0L4 0L4 4ZM1 1L2 1Z" fill="#00ff00" fill-opacity="0.5"/>',
    '<path d="M0 0L5 5" fill="none" stroke="#0000ff" stroke-width="1" stroke-linejoin="round" stroke-linecap="round"/>',
    '<circle cx="5" cy="5" r="0" fill="#ffffff"/>',
    expect.stringMatching(/^<path fill="#000000" d="(M\d+ \d+h1v\d+h-1z)+"><title>&#60;<\/title><\/path>$/),
    "</svg>",
  ]);
});

test("no class name breaks out of the document", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (name) => {
      expect(escapeXml(name)).not.toMatch(
        /[<>"']|[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|&(?!#\d+;)/u,
      );
    }),
  );
  const predictions = [
    { x: 5, y: 5, width: 2, height: 2, confidence: 1, class_id: 0, class: '"><script>alert(1)</script>' },
  ];
  const drawing = toSvg(annotate(decodeInferenceResult({ image: { width: 640, height: 480 }, predictions })));
  expect(drawing).not.toContain("<script");
});

test("the same shapes on a canvas, its state restored", () => {
  const calls: string[] = [];
  const record =
    (name: string) =>
    (...values: unknown[]) => {
      calls.push([name, ...values].join(" "));
    };
  const context = {
    fillStyle: "",
    strokeStyle: "",
    lineWidth: 0,
    globalAlpha: 1,
    lineJoin: "",
    lineCap: "",
    save: record("save"),
    restore: record("restore"),
    beginPath: record("begin"),
    closePath: record("close"),
    moveTo: record("move"),
    lineTo: record("line"),
    rect: record("rect"),
    arc: record("arc"),
    clip: record("clip"),
    fill: (rule?: string) => calls.push(`fill ${rule} ${context.fillStyle} ${context.globalAlpha}`),
    stroke: () => calls.push(`stroke ${context.strokeStyle} ${context.lineWidth}`),
  };
  drawOnCanvas(context, { ...list, shapes: list.shapes.slice(0, 3) });
  expect(calls).toEqual([
    ...["save", "begin", "rect 1 2.005 3 4", "stroke #ff0000 2", "restore"],
    ...["save", "begin", "move 0 0", "line 4 0", "line 4 4", "close", "move 1 1", "line 2 1", "close"],
    ...["fill evenodd #00ff00 0.5", "restore"],
    ...["save", "begin", "move 0 0", "line 5 5", "stroke #0000ff 1", "restore"],
  ]);
});

test("colours follow the class, text stands out", () => {
  expect(colorOfClass(3, "a")).toBe(colorOfClass(3, "b"));
  expect(colorOfClass(PALETTE.length, "a")).toBe(PALETTE[0]);
  expect(colorOfClass(null, "road")).toBe(colorOfClass(null, "road"));
  const long = "a sentence that a model answers with, ".repeat(20);
  expect(PALETTE).toContain(colorOfClass(null, long));
  expect(colorOfClass(null, `${long}b`)).not.toBe(colorOfClass(null, `${long}c`));
  expect([readableOn("#ffe119"), readableOn("#000075"), readableOn("#ffffff")]).toEqual([
    "#000000",
    "#ffffff",
    "#000000",
  ]);
});
