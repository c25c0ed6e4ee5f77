import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Program } from "./program.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bench-program-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function start(code: string): Promise<Program> {
  const file = join(folder, "program.mjs");
  await writeFile(file, code);
  return Program.start("the program", file, [], []);
}

test("a program that has ended is asked nothing more", async () => {
  const program = await start("process.send(1); process.disconnect();");
  expect(await program.next()).toBe(1);
  await expect(program.next()).rejects.toThrow("the program ended with exit code 0");
  await expect(program.next()).rejects.toThrow("the program ended with exit code 0");
  await expect(program.ask({})).rejects.toThrow("the program ended with exit code 0");
  await program[Symbol.asyncDispose]();
});

test("a program that has closed its channel and goes on is waited for", async () => {
  const program = await start("process.send(1); process.disconnect(); setTimeout(() => {}, 300);");
  await program.next();
  await expect(program.ask({})).rejects.toThrow();
  await program[Symbol.asyncDispose]();
  await expect(program.next()).rejects.toThrow("the program ended with exit code 0");
});
