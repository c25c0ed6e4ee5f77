import { expect, test } from "vitest";
import { interleave } from "./interleave.ts";

test("all have their turn in every round, each round begins with the next one", async () => {
  const turns: string[] = [];
  const samples = await interleave(["a", "b", "c"], 3, async (name) => turns.push(name));
  expect(turns.join("")).toBe("abcbcacab");
  expect([samples("a"), samples("b"), samples("c")]).toEqual([
    [1, 6, 8],
    [2, 4, 9],
    [3, 5, 7],
  ]);
});
