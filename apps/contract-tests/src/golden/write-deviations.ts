import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { deviationsPage } from "./deviations-page.ts";

/** Where the table is published. */
const PAGE = resolve(import.meta.dirname, "../../../../docs/deviations.md");

writeFileSync(PAGE, deviationsPage());
console.log(`Written: ${PAGE}`);
