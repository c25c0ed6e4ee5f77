import { expect, test } from "vitest";
import { checkGlobals } from "./check-globals.ts";
import { checkImports } from "./check-imports.ts";
import { checkProjects } from "./check-projects.ts";
import { makeExampleWorkspace } from "./example-workspace.ts";
import { FORBIDDEN } from "./rules.ts";

type Files = Readonly<Record<string, string>>;

/** One bad example for each rule about imports; a rule without one fails the last test of this file. */
const BAD_IMPORTS: Readonly<Record<string, Files>> = {
  "no-cycle": {
    "libs/errors/src/a.ts": 'import { b } from "./b.ts";\nexport const a = () => b;\n',
    "libs/errors/src/b.ts": 'import { a } from "./a.ts";\nexport const b = () => a;\n',
  },
  "no-unresolvable": { "libs/errors/src/a.ts": 'import "./absent.ts";\n' },
  "any-runtime-without-node": {
    "libs/images/src/a.ts": 'import { readFile } from "node:fs/promises";\nreadFile;\n',
  },
  "any-runtime-without-node-packages": {
    "libs/drawing/src/a.ts": 'export const later = () => import("sharp");\n',
  },
  "any-runtime-without-node-code": { "libs/sdk/src/index.ts": 'import "@inference-ts/images-node";\n' },
  "node-files-through-the-sdk": {
    "libs/images-node/src/a.ts": 'import "../../drawing/src/sharp/render.ts";\n',
    "libs/drawing/src/sharp/render.ts": "export const render = 1;\n",
  },
  "one-openapi-fetch-importer": { "libs/client/src/a.ts": 'import create from "openapi-fetch";\ncreate;\n' },
  "one-openapi-typescript-importer": { "tools/openapi/diff.ts": 'import x from "openapi-typescript";\nx;\n' },
  "one-generated-importer": {
    "libs/client/src/a.ts":
      'import type { paths } from "../../schema/src/generated/schema.ts";\nexport type P = paths;\n',
    "libs/schema/src/generated/schema.ts": "export interface paths {}\n",
  },
  "apps-through-the-sdk": { "apps/cli/src/a.ts": 'import "@inference-ts/client";\n' },
  "apps-stand-alone": {
    "apps/other/src/a.ts": 'import "../../cli/src/main.ts";\n',
  },
  "libs-without-apps-and-tools": { "libs/errors/src/a.ts": 'import "../../../tools/openapi/generate.ts";\n' },
  "libs-without-apps": { "libs/errors/src/a.ts": 'import "../../../apps/cli/src/main.ts";\n' },
  "no-relative-path-into-a-library": { "libs/client/src/a.ts": 'import "../../errors/src/index.ts";\n' },
  "errors-libs": { "libs/errors/src/a.ts": 'import "@inference-ts/transport";\n' },
  "schema-libs": {
    "libs/schema/src/a.ts":
      'import type { Nothing } from "@inference-ts/errors";\nexport type A = Nothing;\n',
  },
  "transport-libs": { "libs/transport/src/a.ts": 'import "@inference-ts/endpoints";\n' },
  "endpoints-libs": { "libs/endpoints/src/a.ts": 'import "@inference-ts/client";\n' },
  "images-libs": { "libs/images/src/a.ts": 'import "@inference-ts/client";\n' },
  "predictions-libs": { "libs/predictions/src/a.ts": 'import "@inference-ts/client";\n' },
  "workflows-libs": { "libs/workflows/src/a.ts": 'import "@inference-ts/client";\n' },
  "pipelines-libs": { "libs/pipelines/src/a.ts": 'import "@inference-ts/client";\n' },
  "webrtc-libs": { "libs/webrtc/src/a.ts": 'import "@inference-ts/client";\n' },
  "client-libs": { "libs/client/src/a.ts": 'import "@inference-ts/transport-node";\n' },
  "huggingface-libs": { "libs/huggingface/src/a.ts": 'import "@inference-ts/client";\n' },
  "drawing-libs": { "libs/drawing/src/a.ts": 'import "@inference-ts/client";\n' },
  "transport-node-libs": { "libs/transport-node/src/a.ts": 'import "@inference-ts/client";\n' },
  "images-node-libs": { "libs/images-node/src/a.ts": 'import "@inference-ts/client";\n' },
  "webrtc-node-libs": { "libs/webrtc-node/src/a.ts": 'import "@inference-ts/client";\n' },
  "testing-libs": { "libs/testing/src/a.ts": 'import "@inference-ts/sdk";\n' },
};

test("a workspace that keeps the rules has no violation", async () => {
  using example = makeExampleWorkspace({
    "libs/endpoints/src/index.ts": 'import create from "openapi-fetch";\nexport { create };\n',
    "libs/images-node/src/index.ts": 'import "node:fs";\nexport const codec = () => import("sharp");\n',
    "libs/drawing/src/sharp/index.ts": 'import sharp from "sharp";\nimport "node:path";\nexport { sharp };\n',
    "libs/sdk/src/node.ts": 'export { codec } from "@inference-ts/images-node";\nimport "node:fs";\n',
    "libs/client/src/a.test.ts": 'import "node:fs";\nimport "@inference-ts/testing";\nimport "msw";\n',
  });
  expect(await checkImports(example.root)).toEqual([]);
  expect(checkProjects(example.root)).toEqual([]);
  expect(checkGlobals(example.root)).toEqual([]);
});

test.each(Object.entries(BAD_IMPORTS))("%s fires", async (rule, files) => {
  using example = makeExampleWorkspace(files);
  const violations = await checkImports(example.root);
  expect(violations.map((violation) => violation.rule)).toContain(rule);
});

test.each([
  ["a type", 'import type { B } from "./b.ts";\nexport type A = B;\n'],
  [
    "a type among values",
    'import { type B, b } from "./b.ts";\nexport const a: B = b;\nexport type A = B;\n',
  ],
  ["a type that is handed on", 'export type { B as A } from "./b.ts";\n'],
  ["the type of a module", 'export type A = typeof import("./b.ts");\n'],
  ["code that is loaded later", 'export type A = 1;\nexport const later = () => import("./b.ts");\n'],
])("a circle is found that is closed by %s", async (_what, text) => {
  using example = makeExampleWorkspace({
    "libs/errors/src/a.ts": text,
    "libs/errors/src/b.ts": 'import type { C } from "./c.ts";\nexport const b = 1;\nexport type B = C | 1;\n',
    "libs/errors/src/c.ts": 'import type { A } from "./a.ts";\nexport type C = A | 2;\n',
  });
  const [circle, ...more] = await checkImports(example.root);
  expect(more).toEqual([]);
  expect(circle?.rule).toBe("no-cycle");
  for (const file of ["a", "b", "c"]) expect(circle?.problem).toContain(`libs/errors/src/${file}.ts`);
  expect(circle?.problem).toContain("into a file of its own");
});

test.each([
  "errors",
  "schema",
  "transport",
  "endpoints",
  "images",
  "predictions",
  "workflows",
  "pipelines",
  "webrtc",
  "client",
  "drawing",
  "sdk",
])("an npm package that libs/%s may not use is found", async (name) => {
  using example = makeExampleWorkspace({ [`libs/${name}/src/a.ts`]: 'import "left-pad";\n' });
  expect(await checkImports(example.root)).toEqual([
    expect.objectContaining({ rule: `${name}-npm`, file: `libs/${name}/src/a.ts` }),
  ]);
});

test.each(["node:fs", "fs", "sharp", "werift", "node-av", "msw"])(
  "%s is found in a library of runtime any, static, dynamic and as a type",
  async (name) => {
    using example = makeExampleWorkspace({
      "libs/client/src/static.ts": `import "${name}";\n`,
      "libs/client/src/dynamic.ts": `export const load = () => import("${name}");\n`,
      "libs/client/src/type.ts": `import type x from "${name}";\nexport type X = typeof x;\n`,
    });
    const files = new Set((await checkImports(example.root)).map((violation) => violation.file));
    expect([...files].sort()).toEqual(
      ["dynamic", "static", "type"].map((file) => `libs/client/src/${file}.ts`),
    );
  },
);

test.each([
  ["nx-tags", "errors", { name: "@inference-ts/errors", nx: { tags: ["runtime:node"] } }],
  ["nx-tags", "errors", { name: "@inference-ts/errors" }],
  [
    "nx-tags",
    "client",
    {
      name: "@inference-ts/client",
      nx: { tags: ["runtime:any"] },
      dependencies: { "@inference-ts/images-node": "1" },
    },
  ],
  [
    "declared-libs",
    "errors",
    {
      name: "@inference-ts/errors",
      nx: { tags: ["runtime:any"] },
      dependencies: { "@inference-ts/client": "1" },
    },
  ],
  ["rooms-are-listed", "unknown", { name: "@inference-ts/unknown", nx: { tags: ["runtime:any"] } }],
  ["names-follow-folders", "errors", { name: "@inference-ts/failures", nx: { tags: ["runtime:any"] } }],
])("%s fires for a package.json of %s", (rule, name, manifest) => {
  using example = makeExampleWorkspace({ [`libs/${name}/package.json`]: JSON.stringify(manifest) });
  expect(checkProjects(example.root)).toContainEqual(
    expect.objectContaining({ rule, file: `libs/${name}/package.json` }),
  );
});

test("an app that declares an internal library is found", () => {
  const manifest = {
    name: "@inference-ts/cli",
    nx: { tags: ["app"] },
    dependencies: { "@inference-ts/client": "1" },
  };
  using example = makeExampleWorkspace({ "apps/cli/package.json": JSON.stringify(manifest) });
  expect(checkProjects(example.root).map((violation) => violation.rule)).toEqual(["declared-libs"]);
});

test.each([
  ["Buffer.from('x')", true],
  ["globalThis.process.env", true],
  ['globalThis["process"]', true],
  ["(({ process }: { process: number }) => 1)", false],
  ["(() => { const { process } = globalThis; return 1; })()", true],
  ["(() => { const { Buffer: bytes } = globalThis; return 1; })()", true],
  ["(() => { const { process: own } = { process: 1 }; return own; })()", false],
  ["clearImmediate(undefined)", true],
  ["typeof process === 'object'", true],
  ["[setImmediate]", true],
  ["({ process: 1 }).process", false],
  ["((Buffer: number) => 1)", false],
])("Node's globals: %s", (expression, found) => {
  using example = makeExampleWorkspace({ "libs/images/src/a.ts": `export const a = ${expression};\n` });
  expect(checkGlobals(example.root).length > 0).toBe(found);
});

test("Node's globals are allowed in Node's files and in tests", () => {
  const text = "export const a = Buffer.alloc(1);\n";
  using example = makeExampleWorkspace({
    "libs/images-node/src/a.ts": text,
    "libs/drawing/src/sharp/a.ts": text,
    "libs/images/src/a.test.ts": text,
  });
  expect(checkGlobals(example.root)).toEqual([]);
});

test.each([
  ["export const x = 1;", true],
  ['export { paths } from "./b.ts";', true],
  ['export type { paths } from "./b.ts";', false],
  ["export type X = 1; export interface Y {}", false],
  ['import type { paths } from "./b.ts"; export type X = paths;', false],
])("types-only: %s", (text, found) => {
  using example = makeExampleWorkspace({ "libs/schema/src/a.ts": `${text}\n` });
  expect(checkGlobals(example.root).some((violation) => violation.rule === "types-only")).toBe(found);
});

test("every rule has a bad example", () => {
  const roomRules = (name: string) => name.endsWith("-npm") || name === "sdk-libs";
  const untested = FORBIDDEN.map((rule) => rule.name ?? "").filter(
    (name) => BAD_IMPORTS[name] === undefined && !roomRules(name),
  );
  expect(untested).toEqual([]);
});
