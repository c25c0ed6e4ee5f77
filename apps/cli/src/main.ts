#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { watchOutput } from "./output/watch-output.ts";
import { runProgram } from "./program.ts";
import { processTerminal } from "./terminal.ts";

/** Time for what a library may still have open, in milliseconds; everything of ours is closed by then. */
const LINGER_MS = 500;

const { version }: { version: string } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
);

const terminal = processTerminal(version);
const exitCodeAfterOutput = watchOutput(terminal);
process.exitCode = await exitCodeAfterOutput(await runProgram(process.argv.slice(2), terminal));
setTimeout(() => process.exit(), LINGER_MS).unref();
