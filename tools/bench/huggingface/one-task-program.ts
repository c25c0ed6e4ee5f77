/**
 * Runs a bundled page that puts the client into `globalThis.page`, detects objects with it, and prints the names of the files that were
 * loaded, as JSON. Its only argument is the page's file.
 */
import { openPage, PICTURE } from "./open-page.ts";

const FOUND = [{ score: 0.9, label: "car", box: { xmin: 0, ymin: 0, xmax: 1, ymax: 1 } }];

await using page = await openPage((_request, response) => {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(FOUND));
});
await using client = new page.Client({ model: page.url, token: false });
// With and without parameters: bytes, and JSON around base64.
await client.objectDetection(PICTURE);
await client.objectDetection(PICTURE, { threshold: 0.5 });
console.log(JSON.stringify([...page.loaded]));
