import { writeFileSync } from "node:fs";
import { KEPT_MODULES, keptModule, moduleOf, moduleOfEveryKind } from "./modules.ts";

// Writes the kept modules anew: node --conditions=source apps/contract-tests/src/types/workflows/write-modules.ts
for (const name of KEPT_MODULES) writeFileSync(keptModule(name), moduleOf(name));
writeFileSync(keptModule("every-kind"), moduleOfEveryKind());
