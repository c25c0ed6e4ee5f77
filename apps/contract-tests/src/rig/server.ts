import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** A request as the server received it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Number of the connection it came over, from 1. */
  readonly connection: number;
  /** Place among the requests of its route, from 0. */
  readonly nth: number;
}

/** Answers one request. */
export type Handler = (request: SeenRequest, response: ServerResponse) => void;

/** Handlers by path, `"infer"` for every inference route; what is left out is answered as a healthy server would. */
export interface Routes {
  readonly "/info"?: Handler;
  readonly "/model/registry"?: Handler;
  readonly "/model/add"?: Handler;
  readonly "/model/remove"?: Handler;
  readonly "/model/clear"?: Handler;
  readonly infer?: Handler;
}

/** A server of real sockets that does what a test says. */
export interface TestServer extends AsyncDisposable {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  /** The inference requests among `seen`. */
  readonly inferences: readonly SeenRequest[];
  /** Most inference requests that were open at once. */
  readonly peakInferences: number;
  openConnections(): number;
  /** Waits until so many requests have arrived. */
  whenSeen(count: number): Promise<void>;
  /** Waits until so many inference requests have arrived. */
  whenInferences(count: number): Promise<void>;
  /** Waits until so many connections are open. */
  whenConnections(count: number): Promise<void>;
}

export const MODEL = "shapes/1";

/** The registry's answer with one model of object detection. */
export const REGISTRY = { models: [{ model_id: MODEL, task_type: "object-detection" }] };

/** An answer to one picture. */
export const DETECTION = {
  image: { width: 1, height: 1 },
  predictions: [{ x: 0.5, y: 0.5, width: 1, height: 1, confidence: 0.9, class: "red", class_id: 0 }],
};

/** Writes JSON. */
export function json(response: ServerResponse, body: unknown, status = 200, headers = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

/** Answers an inference request as a healthy server does: one picture with an object, several with a list. */
export function detect(request: SeenRequest, response: ServerResponse): void {
  const count = imageCount(request);
  json(response, count === null ? DETECTION : Array.from({ length: count }, () => DETECTION));
}

/** Number of pictures in a v1 request, `null` for a single one. */
function imageCount(request: SeenRequest): number | null {
  if (!request.path.startsWith("/infer/")) return null;
  const body: unknown = JSON.parse(request.text);
  return typeof body === "object" && body !== null && "image" in body && Array.isArray(body.image)
    ? body.image.length
    : null;
}

const HEALTHY: Required<Routes> = {
  "/info": (_request, response) => json(response, { name: "test", version: "1.8.3", uuid: "u" }),
  "/model/registry": (_request, response) => json(response, REGISTRY),
  "/model/add": (_request, response) => json(response, REGISTRY),
  "/model/remove": (_request, response) => json(response, { models: [] }),
  "/model/clear": (_request, response) => json(response, { models: [] }),
  infer: detect,
};

const isRoute = (path: string): path is keyof Routes => Object.hasOwn(HEALTHY, path);

/** Starts a server on a free port of 127.0.0.1. */
export async function startServer(routes: Routes = {}): Promise<TestServer> {
  const seen: SeenRequest[] = [];
  const inferences: SeenRequest[] = [];
  const counts = new Map<string, number>();
  const sockets = new Map<Socket, number>();
  const waiting = new Set<() => void>();
  let connections = 0;
  let open = 0;
  let peak = 0;

  const notify = () => {
    for (const look of [...waiting]) look();
  };
  const when = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = () => {
        if (!isSo()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });

  const server = createServer({ keepAliveTimeout: 60_000 }, (message, response) => {
    const chunks: Buffer[] = [];
    message.on("data", (chunk: Buffer) => chunks.push(chunk));
    message.on("error", () => undefined);
    message.on("end", () => {
      const { pathname, searchParams } = new URL(message.url ?? "/", "http://server");
      const route = isRoute(pathname) ? pathname : "infer";
      const nth = counts.get(route) ?? 0;
      counts.set(route, nth + 1);
      const request: SeenRequest = {
        method: message.method ?? "",
        path: pathname,
        query: searchParams,
        headers: message.headers,
        text: Buffer.concat(chunks).toString(),
        connection: sockets.get(message.socket) ?? 0,
        nth,
      };
      seen.push(request);
      if (route === "infer") {
        inferences.push(request);
        open += 1;
        peak = Math.max(peak, open);
        response.on("close", () => {
          open -= 1;
        });
      }
      (routes[route] ?? HEALTHY[route])(request, response);
      notify();
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
    inferences,
    get peakInferences() {
      return peak;
    },
    openConnections: () => sockets.size,
    whenSeen: (count) => when(() => seen.length >= count),
    whenInferences: (count) => when(() => inferences.length >= count),
    whenConnections: (count) => when(() => sockets.size === count),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets.keys()) socket.destroy();
      }),
  };
}

/** Never answers. */
export const silent: Handler = () => undefined;
