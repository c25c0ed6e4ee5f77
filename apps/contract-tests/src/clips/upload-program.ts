/** Uploads one clip in a process of its own and prints how much memory that took: `<url> <file> <upload> <v0|v1>`. */
import { InferenceHTTPClient } from "@inference-ts/sdk/node";

const [apiUrl = "", file = "", upload = "auto", apiMode = "v0"] = process.argv.slice(2);
const client = new InferenceHTTPClient({
  apiUrl,
  apiKey: "test-key-of-clips-0123456789",
  apiMode: apiMode === "v1" ? "v1" : "v0",
  modelId: "actions/1",
});
// Loads everything that the call needs, so that code does not count as memory of the upload.
await client.inferOnVideo(new Uint8Array(9 * 1024 * 1024));
globalThis.gc?.();
const before = process.memoryUsage.rss();
const result = await client.inferOnVideo(file, {
  upload: upload === "multipart" || upload === "base64" ? upload : "auto",
});
const peak = process.resourceUsage().maxRSS * 1024;
await client.close();
process.stdout.write(`${JSON.stringify({ extraBytes: peak - before, spans: result.timeline.length })}\n`);
