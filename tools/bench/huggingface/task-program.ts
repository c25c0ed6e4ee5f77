/**
 * Runs a bundled page that puts the client into `globalThis.page`, detects objects with it, and prints the names of the files that were
 * loaded, as JSON. Its only argument is the page's file.
 */
import { createServer } from "node:http";
import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";
import type { InferenceClient } from "@inference-ts/sdk/huggingface";

/** Enough of a PNG to be recognised. */
const PICTURE = Uint8Array.from([
  ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  ...[0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0, 0, 0, 0],
]);
const FOUND = [{ score: 0.9, label: "car", box: { xmin: 0, ymin: 0, xmax: 1, ymax: 1 } }];

const page = pathToFileURL(process.argv[2] ?? "").href;
const folder = page.slice(0, page.lastIndexOf("/") + 1);
const loaded = new Set<string>();
registerHooks({
  load: (url, context, nextLoad) => {
    if (url.startsWith(folder)) loaded.add(url.slice(folder.length));
    return nextLoad(url, context);
  },
});
await import(page);
const Client: typeof InferenceClient = Reflect.get(globalThis, "page");

const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(FOUND));
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = server.address();
const port = typeof address === "object" ? address?.port : undefined;
const client = new Client({ model: `http://127.0.0.1:${port}/`, token: false });
// With and without parameters: bytes, and JSON around base64.
await client.objectDetection(PICTURE);
await client.objectDetection(PICTURE, { threshold: 0.5 });
await client.close();
server.closeAllConnections();
server.close();
console.log(JSON.stringify([...loaded]));
