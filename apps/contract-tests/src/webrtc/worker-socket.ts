import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";

const TABLES = ["/proc/net/udp", "/proc/net/udp6"];

/** Whether this machine tells which UDP ports are in use. */
export const canSeeSockets = TABLES.some((table) => existsSync(table));

/** Whether a process of this machine holds a UDP port: a worker that noticed the end of its session lets it go. */
export function holdsPort(port: number): boolean {
  const hex = `:${port.toString(16).toUpperCase().padStart(4, "0")} `;
  return TABLES.some((table) =>
    existsSync(table)
      ? readFileSync(table, "utf8")
          .split("\n")
          // Number, local address and port, remote address and port.
          .some((line) => line.trim().split(/\s+/)[1]?.concat(" ").endsWith(hex) === true)
      : false,
  );
}

/** Passes requests on to a server and remembers where the worker of the last live video session listens. */
export interface Tap extends AsyncDisposable {
  readonly url: string;
  /** UDP ports in the worker's last answer. */
  readonly workerPorts: readonly number[];
}

/** Starts a tap in front of `target`. */
export async function startTap(target: string): Promise<Tap> {
  let workerPorts: readonly number[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const { "content-type": type = "application/json", authorization } = request.headers;
    const answer = await fetch(new URL(request.url ?? "/", target), {
      method: request.method ?? "GET",
      headers: { "content-type": type, ...(authorization === undefined ? {} : { authorization }) },
      ...(parts.length === 0 ? {} : { body: Buffer.concat(parts) }),
    }).catch(() => null);
    const body = await answer?.text();
    if (answer === null || body === undefined) {
      response.destroy();
      return;
    }
    workerPorts = [...body.matchAll(/a=candidate:\S+ 1 udp \d+ \S+ (\d+) typ host/g)].map(([, port]) =>
      Number(port),
    );
    response.writeHead(answer.status, { "content-type": "application/json" }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The tap has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    get workerPorts() {
      return workerPorts;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
