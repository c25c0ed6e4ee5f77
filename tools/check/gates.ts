/** One check of the whole workspace: a command whose exit code says whether it holds. */
export interface Gate {
  readonly name: string;
  /** What a failure means, for the list that `--help` prints. */
  readonly about: string;
  /** Arguments for Node: a script and its arguments. */
  readonly args: readonly string[];
  /** Gates that must have passed before. */
  readonly after?: readonly string[];
}

const source = "--conditions=source";

/** The gates of `npm run check`, cheapest first. */
export const GATES: readonly Gate[] = [
  {
    name: "biome",
    about: "format and lint",
    args: ["node_modules/@biomejs/biome/bin/biome", "ci", "--colors=off", "--max-diagnostics=50"],
  },
  {
    name: "typecheck",
    about: "types of the whole tree",
    args: ["node_modules/typescript-native/bin/tsc", "-p", "tsconfig.json"],
  },
  {
    name: "typecheck-any-runtime",
    about: "libraries that run anywhere, without Node's types",
    args: [source, "tools/check/typecheck-any-runtime.ts"],
  },
  {
    name: "boundaries",
    about: "who imports whom, Nx tags, Node's modules and globals",
    args: [source, "tools/boundaries/main.ts"],
  },
  {
    name: "knip",
    about: "unused files, exports and dependencies",
    args: ["node_modules/knip/bin/knip.js", "--no-config-hints"],
  },
  {
    name: "openapi",
    about: "generated types, profiles and coverage against the server document",
    args: [source, "tools/openapi/main.ts", "check"],
  },
  {
    name: "build",
    about: "the published packages build, twice to the same bytes",
    args: [source, "tools/release/build.ts", "--twice"],
  },
  {
    name: "api-report",
    about: "the public API against libs/sdk/etc",
    args: [source, "tools/release/api-report.ts"],
    after: ["build"],
  },
  {
    name: "size",
    about: "browser bundles against their budgets",
    args: [source, "tools/release/size-budgets.ts"],
    after: ["build"],
  },
  {
    name: "packages",
    about: "the tarballs as a consumer meets them, publint, attw",
    args: [source, "tools/release/pack-check.ts"],
    after: ["build"],
  },
  {
    name: "docs",
    about: "every code block of the documents runs, every link leads somewhere",
    args: ["node_modules/vitest/vitest.mjs", "run", "--project", "docs"],
  },
];
