import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runDemo } from "./demo.ts";
import { SAMPLES } from "./samples.ts";
import { DEMO_TASKS } from "./tasks.ts";

const folder = mkdtempSync(join(tmpdir(), "inference-demo-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("every shape is found, and table and page show every picture and task", async () => {
  const { table, page, drawn, placed } = await runDemo(folder);
  expect([drawn > 20, placed]).toEqual([true, drawn]);
  expect(table.split("\n")).toHaveLength(2 + SAMPLES.length * DEMO_TASKS.length);
  expect(table).toMatch(/three-shapes\.png +object-detection +1 red, 1 green, 1 blue +[\d.]+/);
  expect(table).toMatch(/mostly-blue\.png +classification +blue \d+%/);

  const html = readFileSync(page, "utf8");
  const pictures = [...html.matchAll(/src="([^"]+)"/g)].map(([, address]) => address ?? "");
  expect(pictures).toHaveLength(SAMPLES.length * (DEMO_TASKS.length + 1));
  for (const address of pictures)
    expect([address, existsSync(join(folder, address))]).toEqual([address, true]);
  expect(JSON.parse(readFileSync(join(folder, "semantic-segmentation", "balls.json"), "utf8"))).toMatchObject(
    {
      result: { task: "semantic-segmentation", image: { width: 620, height: 374 } },
    },
  );
}, 60_000);
