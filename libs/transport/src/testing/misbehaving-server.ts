import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { gzipSync } from "node:zlib";

/** What the server saw of one request. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
  /** Number of the connection it came on, counted from 1. */
  readonly connection: number;
}

/** A real server on 127.0.0.1 that answers well or badly, as the path of the request says. */
export interface MisbehavingServer {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  /** Connections that are open now. */
  openConnections(): number;
  /** Resolves when the number of open connections is `count`. */
  whenConnections(count: number): Promise<void>;
  /** Resolves with the request when one arrives at the path (its body may still be missing). */
  whenArrived(path: string): Promise<void>;
  close(): Promise<void>;
}

type Behaviour = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

const HEAD_OF_100 = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 100\r\n\r\n";

/** Behaviours after the request was read. */
const AFTER_BODY: Readonly<Record<string, Behaviour>> = {
  "/echo": (request, response, body) => {
    response.writeHead(200, {
      "content-type": "application/octet-stream",
      "x-method": request.method ?? "",
      "x-many": ["a", "b"],
    });
    response.end(body);
  },
  "/sized": (_request, response, body) => {
    response.writeHead(200, { "content-length": body.byteLength });
    response.end(body);
  },
  "/teapot": (_request, response) => response.writeHead(418).end("short and stout"),
  "/redirect": (_request, response) =>
    response.writeHead(302, { location: "http://127.0.0.1:1/moved" }).end(),
  "/empty": (_request, response) => response.writeHead(204).end(),
  "/reset": (request) => request.socket.resetAndDestroy(),
  "/close": (request) => request.socket.destroy(),
  "/stall": () => undefined,
  "/stall-body": (request) => request.socket.write(`${HEAD_OF_100}partial`),
  "/truncated": (request) => request.socket.end(`${HEAD_OF_100}partial`),
  "/truncated-chunked": (request) =>
    request.socket.end("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n"),
  "/slow": (_request, response) => {
    response.writeHead(200, { "content-length": 12 });
    const parts = ["slow", "ly, ", "done"];
    const next = (): void => {
      const part = parts.shift();
      if (part === undefined) response.end();
      else response.write(part, () => setTimeout(next, 5));
    };
    next();
  },
  "/endless": (_request, response) => {
    response.writeHead(200, { "content-type": "application/octet-stream" });
    const piece = Buffer.alloc(16 * 1024, 7);
    const pump = (): void => {
      while (!response.destroyed && response.write(piece));
      if (!response.destroyed) response.once("drain", pump);
    };
    pump();
  },
  "/not-http": (request) => request.socket.end("SSH-2.0-OpenSSH_9.2\r\n"),
  "/gzip": (_request, response) =>
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("a compressed text")),
  "/damaged-gzip": (_request, response) =>
    response.writeHead(200, { "content-encoding": "gzip" }).end("this is no gzip at all"),
};

/** Starts the server on a free port. */
export async function startMisbehavingServer(): Promise<MisbehavingServer> {
  const seen: SeenRequest[] = [];
  const sockets = new Map<Socket, number>();
  const watchers = new Set<() => void>();
  const arrived: string[] = [];
  let connections = 0;
  const notify = (): void => {
    for (const watcher of [...watchers]) watcher();
  };
  const when = (condition: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const watcher = (): void => {
        if (!condition()) return;
        watchers.delete(watcher);
        resolve();
      };
      watchers.add(watcher);
      watcher();
    });

  const server: Server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const path = request.url?.split("?")[0] ?? "";
    arrived.push(path);
    notify();
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("error", () => undefined);
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      const { method = "", url = "", headers } = request;
      seen.push({ method, url, headers, body, connection: sockets.get(request.socket) ?? 0 });
      (AFTER_BODY[path] ?? ((_request, answer) => answer.writeHead(404).end()))(request, response, body);
    });
  });
  server.on("connection", (socket) => {
    connections += 1;
    sockets.set(socket, connections);
    socket.on("error", () => undefined);
    socket.on("close", () => {
      sockets.delete(socket);
      notify();
    });
    notify();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    openConnections: () => sockets.size,
    whenConnections: (count) => when(() => sockets.size === count),
    whenArrived: (path) => when(() => arrived.includes(path)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets.keys()) socket.destroy();
      }),
  };
}
