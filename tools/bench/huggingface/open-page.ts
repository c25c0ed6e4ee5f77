import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { InferenceClient } from "@inference-ts/sdk/huggingface";
import { runPage } from "../../release/run-page.ts";

/** A 1 x 1 PNG. */
export const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==",
  "base64",
);

/** A bundled page that runs beside a server. */
export interface Page extends AsyncDisposable {
  /** The client of the page. */
  readonly Client: typeof InferenceClient;
  /** Address of the server. */
  readonly url: string;
  /** Names of the files that were loaded so far. */
  readonly loaded: ReadonlySet<string>;
}

/** Runs the page that is the program's only argument; it puts the client into `globalThis.page`. */
export async function openPage(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Page> {
  const loaded = await runPage();
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => answer(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    Client: Reflect.get(globalThis, "page"),
    url: `http://127.0.0.1:${port}`,
    loaded,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
