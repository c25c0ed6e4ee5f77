import { join } from "node:path";
import process from "node:process";
import { runCli } from "./cli.ts";

const { stream, lines, exitCode } = await runCli(process.argv.slice(2), join(import.meta.dirname, "../.."));
process[stream].write(`${lines.join("\n")}\n`);
process.exitCode = exitCode;
