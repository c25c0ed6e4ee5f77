import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { detect, type Handler, json, silent, startServer } from "../rig/server.ts";

const BEHAVIOURS: Readonly<Record<string, Handler>> = {
  reset: (_request, response) => response.socket?.resetAndDestroy(),
  "503": (_request, response) => json(response, {}, 503),
  later: (_request, response) => json(response, {}, 503, { "retry-after": "55" }),
  html: (_request, response) => response.writeHead(500, { "content-type": "text/html" }).end("<p>oops"),
  stalled: (_request, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": 500 });
    response.write("{");
  },
  silent,
};

test("after successes, failures, aborts and close nothing keeps the process alive", async () => {
  await using server = await startServer({
    infer: (request, response) => {
      const behaviour = request.method === "GET" ? "silent" : String(request.headers["x-behaviour"] ?? "");
      (BEHAVIOURS[behaviour] ?? detect)(request, response);
    },
  });
  const program = join(import.meta.dirname, "leaves-nothing-open.ts");
  const child = spawn(process.execPath, ["--conditions=source", program, server.url], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let doneAt = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    if (output.includes("done")) doneAt = performance.now();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  const code = await new Promise((resolve) => child.on("exit", resolve));
  expect(output).toBe("3 fulfilled of 14\n3 fulfilled of 14\ndone\n");
  expect(code).toBe(0);
  // The shortest of the timers that could be left runs for 50 s.
  expect(performance.now() - doneAt).toBeLessThan(3_000);
});
