import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answerPlainly, type PlainRequest, plainResponse } from "./plain-http.ts";

const seen: PlainRequest[] = [];
const server = net.createServer((socket) =>
  answerPlainly(socket, (request, respond) => {
    seen.push(request);
    respond(plainResponse(200, `{"text":"ü","bytes":${request.bodyBytes}}`));
  }),
);
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  agent.destroy();
  server.close();
});

function post(path: string, pieces: readonly Buffer[]): Promise<unknown> {
  const { port } = server.address() as AddressInfo;
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return new Promise((resolve, reject) => {
    const request = http.request({
      port,
      path,
      agent,
      method: "POST",
      headers: { "Content-Length": length },
    });
    request.on("error", reject);
    request.on("response", (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => resolve(JSON.parse(Buffer.concat(parts).toString())));
    });
    for (const piece of pieces) request.write(piece);
    request.end();
  });
}

test("requests with long, short and no bodies follow each other on one connection", async () => {
  const long = Buffer.alloc(300_000, "x\r\n\r\n");
  expect(await post("/long", [long, long])).toEqual({ text: "ü", bytes: 600_000 });
  expect(await post("/short", [Buffer.from("a")])).toEqual({ text: "ü", bytes: 1 });
  expect(await post("/none", [])).toEqual({ text: "ü", bytes: 0 });
  expect(seen).toEqual([
    { path: "/long", bodyBytes: 600_000 },
    { path: "/short", bodyBytes: 1 },
    { path: "/none", bodyBytes: 0 },
  ]);
});

test("a head that arrives byte by byte", async () => {
  const { port } = server.address() as AddressInfo;
  const socket = net.connect(port, "127.0.0.1").setNoDelay();
  const answer = new Promise<string>((resolve) => socket.once("data", (data) => resolve(data.toString())));
  for (const byte of "POST /slow HTTP/1.1\r\ncontent-length: 2\r\n\r\nab") {
    await new Promise((resolve) => socket.write(byte, resolve));
  }
  expect(await answer).toMatch(/^HTTP\/1\.1 200 .*"bytes":2\}$/s);
  socket.destroy();
});
