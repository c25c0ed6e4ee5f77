import { once } from "node:events";
import { createServer, type IncomingMessage, request } from "node:http";

/** A server in front of another one that writes down what passes and can hold answers back. */
export interface Relay {
  readonly url: string;
  /** Paths (without query) of all requests so far, in order. */
  readonly paths: readonly string[];
  /** From now on requests to these paths get no answer; `null` ends this for requests that come later. */
  hold(paths: readonly string[] | null): void;
  /** Resolves when that many requests are (or were) held. */
  held(count: number): Promise<void>;
  /** Resolves when that many clients have gone away without an answer. */
  left(count: number): Promise<void>;
  close(): Promise<void>;
}

/** Passes requests on to `target`. */
export async function startRelay(target: string): Promise<Relay> {
  const closing = new AbortController();
  const paths: string[] = [];
  const holdings = counter();
  const departures = counter();
  let heldPaths: readonly string[] | null = null;

  const server = createServer(async (incoming, outgoing) => {
    outgoing.once("close", () => {
      if (!outgoing.writableEnded) departures.add();
    });
    const path = new URL(incoming.url ?? "/", target).pathname;
    const isHeld = heldPaths?.includes(path) ?? false;
    const body = await bodyOf(incoming);
    paths.push(path);
    if (isHeld) {
      holdings.add();
      return;
    }
    const passedOn = request(new URL(incoming.url ?? "/", target), {
      method: incoming.method,
      headers: { ...incoming.headers, host: new URL(target).host },
      signal: closing.signal,
    });
    passedOn.once("error", () => outgoing.destroy());
    passedOn.once("response", (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    passedOn.end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The relay has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    paths,
    hold: (held) => {
      heldPaths = held;
    },
    held: holdings.reached,
    left: departures.reached,
    close: async () => {
      closing.abort();
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part);
  return Buffer.concat(parts);
}

function counter() {
  let count = 0;
  const waiting: { count: number; resolve: () => void }[] = [];
  return {
    add() {
      count += 1;
      for (const waiter of waiting) if (waiter.count <= count) waiter.resolve();
    },
    reached: (wanted: number) =>
      new Promise<void>((resolve) => {
        if (wanted <= count) resolve();
        else waiting.push({ count: wanted, resolve });
      }),
  };
}
