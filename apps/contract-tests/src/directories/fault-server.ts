import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type FaultKind, faultOf } from "./faults.ts";
import { numberOf } from "./picture-folder.ts";

/** A server that fails by the number in the picture. */
export interface FaultServer {
  readonly url: string;
  /** Attempts of each picture. */
  readonly attempts: ReadonlyMap<number, number>;
  /** How many faults of each kind were injected. */
  readonly injected: ReadonlyMap<FaultKind, number>;
  /** Most requests that were open at once. */
  readonly peakRequests: number;
  close(): Promise<void>;
}

const FAULTS: Readonly<Record<FaultKind, (request: IncomingMessage, response: ServerResponse) => void>> = {
  "429": (_request, response) => response.writeHead(429, { "content-type": "application/json" }).end("{}"),
  "500": (_request, response) => response.writeHead(500, { "content-type": "application/json" }).end("{}"),
  reset: (request) => request.socket.resetAndDestroy(),
  stall: () => undefined,
  truncated: (request) =>
    request.socket.end(
      'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"predictions":',
    ),
};

/** Starts it on a free port of 127.0.0.1. Results carry the picture's number as `n`. */
export async function startFaultServer(): Promise<FaultServer> {
  const attempts = new Map<number, number>();
  const injected = new Map<FaultKind, number>();
  let open = 0;
  let peak = 0;
  const server = createServer((request, response) => {
    open += 1;
    peak = Math.max(peak, open);
    response.on("close", () => {
      open -= 1;
    });
    const chunks: Buffer[] = [];
    request.on("error", () => undefined);
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const n = numberOf(Buffer.from(Buffer.concat(chunks).toString("latin1"), "base64"));
      const attempt = (attempts.get(n) ?? 0) + 1;
      attempts.set(n, attempt);
      const fault = faultOf(n);
      if (fault !== null && (fault.always || attempt === 1)) {
        injected.set(fault.kind, (injected.get(fault.kind) ?? 0) + 1);
        FAULTS[fault.kind](request, response);
        return;
      }
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ image: { width: 1, height: 1 }, predictions: [], n }));
    });
  });
  server.on("connection", (socket) => socket.on("error", () => undefined));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    attempts,
    injected,
    get peakRequests() {
      return peak;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
