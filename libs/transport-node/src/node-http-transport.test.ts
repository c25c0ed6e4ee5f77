import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Transport, WireRequest } from "@inference-ts/transport";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type NodeHttpTransportOptions, nodeHttpTransport } from "./node-http-transport.ts";
import { proxyEnvironment } from "./proxy.ts";

const cleanUps: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  cleanUps.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

function makeTransport(options?: NodeHttpTransportOptions): Transport {
  const transport = nodeHttpTransport(options);
  cleanUps.push(() => transport.close());
  return transport;
}

const post = (url: string, changes: Partial<WireRequest> = {}): WireRequest => ({
  method: "POST",
  url,
  headers: {},
  body: Uint8Array.of(1, 2, 3),
  ...changes,
});

async function read(transport: Transport, request: WireRequest): Promise<string> {
  const response = await transport.send(request, new AbortController().signal);
  return new TextDecoder().decode(await response.bytes(1000));
}

describe("content encodings", () => {
  const answering = (headers: Record<string, string>, body = "") =>
    listen(createServer((_request, response) => response.writeHead(200, headers).end(body)));

  test.each(["zstd", "constructor", "__proto__"])("%s is refused by name", async (encoding) => {
    const url = await answering({ "content-encoding": encoding }, "text");
    await expect(read(makeTransport(), post(url))).rejects.toMatchObject({
      code: "INVALID_RESPONSE",
      message: expect.stringContaining(`"${encoding}"`),
    });
  });

  test("one byte of a compressed body is a damaged one", async () => {
    const url = await answering({ "content-encoding": "gzip" }, "\x1f");
    await expect(read(makeTransport(), post(url))).rejects.toMatchObject({ code: "INVALID_RESPONSE" });
  });

  test.each(["GET", "HEAD"])("an empty body is no damaged one (%s)", async (method) => {
    const url = await answering({ "content-encoding": "gzip" });
    const request = { ...post(url), method, body: null };
    const transport = makeTransport();
    expect(await read(transport, request)).toBe("");
    const response = await transport.send(request, new AbortController().signal);
    const pieces: Uint8Array[] = [];
    for await (const piece of response.stream()) pieces.push(piece);
    expect(pieces).toEqual([]);
  });
});

/** Answers the first request of each connection and resets the connection on the second one. */
async function startForgetfulServer(): Promise<{ url: string; sockets: Socket[]; requests: () => number }> {
  let requests = 0;
  const served = new Set<Socket>();
  const sockets: Socket[] = [];
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    requests += 1;
    if (served.has(request.socket)) {
      request.socket.resetAndDestroy();
      return;
    }
    served.add(request.socket);
    request.resume().on("end", () => response.end("ok"));
  });
  server.on("connection", (socket) => sockets.push(socket));
  return { url: await listen(server), sockets, requests: () => requests };
}

describe("kept connections", () => {
  test("a request that meets a closed one is sent once more over a new one", async () => {
    const server = await startForgetfulServer();
    const transport = makeTransport();
    expect(await read(transport, post(server.url))).toBe("ok");
    expect(await read(transport, post(server.url))).toBe("ok");
    expect(server.requests()).toBe(3);
    expect(server.sockets).toHaveLength(2);
  });

  test("a request that must go over a fresh connection does, and leaves the kept ones alone", async () => {
    const server = await startForgetfulServer();
    const transport = makeTransport();
    expect(await read(transport, post(server.url))).toBe("ok");
    expect(await read(transport, post(server.url, { freshConnection: true }))).toBe("ok");
    expect(server.requests()).toBe(2);
    expect(server.sockets).toHaveLength(2);
  });

  test("a reset on a new connection is not repeated here", async () => {
    let requests = 0;
    const url = await listen(
      createServer((request) => {
        requests += 1;
        request.socket.resetAndDestroy();
      }),
    );
    await expect(read(makeTransport(), post(url))).rejects.toMatchObject({
      code: "CONNECTION_FAILED",
      systemCode: "ECONNRESET",
    });
    expect(requests).toBe(1);
  });

  test("close leaves no idle connection", async () => {
    const server = await startForgetfulServer();
    const transport = makeTransport();
    await read(transport, post(server.url));
    const [socket] = server.sockets;
    const closed = once(socket!, "close");
    await transport.close();
    await closed;
  });

  test("agent options are obeyed", async () => {
    let connections = 0;
    const server = createServer((request, response) => request.resume().on("end", () => response.end("ok")));
    server.on("connection", () => {
      connections += 1;
    });
    const url = await listen(server);
    const transport = makeTransport({ agentOptions: { maxSockets: 2 } });
    await Promise.all(Array.from({ length: 10 }, () => read(transport, post(url))));
    expect(connections).toBe(2);
  });
});

describe("interceptors", () => {
  test("msw sees the request and answers it", async () => {
    const server = setupServer(
      http.post("http://inference.test/infer", async ({ request }) =>
        HttpResponse.json({
          got: (await request.arrayBuffer()).byteLength,
          key: new URL(request.url).searchParams.get("api_key"),
        }),
      ),
      http.post("http://inference.test/broken", () => HttpResponse.error()),
    );
    server.listen();
    cleanUps.push(() => server.close());
    const transport = makeTransport();
    expect(await read(transport, post("http://inference.test/infer?api_key=k1"))).toBe(
      '{"got":3,"key":"k1"}',
    );
    await expect(read(transport, post("http://inference.test/broken"))).rejects.toMatchObject({
      code: "CONNECTION_FAILED",
    });
  });
});

describe("addresses", () => {
  test.each(["ftp://h/x", "no url", "file:///etc/passwd"])("%s is refused", async (url) => {
    await expect(read(makeTransport(), post(url))).rejects.toMatchObject({ code: "INVALID_PARAMETER" });
  });
});

describe("proxy", () => {
  test("a proxy given by URL gets the request", async () => {
    const seen: (string | undefined)[] = [];
    const proxy = await listen(
      createServer((request, response) => {
        seen.push(request.url);
        request.resume().on("end", () => response.end("from the proxy"));
      }),
    );
    const transport = makeTransport({ proxy: new URL(proxy) });
    expect(await read(transport, post("http://inference.test:9001/infer?x=1"))).toBe("from the proxy");
    expect(seen).toEqual(["http://inference.test:9001/infer?x=1"]);
  });

  test("https goes through a tunnel", async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer();
    server.on("connect", (request, socket) => {
      asked.push(request.url);
      socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    });
    const proxy = await listen(server);
    const transport = makeTransport({ proxy: new URL(proxy) });
    await expect(read(transport, post("https://inference.test/infer"))).rejects.toMatchObject({
      code: "CONNECTION_FAILED",
    });
    expect(asked).toEqual(["inference.test:443"]);
  });

  test("the environment is taken only when it names a proxy", () => {
    expect(proxyEnvironment("environment", { PATH: "/bin" }, "v24.21.0")).toBeUndefined();
    expect(proxyEnvironment("environment", { HTTP_PROXY: "" }, "v24.21.0")).toBeUndefined();
    const environment = { https_proxy: "http://p:1", NO_PROXY: "localhost" };
    expect(proxyEnvironment("environment", environment, "v24.21.0")).toBe(environment);
    expect(proxyEnvironment("none", environment, "v24.21.0")).toBeUndefined();
    expect(proxyEnvironment("http://p:2", {}, "v22.21.0")).toEqual({
      HTTP_PROXY: "http://p:2",
      HTTPS_PROXY: "http://p:2",
    });
  });

  test.each([
    ["ALL_PROXY", { ALL_PROXY: "http://p:1" }, "http://p:1", "http://p:1"],
    [
      "all_proxy before ALL_PROXY",
      { ALL_PROXY: "http://q:1", all_proxy: "http://p:1" },
      "http://p:1",
      "http://p:1",
    ],
    [
      "a scheme's own before it",
      { ALL_PROXY: "http://q:1", HTTPS_PROXY: "http://p:1" },
      "http://q:1",
      "http://p:1",
    ],
    ["an empty one is none", { ALL_PROXY: "http://q:1", http_proxy: "" }, "http://q:1", "http://q:1"],
    ["http where it says no scheme", { ALL_PROXY: "p:1" }, "http://p:1", "http://p:1"],
  ])("%s", (_name, environment, http, https) => {
    expect(proxyEnvironment("environment", { ...environment, NO_PROXY: "x" }, "v24.21.0")).toEqual({
      ...environment,
      NO_PROXY: "x",
      http_proxy: http,
      https_proxy: https,
    });
  });

  test("a proxy of another kind is none, as by Node", () => {
    expect(proxyEnvironment("environment", { ALL_PROXY: "socks5://p:1" }, "v24.21.0")).toBeUndefined();
  });

  test("ALL_PROXY gets the request, unless NO_PROXY is *", async () => {
    const answering = (text: string) =>
      createServer((request, response) => request.resume().on("end", () => response.end(text)));
    const proxy = await listen(answering("from the proxy"));
    const server = await listen(answering("from the server"));
    cleanUps.push(() => void vi.unstubAllEnvs());
    for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"]) {
      vi.stubEnv(name, undefined);
    }
    vi.stubEnv("ALL_PROXY", proxy);
    expect(await read(makeTransport(), post(`${server}/infer`))).toBe("from the proxy");
    vi.stubEnv("NO_PROXY", "*");
    expect(await read(makeTransport(), post(`${server}/infer`))).toBe("from the server");
  });

  test.each(["v22.12.0", "v22.20.1", "v23.11.0", "v24.4.1"])(
    "%s cannot use a given proxy and says so",
    (version) => {
      expect(() => proxyEnvironment("http://p:2", {}, version)).toThrow(version);
    },
  );
  test.each(["v22.21.0", "v24.5.0", "v25.0.0"])("%s can", (version) => {
    expect(proxyEnvironment("http://p:2", {}, version)).toBeDefined();
  });
});

test("an answer that comes before the upload has ended is given, and its connection not used again", async () => {
  const server = createServer((_request, response) => response.writeHead(413).end("too large"));
  const url = await listen(server);
  const sockets: Socket[] = [];
  server.on("connection", (socket) => sockets.push(socket));
  const transport = makeTransport();
  let left = false;
  const response = await transport.send(
    post(url, {
      body: {
        byteLength: null,
        open: async function* () {
          try {
            yield new Uint8Array(10);
            await new Promise(() => undefined);
          } finally {
            left = true;
          }
        },
      },
    }),
    new AbortController().signal,
  );
  expect(response.status).toBe(413);
  await response.bytes(100);
  expect(left).toBe(false);
  await expect.poll(() => sockets.every((socket) => socket.destroyed)).toBe(true);
});

test("an answer that breaks before anyone reads it is reported to the reader", async () => {
  const url = await listen(
    createServer((request) => {
      request.socket.end("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\npartial");
    }),
  );
  const response = await makeTransport().send(post(url), new AbortController().signal);
  const probe = connect(Number(new URL(url).port), "127.0.0.1");
  await once(probe, "connect");
  probe.destroy();
  await expect(response.bytes(1000)).rejects.toMatchObject({ code: "CONNECTION_FAILED" });
});
