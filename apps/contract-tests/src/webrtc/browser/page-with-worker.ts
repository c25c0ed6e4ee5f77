import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { chromium, type Page } from "playwright-core";
import { build } from "tsdown";

const CHROMIUM = "/usr/bin/chromium";

/** Why this machine cannot run Chromium, or null. */
export const whyNoChromium = existsSync(CHROMIUM) ? null : `there is no ${CHROMIUM}`;

/** A page whose live video sessions are those of a worker. */
export interface PageWithWorker extends AsyncDisposable {
  readonly page: Page;
  /** Errors and warnings of the console, and exceptions nobody caught. */
  readonly complaints: readonly string[];
}

/** Opens `stream-page.ts` in Chromium, which hides its addresses behind mDNS names, and passes its sessions on to `workerUrl`. */
export async function openPageWithWorker(workerUrl: string): Promise<PageWithWorker> {
  const code = await bundlePage();
  const server = createServer(async (request, response) => {
    if (request.method === "POST") {
      const body = await text(request);
      const headers = { "content-type": "application/json" };
      const answer = await fetch(`${workerUrl}${request.url}`, { method: "POST", headers, body });
      response.writeHead(answer.status, headers);
      response.end(await answer.text());
      return;
    }
    const isScript = request.url === "/page.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(
      isScript
        ? code
        : '<!doctype html><title>live video</title><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => void complaints.push(String(error)));
  await page.goto(`http://127.0.0.1:${port}/`);
  return {
    page,
    complaints,
    async [Symbol.asyncDispose]() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bundlePage(): Promise<string> {
  const bundles = await build({
    config: false,
    cwd: import.meta.dirname,
    entry: { page: join(import.meta.dirname, "stream-page.ts") },
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
  const [chunk] = bundles.flatMap((bundle) => bundle.chunks);
  if (chunk?.type !== "chunk") throw new Error("The page gave no script.");
  return chunk.code;
}
