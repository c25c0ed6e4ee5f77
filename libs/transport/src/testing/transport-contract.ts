import { createServer } from "node:net";
import {
  ClosedError,
  InvalidInputFormatError,
  InvalidResponseError,
  ServerConnectionError,
} from "@inference-ts/errors";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { StreamBody, Transport, WireRequest } from "../wire.ts";
import { type MisbehavingServer, startMisbehavingServer } from "./misbehaving-server.ts";

export { type MisbehavingServer, type SeenRequest, startMisbehavingServer } from "./misbehaving-server.ts";

const MAX_BYTES = 1024 * 1024;
const KEY = "test-key-0123456789";

/** The rules of the `Transport` port, checked over real sockets. Call it once per adapter, in a test file of its own. */
export function describeTransportContract(name: string, makeTransport: () => Transport): void {
  describe(`transport contract: ${name}`, () => {
    let server: MisbehavingServer;
    let transport: Transport;
    let controller: AbortController;

    beforeEach(async () => {
      server = await startMisbehavingServer();
      transport = makeTransport();
      controller = new AbortController();
    });
    afterEach(async () => {
      await transport.close();
      await server.close();
    });

    const request = (path: string, changes: Partial<WireRequest> = {}): WireRequest => ({
      method: "POST",
      url: `${server.url}${path}?api_key=${KEY}`,
      headers: { "content-type": "application/octet-stream" },
      body: new Uint8Array([1, 2, 3]),
      ...changes,
    });
    const send = (wire: WireRequest) => transport.send(wire, controller.signal);
    const sendAndRead = async (wire: WireRequest) => (await send(wire)).bytes(MAX_BYTES);

    test("method, query, headers, body and answer arrive as they were", async () => {
      const body = crypto.getRandomValues(new Uint8Array(60_000));
      const response = await send(request("/echo", { body, headers: { "x-own": "1" } }));
      expect(response.status).toBe(200);
      expect(response.header("X-Method")).toBe("POST");
      expect(response.header("x-many")).toBe("a, b");
      expect(response.header("x-absent")).toBeNull();
      expect(await response.bytes(MAX_BYTES)).toEqual(body);
      expect(server.seen).toHaveLength(1);
      expect(server.seen[0]?.url).toBe(`/echo?api_key=${KEY}`);
      expect(server.seen[0]?.headers).toMatchObject({ "x-own": "1", "content-length": "60000" });
    });

    test("a body longer than one network piece is complete, with and without announced length", async () => {
      const body = crypto.getRandomValues(new Uint8Array(65_536)).subarray(5);
      const long = new Uint8Array(body.byteLength * 9);
      for (let piece = 0; piece < 9; piece += 1) long.set(body, piece * body.byteLength);
      expect(await sendAndRead(request("/echo", { body: long }))).toEqual(long);
      expect(await sendAndRead(request("/sized", { body: long }))).toEqual(long);
    });

    test("GET without a body, an empty answer, an error status", async () => {
      expect(await sendAndRead(request("/echo", { method: "GET", body: null }))).toHaveLength(0);
      expect(await sendAndRead(request("/empty"))).toHaveLength(0);
      const response = await send(request("/teapot"));
      expect(response.status).toBe(418);
      expect(new TextDecoder().decode(await response.bytes(MAX_BYTES))).toBe("short and stout");
    });

    test("a redirect is handed on, not followed", async () => {
      const response = await send(request("/redirect"));
      expect([0, 302]).toContain(response.status);
      response.discard();
      expect(server.seen).toHaveLength(1);
    });

    test("connections are kept and used again", async () => {
      for (let round = 0; round < 6; round += 1) await sendAndRead(request("/echo"));
      // A runtime's fetch gives its connection back a moment after the body, so it may need a second one.
      expect(new Set(server.seen.map(({ connection }) => connection)).size).toBeLessThanOrEqual(2);
    });

    test.each(["/reset", "/close", "/truncated", "/truncated-chunked", "/not-http"])(
      "%s is a ServerConnectionError without the key",
      async (path) => {
        const error: unknown = await sendAndRead(request(path)).catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(ServerConnectionError);
        expect(String(error)).not.toContain(KEY);
        expect(error).not.toHaveProperty("cause");
      },
    );

    test("a refused connection names the system's code", async () => {
      const error: unknown = await sendAndRead(
        request("/", { url: `http://127.0.0.1:${await deadPort()}/` }),
      ).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ServerConnectionError);
      expect(error).toMatchObject({ systemCode: "ECONNREFUSED" });
    });

    test("abort ends the wait for an answer with the signal's reason and closes the connection", async () => {
      const reason = new Error("enough");
      const answer = send(request("/stall"));
      const failed = expect(answer).rejects.toBe(reason);
      await server.whenArrived("/stall");
      controller.abort(reason);
      await failed;
      await server.whenConnections(0);
    });

    test("abort ends the reading of a body that stalls", async () => {
      const reason = new Error("enough");
      const response = await send(request("/stall-body"));
      const failed = expect(response.bytes(MAX_BYTES)).rejects.toBe(reason);
      controller.abort(reason);
      await failed;
      await server.whenConnections(0);
    });

    test("abort ends a stream that stalls", async () => {
      const reason = new Error("enough");
      const response = await send(request("/stall-body"));
      const pieces = response.stream()[Symbol.asyncIterator]();
      expect((await pieces.next()).value).toEqual(new TextEncoder().encode("partial"));
      const failed = expect(pieces.next()).rejects.toBe(reason);
      controller.abort(reason);
      await failed;
      await server.whenConnections(0);
    });

    test("a signal that has already aborted sends nothing", async () => {
      const reason = new Error("too late");
      controller.abort(reason);
      await expect(send(request("/echo"))).rejects.toBe(reason);
      expect(server.openConnections()).toBe(0);
    });

    test("a slow body is read to its end", async () => {
      expect(new TextDecoder().decode(await sendAndRead(request("/slow")))).toBe("slowly, done");
    });

    test("an answer over the limit is refused and its connection closed, announced or not", async () => {
      const announced = await send(request("/slow"));
      await expect(announced.bytes(11)).rejects.toBeInstanceOf(InvalidResponseError);
      await server.whenConnections(0);
      const endless = await send(request("/endless"));
      await expect(endless.bytes(100_000)).rejects.toBeInstanceOf(InvalidResponseError);
      await server.whenConnections(0);
    });

    test("an answer of exactly the limit is accepted", async () => {
      expect(await (await send(request("/slow"))).bytes(12)).toHaveLength(12);
    });

    test("a stream gives the body in pieces", async () => {
      let text = "";
      for await (const piece of (await send(request("/slow"))).stream())
        text += new TextDecoder().decode(piece);
      expect(text).toBe("slowly, done");
    });

    test("leaving a stream early closes its connection", async () => {
      for await (const piece of (await send(request("/endless"))).stream()) {
        expect(piece[0]).toBe(7);
        break;
      }
      await server.whenConnections(0);
    });

    test("a stream that breaks off is a ServerConnectionError after the pieces that came", async () => {
      const pieces: Uint8Array[] = [];
      const read = async (): Promise<void> => {
        for await (const piece of (await send(request("/truncated"))).stream()) pieces.push(piece);
      };
      await expect(read()).rejects.toBeInstanceOf(ServerConnectionError);
    });

    test("discard releases the connection of an answer that never ends", async () => {
      (await send(request("/endless"))).discard();
      await server.whenConnections(0);
    });

    test("a stream body arrives complete and is opened once", async () => {
      let opened = 0;
      const body: StreamBody = {
        byteLength: null,
        open: async function* () {
          opened += 1;
          for (let piece = 0; piece < 20; piece += 1) yield new Uint8Array(10_000).fill(piece);
        },
      };
      const answer = await sendAndRead(request("/echo", { body }));
      expect(answer).toHaveLength(200_000);
      expect([answer[0], answer[199_999]]).toEqual([0, 19]);
      expect(opened).toBe(1);
    });

    test("a stream body may use one buffer for all its pieces", async () => {
      const buffer = new Uint8Array(100_000);
      const body: StreamBody = {
        byteLength: 10 * buffer.length,
        open: async function* () {
          for (let piece = 0; piece < 10; piece += 1) yield buffer.fill(piece);
        },
      };
      const answer = await sendAndRead(request("/echo", { body }));
      expect(answer).toHaveLength(1_000_000);
      expect(answer.every((byte, index) => byte === Math.floor(index / buffer.length))).toBe(true);
    });

    test("a failing source of a stream body is the caller's error", async () => {
      const body: StreamBody = {
        byteLength: null,
        open: async function* () {
          yield new Uint8Array(10);
          throw new Error("disk gone");
        },
      };
      const error: unknown = await sendAndRead(request("/echo", { body })).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(InvalidInputFormatError);
      expect(String(error)).toContain("disk gone");
    });

    test("aborting an upload leaves its source", async () => {
      let left = false;
      const body: StreamBody = {
        byteLength: null,
        open: async function* () {
          try {
            for (;;) yield new Uint8Array(1000);
          } finally {
            left = true;
          }
        },
      };
      const answer = send(request("/echo", { body }));
      const failed = expect(answer).rejects.toThrow("enough");
      await server.whenArrived("/echo");
      controller.abort(new Error("enough"));
      await failed;
      await expect.poll(() => left).toBe(true);
    });

    test("a header that cannot be written is refused without showing its value", async () => {
      const error: unknown = await send(
        request("/echo", { headers: { authorization: `Bearer ${KEY}\n` } }),
      ).then(
        (response) => response.discard(),
        (thrown: unknown) => thrown,
      );
      if (error !== undefined) expect(error).toMatchObject({ code: "INVALID_PARAMETER" });
      expect(String(error)).not.toContain(KEY);
    });

    test("many requests at once, each with its own answer", async () => {
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_none, index) =>
          sendAndRead(request("/echo", { body: Uint8Array.of(index) })),
        ),
      );
      expect(answers.map((answer) => answer[0])).toEqual(Array.from({ length: 40 }, (_none, index) => index));
    });

    test("close ends what is under way and refuses what comes later", async () => {
      const waiting = expect(send(request("/stall"))).rejects.toBeInstanceOf(ClosedError);
      await server.whenArrived("/stall");
      const reading = await send(request("/stall-body"));
      const broken = expect(reading.bytes(MAX_BYTES)).rejects.toBeInstanceOf(ClosedError);
      await transport.close();
      await waiting;
      await broken;
      await expect(send(request("/echo"))).rejects.toBeInstanceOf(ClosedError);
      await transport.close();
      await server.whenConnections(0);
    });

    test("compressed answers are read, damaged ones refused", async () => {
      expect(new TextDecoder().decode(await sendAndRead(request("/gzip")))).toBe("a compressed text");
      await expect(sendAndRead(request("/damaged-gzip"))).rejects.toMatchObject({
        code: expect.stringMatching(/INVALID_RESPONSE|CONNECTION_FAILED/),
      });
    });
  });
}

/** A port of 127.0.0.1 on which nobody listens. */
async function deadPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return typeof address === "object" && address !== null ? address.port : 1;
}
