import { join, relative } from "node:path";
import { runDemo } from "./demo.ts";

const root = join(import.meta.dirname, "..", "..");
const shown = (path: string): string => relative(process.cwd(), path) || path;

const outDir = join(root, "out", "demo");
const { table, page, drawn, placed } = await runDemo(outDir);
console.log(table);
console.log(`\n${placed} of ${drawn} shapes were found where they were drawn (within 1 px).`);
console.log(`Drawn pictures and JSON: ${shown(outDir)}`);
console.log(`All pictures on one page: ${shown(page)}`);
process.exitCode = placed === drawn ? 0 : 1;
