/**
 * Runs a model over a folder in a process of its own: `<url> <folder> <window> <timeout ms>`. Prints a line of JSON for each item, and
 * one with the memory after every 100 items.
 */
import { InferenceHTTPClient } from "@inference-ts/sdk/node";

const [apiUrl = "", folder = "", window = "", timeoutMs = ""] = process.argv.slice(2);
const SAMPLE_EVERY = 100;
const client = new InferenceHTTPClient({
  apiUrl,
  apiKey: "test-key-of-folders-0123456789",
  apiMode: "v0",
  modelId: "shapes/1",
  timeoutMs: Number(timeoutMs),
  retry: { baseDelayMs: 10 },
});
const print = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

let found = 0;
let given = 0;
let lookAhead = 0;
const items = client.inferOnStream(folder, {
  recursive: true,
  maxConcurrentRequests: Number(window),
  onProgress: (progress) => {
    found = progress.found;
    lookAhead = Math.max(lookAhead, found - progress.finished);
  },
});
for await (const item of items) {
  given += 1;
  print({
    index: item.index,
    input: item.input,
    ...(item.ok ? { n: "n" in item.result ? item.result.n : undefined } : { code: item.error.code }),
  });
  if (given % SAMPLE_EVERY !== 0) continue;
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  print({ after: given, liveBytes: heapUsed + external, rssBytes: rss });
}
await client.close();
print({ found, lookAhead });
