import { expect, test } from "vitest";
import { parseBenchArguments, UsageError } from "./arguments.ts";

const KNOWN = ["sequential", "latency", "memory"];

test("everything, five rounds, by default", () => {
  expect(parseBenchArguments([], KNOWN)).toEqual({
    help: false,
    scenarios: KNOWN,
    rounds: 5,
    gate: false,
    python: false,
    json: null,
  });
});

test("scenarios are named with --only or plainly, and keep the order of the table", () => {
  const args = [
    "memory",
    "--only",
    "latency,sequential",
    "--rounds=7",
    "--gate",
    "--python",
    "--json",
    "a.json",
  ];
  expect(parseBenchArguments(args, KNOWN)).toEqual({
    help: false,
    scenarios: KNOWN,
    rounds: 7,
    gate: true,
    python: true,
    json: "a.json",
  });
  expect(parseBenchArguments(["--only=memory"], KNOWN).scenarios).toEqual(["memory"]);
});

test.each([
  [["--only", "memry"], /"memry".*sequential, latency, memory/],
  [["--rounds", "0"], /--rounds 0/],
  [["--rounds", "many"], /--rounds many/],
  [["--fast"], /--fast/],
])("%j is refused", (args, message) => {
  expect(() => parseBenchArguments(args, KNOWN)).toThrow(UsageError);
  expect(() => parseBenchArguments(args, KNOWN)).toThrow(message);
});
