import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { answeringTurn } from "./answering-turn.ts";
import { openWeriftPeer } from "./offering-peer.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});
const never = new AbortController().signal;

const reply = (request: Buffer): Buffer => {
  const answer = Buffer.from(request.subarray(0, 20));
  // An error response, as from a server that wants to know who asks.
  answer.writeUInt16BE(0x0111, 0);
  return answer;
};

async function udpServer(answer: (request: Buffer) => Buffer | null): Promise<string> {
  const socket = createSocket("udp4");
  socket.on("message", (data, { port }) => {
    const sent = answer(data);
    if (sent !== null) socket.send(sent, port, "127.0.0.1");
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  closers.push(() => socket.close());
  return `turn:127.0.0.1:${socket.address().port}?transport=udp`;
}

async function tcpServer(): Promise<string> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (data) => socket.write(reply(data)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closers.push(() => server.close());
  const address = server.address();
  return `turn:127.0.0.1:${typeof address === "object" ? address?.port : ""}?transport=tcp`;
}

const silent = () => null;
const DEAD = "turn:127.0.0.1:1?transport=tcp";

async function timed<T>(work: Promise<T>): Promise<readonly [T, number]> {
  const start = performance.now();
  return [await work, performance.now() - start];
}

describe("answeringTurn", () => {
  test("tells those that answer, in their order", async () => {
    const urls = [DEAD, await udpServer(reply), "turns:127.0.0.1:1", await tcpServer(), "nonsense"];
    expect(await answeringTurn(urls, never)).toContain(urls[1]);
    expect(await answeringTurn([DEAD, urls[3] ?? ""], never)).toEqual([urls[3]]);
    expect(openWeriftPeer.answeringTurn).toBe(answeringTurn);
  });

  test("does not wait for the slow ones behind the first that answers, and not for long for those before", async () => {
    const good = await tcpServer();
    const slow = await udpServer(silent);
    const [first, firstMs] = await timed(answeringTurn([good, slow], never));
    expect(first).toEqual([good]);
    expect(firstMs).toBeLessThan(290);
    const [second, secondMs] = await timed(answeringTurn([slow, good], never));
    expect(second).toEqual([good]);
    expect(secondMs).toBeLessThan(1500);
  });

  test("asks again when a request was lost", async () => {
    let requests = 0;
    const forgetful = await udpServer((request) => (requests++ === 0 ? null : reply(request)));
    expect(await answeringTurn([forgetful], never)).toEqual([forgetful]);
  });

  test("takes no answer to another request", async () => {
    const wrong = await udpServer((request) => reply(Buffer.alloc(20, request[0])));
    expect(await answeringTurn([wrong], AbortSignal.timeout(200))).toEqual([]);
  });

  test("ends at once when it is aborted", async () => {
    const [answered, ms] = await timed(answeringTurn([await udpServer(silent)], AbortSignal.timeout(50)));
    expect(answered).toEqual([]);
    expect(ms).toBeLessThan(1000);
    expect(await answeringTurn([await udpServer(reply)], AbortSignal.abort())).toEqual([]);
  });
});
