import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ServerMethods } from "@inference-ts/client";
import { expect, test } from "vitest";
import { readCoverage } from "./coverage.ts";
import { FILES } from "./folder.ts";
import { parseJson } from "./json.ts";

const text = await readFile(join(import.meta.dirname, "../..", FILES.coverage), "utf8");
const entries = [...readCoverage(parseJson(text, FILES.coverage)).values()];

const namesWith = (status: "wrapped" | "planned") =>
  new Set(entries.flatMap((entry) => (entry.status === status ? entry.by : [])));

/** `webrtc.stream` is a method of what the accessor `webrtc` gives. */
const isMethod = (name: string) => {
  const [first = "", second] = name.split(".");
  if (second === undefined) return typeof Reflect.get(ServerMethods.prototype, first) === "function";
  const accessor = Object.getOwnPropertyDescriptor(ServerMethods.prototype, first)?.get;
  return typeof Reflect.get(accessor?.call({}) ?? {}, second) === "function";
};

test("every method that the ledger says wraps an operation is there", () => {
  const wrapping = namesWith("wrapped");
  expect(wrapping).toContain("infer");
  expect(["infer", "webrtc.stream", "webrtc.steam", "inferr"].map(isMethod)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([...wrapping].filter((name) => !isMethod(name))).toEqual([]);
});

test("no method that the ledger calls planned is there already", () => {
  const planned = [...namesWith("planned")].filter((name) => !namesWith("wrapped").has(name));
  expect(planned.filter(isMethod)).toEqual([]);
});
