import { expect, test } from "vitest";
import { splitOutputs } from "./output-files.ts";

const picture = (format: string, byte: number) => ({
  type: "bytes",
  value: Uint8Array.of(byte),
  format,
  width: 4,
  height: 3,
  parent_id: "image",
});
const left = (value: string, format: string) => ({
  type: "file",
  value,
  format,
  width: 4,
  height: 3,
  parent_id: "image",
});

test("pictures become files that are named after their place, at any depth", () => {
  const answer = {
    outputs: [
      { gray: picture("jpeg", 1), crops: [picture("png", 2), null], count: 2, all: { a: [{ b: 1 }] } },
    ],
    more: 1,
  };
  const { result, files } = splitOutputs(answer, "out/a");
  const outputs = [
    {
      gray: left("out/a.gray.jpg", "jpeg"),
      crops: [left("out/a.crops-0.png", "png"), null],
      count: 2,
      all: { a: [{ b: 1 }] },
    },
  ];
  expect(result).toEqual({ outputs, more: 1 });
  expect(files.slice(0, 2)).toEqual([
    { ending: ".gray.jpg", bytes: Uint8Array.of(1) },
    { ending: ".crops-0.png", bytes: Uint8Array.of(2) },
  ]);
  expect(files[2]?.ending).toBe(".json");
  expect(JSON.parse(Buffer.from(files[2]?.bytes ?? []).toString())).toEqual({ outputs, more: 1 });
});

test("names that a file system does not take, or takes for the same, stay apart", () => {
  const outputs = [{ "a/b": picture("jpeg", 1), A_b: picture("jpeg", 2), "../c": picture("webp", 3) }];
  const { files } = splitOutputs({ outputs }, "x");
  expect(files.map(({ ending }) => ending)).toEqual([".a_b.jpg", ".A_b-2.jpg", ".___c.webp", ".json"]);
});

test("long names are cut, and stay apart", () => {
  const long = "p".repeat(300);
  const { files } = splitOutputs(
    { outputs: [{ [`${long}1`]: picture("png", 1), [`${long}2`]: picture("png", 2) }] },
    "x",
  );
  const endings = files.map(({ ending }) => ending);
  expect(new Set(endings).size).toBe(3);
  for (const ending of endings) expect(ending.length).toBeLessThanOrEqual(60);
});

test("several elements of a batch are told apart by number", () => {
  const outputs = [{ p: picture("png", 1) }, { p: picture("png", 2) }];
  expect(splitOutputs({ outputs }, "x").files.map(({ ending }) => ending)).toEqual([
    ".0-p.png",
    ".1-p.png",
    ".json",
  ]);
});
