import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { dirname } from "node:path";
import { build } from "tsdown";
import { type ChromiumPage, openInChromium } from "./chromium.ts";

const PAGE =
  '<!doctype html><title>test page</title><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>';

/** Answers what the page posts. */
export type PostHandler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/**
 * Opens a page in Chromium that runs a TypeScript file and everything it imports.
 *
 * @param script - path of the file.
 * @param onPost - answers requests of the page; without it every POST gets the page itself.
 */
export async function openScriptPage(script: string, onPost?: PostHandler): Promise<ChromiumPage> {
  const code = await bundle(script);
  const server = createServer(async (request, response) => {
    if (request.method === "POST" && onPost !== undefined) return onPost(request, response);
    const isScript = request.url === "/page.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? code : PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server of the page has no port.");
  const opened = await openInChromium(`http://127.0.0.1:${address.port}/`);
  return {
    ...opened,
    async [Symbol.asyncDispose]() {
      await opened[Symbol.asyncDispose]();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One script, whatever it loads on demand included. */
async function bundle(script: string): Promise<string> {
  const bundles = await build({
    config: false,
    cwd: dirname(script),
    entry: { page: script },
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    dts: false,
    tsconfig: false,
    clean: false,
    report: false,
    logLevel: "silent",
    inputOptions: { resolve: { conditionNames: ["source", "import", "default"] } },
    deps: { alwaysBundle: /^(?!node:)/, onlyBundle: false },
    outputOptions: { codeSplitting: false },
  });
  const [chunk] = bundles.flatMap((one) => one.chunks);
  if (chunk?.type !== "chunk") throw new Error(`${script} gave no script.`);
  return chunk.code;
}
