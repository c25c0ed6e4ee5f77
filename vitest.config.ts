import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;
const conditions = ["source"];

/** Every folder of libs/, apps/ and tools/ is one vitest project, named like its folder. */
const rooms = ["libs", "apps", "tools"].flatMap((floor) =>
  readdirSync(join(root, floor))
    .filter((name) => statSync(join(root, floor, name)).isDirectory())
    .map((name) => ({ name, dir: `${floor}/${name}` })),
);

export default defineConfig({
  test: {
    // `--project` names one folder; that it has no tests of its own is no failure.
    passWithNoTests: true,
    // The second one fails the run when an API key of the tests is printed.
    reporters: ["default", "./tools/check/key-leak/reporter.ts"],
    projects: rooms.map(({ name, dir }) => ({
      root,
      resolve: { conditions },
      ssr: { resolve: { conditions, externalConditions: ["node", "import", "default"] } },
      test: {
        name,
        include: [`${dir}/**/*.test.ts`],
        exclude: ["**/node_modules/**", "**/dist/**"],
        testTimeout: 20_000,
        hookTimeout: 30_000,
      },
    })),
  },
});
