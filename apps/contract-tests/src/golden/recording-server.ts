import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** The header by which the rerouting transport tells which address the client asked for; never part of a record. */
export const ORIGIN_HEADER = "x-golden-origin";

/** One request as it arrived. */
export interface WireRecord {
  readonly method: string;
  /** Origin that the client addressed, such as `https://detect.roboflow.com`; `null` = the test server itself. */
  readonly origin: string | null;
  /** Raw path, as on the wire. */
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A server that records what it was asked. */
export interface RecordingServer {
  readonly baseUrl: string;
  readonly requests: readonly WireRecord[];
  /** Requests open now. */
  readonly inFlight: number;
  /** Most requests open at once. */
  readonly maxInFlight: number;
  close(): Promise<void>;
}

/** Headers that belong to the connection or to the replay, whoever sends the request. */
const OF_THE_CONNECTION = [
  "host",
  "accept-encoding",
  "connection",
  "content-length",
  "transfer-encoding",
  ORIGIN_HEADER,
];

/**
 * Starts a server on a free port of 127.0.0.1.
 *
 * @param answer - answers a request that has arrived completely and is recorded.
 * @param unrecorded - names of further headers that records leave out.
 */
export async function startRecordingServer(
  answer: (record: WireRecord, outgoing: ServerResponse) => void | Promise<void>,
  unrecorded: readonly string[],
): Promise<RecordingServer> {
  const leftOut = new Set([...OF_THE_CONNECTION, ...unrecorded]);
  const requests: WireRecord[] = [];
  let inFlight = 0;
  let maxInFlight = 0;
  const server = createServer((incoming, outgoing) => {
    inFlight += 1;
    maxInFlight = Math.max(maxInFlight, inFlight);
    outgoing.once("close", () => {
      inFlight -= 1;
    });
    void recordOf(incoming, leftOut)
      .then((record) => {
        requests.push(record);
        return answer(record, outgoing);
      })
      .catch(() => incoming.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The recording server has no port.");
  return {
    baseUrl: `http://127.0.0.1:${address.port}`,
    requests,
    get inFlight() {
      return inFlight;
    },
    get maxInFlight() {
      return maxInFlight;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function recordOf(incoming: IncomingMessage, leftOut: ReadonlySet<string>): Promise<WireRecord> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const target = incoming.url ?? "/";
  const mark = target.indexOf("?");
  const origin = incoming.headers[ORIGIN_HEADER];
  return {
    method: incoming.method ?? "",
    origin: typeof origin === "string" ? origin : null,
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? [] : [...new URLSearchParams(target.slice(mark + 1))],
    headers: Object.fromEntries(
      Object.entries(incoming.headers)
        .filter(([name]) => !leftOut.has(name))
        .map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]),
    ),
    body: Buffer.concat(chunks),
  };
}

/** An address of 127.0.0.1 that refuses connections: a port that was just given back. */
export async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 9;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
