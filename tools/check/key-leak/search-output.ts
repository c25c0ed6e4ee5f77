/** Searches saved output for the keys that tests use: `search-output.ts <file>...`. Exit code 1 when one is found. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describeLeak, findLeaks, testKeys } from "./secrets.ts";

const keys = testKeys(join(import.meta.dirname, "..", "..", ".."));
const files = process.argv.slice(2);
const found = files.flatMap((file) =>
  findLeaks(readFileSync(file, "utf8"), keys).map((leak) => `${file}: ${describeLeak(leak)}`),
);
for (const line of found) console.log(line);
console.log(`${files.length} outputs searched for ${keys.length} keys, ${found.length} found`);
process.exitCode = found.length === 0 && files.length > 0 ? 0 : 1;
