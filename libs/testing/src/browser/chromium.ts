import { existsSync } from "node:fs";
import { chromium, type Page } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";

/** Why this machine cannot run Chromium, or null. */
export const whyNoChromium = existsSync(CHROMIUM) ? null : `there is no ${CHROMIUM}`;

/** A page in a Chromium of its own. */
export interface ChromiumPage extends AsyncDisposable {
  readonly page: Page;
  /** Errors and warnings of the console, exceptions nobody caught, and requests that failed; whoever has read them may empty it. */
  readonly complaints: string[];
}

/** Opens a page. Addresses stay hidden behind mDNS names, as for any page that may not use a camera. */
export async function openInChromium(url: string, flags: readonly string[] = []): Promise<ChromiumPage> {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", ...flags],
  });
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => void complaints.push(String(error)));
  page.on("requestfailed", (request) => void complaints.push(`failed: ${request.url()}`));
  await page.goto(url);
  return {
    page,
    complaints,
    async [Symbol.asyncDispose]() {
      // A browser that is ended has no time to say good-bye to its connections; a page that is closed has.
      await page.close();
      await browser.close();
    },
  };
}
