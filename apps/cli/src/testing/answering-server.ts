import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";

/** Answers of the server, by route. */
const ANSWERS: Readonly<Record<string, unknown>> = JSON.parse(
  readFileSync(new URL("./core-answers.json", import.meta.url), "utf8"),
);

/** A request that the server got. */
export interface ReceivedRequest {
  readonly path: string;
  /** Body, read as JSON. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** A running server with fixed answers. */
export interface AnsweringServer extends AsyncDisposable {
  readonly url: string;
  readonly received: ReceivedRequest[];
  /** Answers the next requests with this status, one each. */
  failWith(...statuses: number[]): void;
  /** Leaves every request from now on without an answer; `onRequest` is told of each. */
  stall(onRequest: () => void): void;
}

/** Starts a server that answers each route with what the server once answered there. */
export async function startAnsweringServer(): Promise<AnsweringServer> {
  const received: ReceivedRequest[] = [];
  const failures: number[] = [];
  let onStalled: (() => void) | undefined;
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://server").pathname;
    const body = request.method === "POST" ? await json(request) : {};
    received.push({ path, body: Object(body) });
    if (onStalled !== undefined) return onStalled();
    const status = failures.shift() ?? (path in ANSWERS ? 200 : 404);
    const answer = status === 200 ? ANSWERS[path] : { message: `answered with ${status}` };
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    failWith: (...statuses) => void failures.push(...statuses),
    stall: (onRequest) => {
      onStalled = onRequest;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
