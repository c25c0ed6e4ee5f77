/** Checks who imports whom in the workspace. Exit code 1 when a rule is broken. */
import { join } from "node:path";
import { checkGlobals } from "./check-globals.ts";
import { checkImports } from "./check-imports.ts";
import { checkProjects } from "./check-projects.ts";

const root = join(import.meta.dirname, "..", "..");
const violations = [...checkProjects(root), ...checkGlobals(root), ...(await checkImports(root))];
for (const { rule, file, problem } of violations) console.log(`${rule}: ${file} ${problem}`);
console.log(violations.length === 0 ? "all import rules hold" : `${violations.length} broken import rules`);
process.exitCode = violations.length === 0 ? 0 : 1;
