import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { type Sandbox, startSandbox } from "./sandbox.ts";

/** The status line that answers a request whose target is not changed by any client. */
async function statusOf(sandbox: Sandbox, method: string, target: string): Promise<string> {
  const { hostname, port } = new URL(sandbox.url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  socket.write(`${method} ${target} HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\n\r\n`);
  const answer = await text(socket);
  return answer.slice(0, answer.indexOf("\r\n"));
}

test.each([
  // Two parts, the first one empty: no model has such an id.
  ["GET", "//", "HTTP/1.1 400 Bad Request"],
  ["GET", "//info?image=", "HTTP/1.1 401 Unauthorized"],
  ["GET", "/info", "HTTP/1.1 200 OK"],
  ["GET", "http://proxied/info", "HTTP/1.1 200 OK"],
  ["GET", "http://[", "HTTP/1.1 400 Bad Request"],
  ["OPTIONS", "*", "HTTP/1.1 400 Bad Request"],
  ["GET", "/huggingface/status/%E0%A4%A", "HTTP/1.1 400 Bad Request"],
  ["GET", "/%E0%A4%A/1", "HTTP/1.1 400 Bad Request"],
])("%s %s is answered, and the sandbox lives on", async (method, target, status) => {
  await using sandbox = await startSandbox();
  expect(await statusOf(sandbox, method, target)).toEqual(status);
  expect(await statusOf(sandbox, "GET", "/healthz")).toBe("HTTP/1.1 200 OK");
  expect(sandbox.requests.inFlight).toBe(0);
});
