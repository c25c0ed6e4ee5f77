import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { SANDBOX_KEY, type Sandbox, startSandbox } from "@inference-ts/sdk/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runInfer } from "../testing/run-infer.ts";
import { createWorkplace, twoBoxes, type Workplace } from "../testing/workplace.ts";

let sandbox: Sandbox;
let relay: Server;
let url: string;
let place: Workplace;
let inferences = 0;

/** Passes everything on to the sandbox; every second of three inferences does not say how large its picture is. */
beforeAll(async () => {
  sandbox = await startSandbox();
  relay = createServer(async (request, response) => {
    const body = request.method === "POST" ? Buffer.concat(await request.toArray()) : null;
    const headers = { "content-type": request.headers["content-type"] ?? "application/json" };
    const answer = await fetch(`${sandbox.url}${request.url}`, {
      method: request.method ?? "GET",
      headers,
      body,
    });
    const json = await answer.json();
    if (request.url?.startsWith("/infer/") && ++inferences % 3 === 2) delete json.image;
    response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify(json));
  });
  relay.listen(0, "127.0.0.1");
  await new Promise((resolve) => relay.once("listening", resolve));
  const address = relay.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  place = createWorkplace();
  for (const name of ["a", "b", "c"]) place.write(`shots/${name}.png`, await twoBoxes());
});
afterAll(async () => {
  relay?.close();
  await sandbox?.close();
  place?.remove();
});

test.each([
  { format: "yolo", ending: "txt" },
  { format: "voc", ending: "xml" },
])(
  "a result that $format cannot hold is the error of its picture; the others are written",
  async ({ format, ending }) => {
    const out = `labels-${format}`;
    const args = ["run", "shots", "-m", "colours/1", "--out", out, "--format", format, "--concurrency", "1"];
    const env = { INFERENCE_API_URL: url, INFERENCE_API_KEY: SANDBOX_KEY };
    const { code, stderr } = await runInfer(args, { cwd: place.path, env });
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/failed shots\/b\.png: \w+:/),
    });
    expect(stderr).toContain("2 ok, 1 failed");
    const at = (name: string) => join(place.path, out, name);
    expect([
      existsSync(at(`a.${ending}`)),
      existsSync(at(`b.${ending}`)),
      existsSync(at(`c.${ending}`)),
    ]).toEqual([true, false, true]);
    expect(readFileSync(at(`c.${ending}`), "utf8")).not.toBe("");
  },
);
