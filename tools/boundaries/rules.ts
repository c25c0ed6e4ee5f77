import type { IFlattenedRuleSet } from "dependency-cruiser";
import { APP_LIBS, NODE_PACKAGES, ROOMS, type Room, TEST_CODE } from "./rooms.ts";

type ForbiddenRule = NonNullable<IFlattenedRuleSet["forbidden"]>[number];

const ANY_LIB = "^libs/";
const group = (names: readonly string[]) => `(?:${names.join("|")})`;
const npmPackage = (names: readonly string[]) => `(?:^|/)node_modules/${group(names)}/`;
const nodeFiles = (name: string, room: Room) => (room.nodeOnly ?? []).map((path) => `^libs/${name}/${path}`);

/** Files that must also run in a browser, and those inside the same rooms that need not. */
const anywhere = Object.entries(ROOMS).filter(([, room]) => room.runtime !== "node");
const ANY_RUNTIME = `^libs/${group(anywhere.map(([name]) => name))}/src/`;
const NODE_ONLY_FILES = anywhere.flatMap(([name, room]) => nodeFiles(name, room));
const NODE_LIBS = Object.entries(ROOMS)
  .filter(([, room]) => room.runtime === "node")
  .map(([name]) => name);

const perRoom: readonly ForbiddenRule[] = Object.entries(ROOMS).flatMap(([name, room]) => [
  {
    name: `${name}-libs`,
    severity: "error",
    comment: `libs/${name} may import ${room.libs.join(", ") || "no library"}`,
    from: { path: `^libs/${name}/src/`, pathNot: TEST_CODE },
    to: { path: `${ANY_LIB}(?!${group([name, ...room.libs])}/)` },
  },
  {
    name: `${name}-npm`,
    severity: "error",
    comment: `libs/${name} may import ${room.npm?.join(", ") ?? "no npm package"}`,
    from: { path: `^libs/${name}/src/`, pathNot: TEST_CODE },
    to: {
      path: "(?:^|/)node_modules/",
      pathNot: room.npm === undefined ? "^$" : `node_modules/(?:@types/)?${group(room.npm)}/`,
    },
  },
]);

/** The rules of the workspace for dependency-cruiser. */
export const FORBIDDEN: readonly ForbiddenRule[] = [
  ...perRoom,
  {
    name: "no-cycle",
    severity: "error",
    comment:
      "files that import each other, be it types alone, cannot be understood one by one; move what both need into one of them, or into a file of its own",
    from: {},
    to: { circular: true },
  },
  {
    name: "no-unresolvable",
    severity: "error",
    comment: "the imported file or package does not exist",
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: "any-runtime-without-node",
    severity: "error",
    comment: "code of runtime any imports no node: module",
    from: { path: ANY_RUNTIME, pathNot: [...TEST_CODE, ...NODE_ONLY_FILES] },
    to: { dependencyTypes: ["core"] },
  },
  {
    name: "any-runtime-without-node-packages",
    severity: "error",
    comment: `code of runtime any imports none of ${NODE_PACKAGES.join(", ")}, not even dynamically or as a type`,
    from: { path: ANY_RUNTIME, pathNot: [...TEST_CODE, ...NODE_ONLY_FILES] },
    to: { path: npmPackage(NODE_PACKAGES) },
  },
  {
    name: "any-runtime-without-node-code",
    severity: "error",
    comment: "code of runtime any imports no library or file that needs Node",
    from: { path: ANY_RUNTIME, pathNot: [...TEST_CODE, ...NODE_ONLY_FILES] },
    to: { path: [`^libs/${group(NODE_LIBS)}/`, ...NODE_ONLY_FILES] },
  },
  {
    name: "node-files-through-the-sdk",
    severity: "error",
    comment: "the Node part of a room of runtime any is reached from the sdk's Node entries alone",
    from: { path: ANY_LIB, pathNot: [...TEST_CODE, ...NODE_ONLY_FILES] },
    to: { path: NODE_ONLY_FILES, pathNot: "^libs/sdk/" },
  },
  {
    name: "one-openapi-fetch-importer",
    severity: "error",
    comment: "only libs/endpoints imports openapi-fetch, so that it can be replaced in one place",
    from: { pathNot: "^libs/endpoints/|(?:^|/)node_modules/" },
    to: { path: npmPackage(["openapi-fetch"]) },
  },
  {
    name: "one-openapi-typescript-importer",
    severity: "error",
    comment:
      "only tools/openapi/generate.ts imports openapi-typescript, so that it can be replaced in one place",
    from: { pathNot: "^tools/openapi/generate\\.ts$|(?:^|/)node_modules/" },
    to: { path: npmPackage(["openapi-typescript"]) },
  },
  {
    name: "one-generated-importer",
    severity: "error",
    comment: "generated types are reached through libs/schema",
    from: { pathNot: "^libs/schema/src/" },
    to: { path: "^libs/schema/src/generated/" },
  },
  {
    name: "apps-through-the-sdk",
    severity: "error",
    comment: `apps import ${APP_LIBS.join(" and ")}, never an internal library`,
    from: { path: "^apps/" },
    to: { path: `${ANY_LIB}(?!${group(APP_LIBS)}/)` },
  },
  {
    name: "apps-stand-alone",
    severity: "error",
    comment: "an app does not import another app",
    from: { path: "^apps/((?:samples/)?[^/]+)/" },
    to: { path: "^apps/", pathNot: "^apps/$1/" },
  },
  {
    name: "libs-without-apps-and-tools",
    severity: "error",
    comment: "libraries know nothing of apps and tools, apps nothing of tools",
    from: { path: "^(?:libs|apps)/" },
    to: { path: "^tools/" },
  },
  {
    name: "libs-without-apps",
    severity: "error",
    comment: "libraries know nothing of apps",
    from: { path: ANY_LIB },
    to: { path: "^apps/" },
  },
];
