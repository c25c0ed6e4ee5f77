import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type ChromiumPage, openScriptPage } from "@inference-ts/testing/browser";

/** Opens `stream-page.ts` in Chromium, which hides its addresses behind mDNS names, and passes its sessions on to `workerUrl`. */
export function openPageWithWorker(workerUrl: string): Promise<ChromiumPage> {
  return openScriptPage(join(import.meta.dirname, "stream-page.ts"), async (request, response) => {
    const body = await text(request);
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${workerUrl}${request.url}`, { method: "POST", headers, body });
    response.writeHead(answer.status, headers);
    response.end(await answer.text());
  });
}
