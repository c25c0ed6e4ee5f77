import { createServer, type ServerResponse } from "node:http";

/** What the server does with one request, once its head is sent. Each `write` is one chunk, which clients see as one piece. */
export type Script = (response: ServerResponse) => void;

/** A server of scripted event streams on a real socket. */
export interface EventServer extends AsyncDisposable {
  readonly url: string;
  /** What the next requests are answered with. */
  play(script: Script, contentType?: string): void;
  /** How each answer so far ended: `finished`, or `left` when the caller closed the connection before. */
  readonly ends: readonly Promise<"finished" | "left">[];
}

export async function startEventServer(): Promise<EventServer> {
  let script: Script = (response) => void response.end();
  let type = "text/event-stream";
  const ends: Promise<"finished" | "left">[] = [];
  const server = createServer((request, response) => {
    request.resume();
    ends.push(
      new Promise((resolve) => {
        response.once("close", () => resolve(response.writableFinished ? "finished" : "left"));
      }),
    );
    response.writeHead(200, { "content-type": type });
    script(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    ends,
    play: (next, contentType = "text/event-stream") => {
      script = next;
      type = contentType;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Sends all pieces, one chunk each, and ends the answer. */
export const inPieces =
  (...pieces: readonly (Uint8Array | string)[]): Script =>
  (response) => {
    for (const piece of pieces) if (piece.length > 0) response.write(piece);
    response.end();
  };

/** Sends the pieces and leaves the answer open. */
export const thenSilence =
  (...pieces: readonly string[]): Script =>
  (response) => {
    for (const piece of pieces) response.write(piece);
  };
