import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { bundlePage } from "./bundle-page.ts";
import { forward, type Upstream } from "./forward.ts";

const PAGE = join(import.meta.dirname, "..", "page");
/** What the page calls is below this path. */
const API_PREFIX = "/api";
/** Names of this machine. Any other one was given to its address by somebody else, whose page must not use the key. */
const OWN_NAME = /^(?:localhost|127\.0\.0\.1)(?::\d+)?$/i;
const HEADERS = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "content-security-policy":
    "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'",
};

/** A playground that runs. */
export interface Playground extends AsyncDisposable {
  readonly url: string;
  close(): Promise<void>;
}

/** How a playground is started. */
export interface PlaygroundOptions extends Upstream {
  /** 0 takes a free one. */
  readonly port: number;
  /** Script of the page; default the playground's own. */
  readonly script?: string;
}

/** Serves the page, and passes its requests on with the key. Listens on this machine alone. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const scripts = await bundlePage(options.script ?? join(PAGE, "page.ts"));
  const files = new Map<string, readonly [type: string, text: string]>([
    ["/", ["text/html", await readFile(join(PAGE, "index.html"), "utf8")]],
    ["/style.css", ["text/css", await readFile(join(PAGE, "style.css"), "utf8")]],
  ]);
  for (const [path, code] of scripts) files.set(path, ["text/javascript", code]);
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!OWN_NAME.test(request.headers.host ?? "")) {
      response.writeHead(403, { "content-type": "text/plain" }).end("Ask for localhost.");
      return;
    }
    const path = request.url ?? "/";
    if (path.startsWith(`${API_PREFIX}/`)) {
      await forward(path.slice(API_PREFIX.length), request, response, options);
      return;
    }
    const file = files.get(path.split("?")[0] ?? "/");
    const [type, text] = file ?? ["text/plain", "There is no such page."];
    response.writeHead(file === undefined ? 404 : 200, {
      ...HEADERS,
      "content-type": `${type}; charset=utf-8`,
    });
    response.end(text);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : options.port;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://localhost:${port}`, close, [Symbol.asyncDispose]: close };
}
