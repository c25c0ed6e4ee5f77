import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOMS } from "./rooms.ts";

const NPM_PACKAGES = ["sharp", "msw", "werift", "node-av", "openapi-fetch", "openapi-typescript", "left-pad"];

/** A small copy of the workspace's shape in a temporary folder: every library with one file, and fake npm packages. */
export function makeExampleWorkspace(files: Readonly<Record<string, string>>): {
  readonly root: string;
  [Symbol.dispose](): void;
} {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "boundaries-")));
  const write = (path: string, text: string) => {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const [name, room] of Object.entries(ROOMS)) {
    const manifest = {
      name: `@inference-ts/${name}`,
      nx: { tags: [room.runtime === "node" ? "runtime:node" : "runtime:any"] },
      exports: { ".": { source: "./src/index.ts" } },
    };
    write(`libs/${name}/package.json`, JSON.stringify(manifest));
    write(`libs/${name}/src/index.ts`, "export type Nothing = undefined;\n");
    mkdirSync(join(root, "node_modules/@inference-ts"), { recursive: true });
    symlinkSync(`../../libs/${name}`, join(root, "node_modules/@inference-ts", name));
  }
  for (const name of NPM_PACKAGES) {
    write(
      `node_modules/${name}/package.json`,
      JSON.stringify({ name, type: "module", exports: "./index.js" }),
    );
    write(`node_modules/${name}/index.js`, "export default 1;\n");
  }
  write("package.json", JSON.stringify({ name: "example", type: "module" }));
  write("apps/cli/package.json", JSON.stringify({ name: "@inference-ts/cli", nx: { tags: ["app"] } }));
  write(
    "apps/cli/src/main.ts",
    'import type { Nothing } from "@inference-ts/sdk";\nexport const n: Nothing = undefined;\n',
  );
  write("tools/openapi/generate.ts", 'import generate from "openapi-typescript";\nexport { generate };\n');
  for (const [path, text] of Object.entries(files)) write(path, text);
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}
