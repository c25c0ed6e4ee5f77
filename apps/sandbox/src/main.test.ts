import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { startSandbox } from "@inference-ts/testing";
import { expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));

function run(...args: string[]) {
  const child = spawn(process.execPath, ["--conditions=source", MAIN, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  return { child, lines: createInterface({ input: child.stdout }), errors: () => errors };
}

test.each(["SIGINT", "SIGTERM"] as const)(
  "prints its address, serves, and ends with 0 on %s",
  async (signal) => {
    const { child, lines, errors } = run("--port", "0");
    const [line] = await once(lines, "line");
    const url = /http:\/\/\S+/.exec(String(line))?.[0] ?? "";
    expect(await (await fetch(`${url}/info?api_key=secret-in-query`)).json()).toMatchObject({
      version: "1.8.3",
    });
    child.kill(signal);
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(errors()).toMatch(/^200 GET \/info [\d.]+ ms\n$/);
  },
);

test("ends with 2 on a wrong option and with 4 on a taken port", async () => {
  const usage = run("--port", "many");
  expect(await once(usage.child, "exit")).toEqual([2, null]);
  expect(usage.errors()).toContain('--port is "many"');

  await using other = await startSandbox();
  const taken = run("--port", new URL(other.url).port);
  expect(await once(taken.child, "exit")).toEqual([4, null]);
  expect(taken.errors()).toContain("cannot listen on");
});

test("--help tells how it is used", async () => {
  const { child, lines } = run("--help");
  const [line] = await once(lines, "line");
  expect(line).toContain("Usage:");
  expect(await once(child, "exit")).toEqual([0, null]);
});
