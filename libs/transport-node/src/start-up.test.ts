import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

test("importing it loads neither node:http nor Node's own fetch; the first request loads the former alone", async () => {
  const program = `
    const { nodeHttpTransport } = await import("@inference-ts/transport-node");
    const loaded = () => ["http", "internal/deps/undici/undici"].map((name) => process.moduleLoadList.includes("NativeModule " + name));
    const before = loaded();
    const transport = nodeHttpTransport();
    const request = { method: "GET", url: "http://127.0.0.1:9/", headers: {}, body: null };
    await transport.send(request, new AbortController().signal).catch(() => {});
    await transport.close();
    console.log(JSON.stringify([before, loaded()]));`;
  const args = ["--conditions=source", "--input-type=module", "--eval", program];
  const { NODE_OPTIONS: _options, ...env } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname, env });
  expect(JSON.parse(stdout)).toEqual([
    [false, false],
    [true, false],
  ]);
});
