import { join } from "node:path";
import { expect, test } from "vitest";
import { anchorsOf, brokenLinks } from "./links.ts";

const root = join(import.meta.dirname, "..", "..");
const here = "tools/docs/example.md";

test.each([
  ["[a](links.ts)"],
  ["![a](<links.ts>)"],
  ["[a](../../LICENSE)"],
  ["# One `two`\n[a](#one-two)"],
  ["[a](https://example.com/absent)"],
  ["```md\n[a](absent.md)\n```"],
])("%s is fine", (markdown) => {
  expect(brokenLinks(here, markdown, root)).toEqual([]);
});

test.each([
  ["[a](absent.md)", "absent.md: there is no file tools/docs/absent.md"],
  ['<img src="absent.png">', "absent.png: there is no file tools/docs/absent.png"],
  ["# One\n[a](#two)", `#two: ${here} has no heading #two`],
])("%s is broken", (markdown, problem) => {
  expect(brokenLinks(here, markdown, root)).toEqual([problem]);
});

test("anchors are made as GitHub makes them", () => {
  expect(anchorsOf("# Keys, and who sees them\n## `infer run`\n## Keys\n## Keys\n")).toEqual([
    "keys-and-who-sees-them",
    "infer-run",
    "keys",
    "keys-1",
  ]);
});
