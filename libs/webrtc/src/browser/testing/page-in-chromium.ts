import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, chromium, type Page } from "playwright-core";
import { build } from "tsdown";

const CHROMIUM = "/usr/bin/chromium";

/** Why nothing can be tried in a browser; empty when it can. */
export const NO_CHROMIUM = existsSync(CHROMIUM) ? "" : ` (skipped: there is no ${CHROMIUM})`;

/** A page in Chromium that runs a TypeScript file. */
export interface ChromiumPage extends AsyncDisposable {
  readonly page: Page;
  /** Errors and warnings of the page's console, and exceptions nobody caught, since it was last asked. */
  takeComplaints(): readonly string[];
}

/** Bundles a file of this folder and opens a page that runs it. Addresses stay hidden behind mDNS names, as for any page. */
export async function openPage(script: string): Promise<ChromiumPage> {
  const code = await bundle(script);
  const server = createServer((request, response) => {
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
  const browser: Browser = await chromium.launch({
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
    takeComplaints: () => complaints.splice(0),
    async [Symbol.asyncDispose]() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bundle(script: string): Promise<string> {
  const bundles = await build({
    config: false,
    cwd: import.meta.dirname,
    entry: { page: `${import.meta.dirname}/${script}` },
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
  if (chunk?.type !== "chunk") throw new Error(`${script} gave no script`);
  return chunk.code;
}
