/**
 * Calls a server in every way that can fail, with both entries of the package, and then only returns: the process ends by itself
 * when no socket and no timer is left. Its argument is the server's address; a path decides what the server does.
 */
import { AT_ONCE, ENTRIES } from "../rig/entries.ts";
import { allOf } from "../rig/failures.ts";
import { PIXEL, pixels } from "../rig/images.ts";
import { MODEL } from "../rig/server.ts";

const [apiUrl = ""] = process.argv.slice(2);

/** Sends the header that tells the server how to behave. */
const behaving = (behaviour: string) => ({ headers: { "x-behaviour": behaviour } });

for (const { open } of ENTRIES) {
  const client = open({ apiUrl, modelId: MODEL, retry: AT_ONCE });
  const controller = new AbortController();
  const { signal } = controller;
  const attempts = Promise.allSettled<unknown>([
    client.getServerInfo(),
    client.infer(PIXEL),
    client.infer(pixels(4), { maxConcurrentRequests: 2 }),
    client.infer(PIXEL, behaving("reset")),
    client.infer(PIXEL, behaving("503")),
    client.infer(PIXEL, behaving("html")),
    client.infer(PIXEL, { ...behaving("silent"), timeoutMs: 50 }),
    client.infer(PIXEL, { ...behaving("stalled"), timeoutMs: 50 }),
    client.infer(PIXEL, { ...behaving("silent"), signal }),
    client.infer(PIXEL, { ...behaving("later"), signal }),
    client.infer(pixels(8), { ...behaving("silent"), signal, maxConcurrentRequests: 3 }),
    allOf(client.inferEach(pixels(8), { ...behaving("silent"), signal, maxConcurrentRequests: 3 })),
    client.infer("no-such-file.png"),
    client.infer(`${apiUrl}/some/picture.jpg`, { ...behaving("silent"), signal }),
  ]);
  // Left early, and one that is never looked at again after its first item.
  for await (const item of client.inferEach(pixels(20), { maxConcurrentRequests: 4 })) {
    if (item.index === 1) break;
  }
  const unfinished = client.inferEach(pixels(20), { maxConcurrentRequests: 2 });
  await unfinished.next();
  setTimeout(() => controller.abort(), 120);
  const outcomes = await attempts;
  console.log(
    outcomes.filter(({ status }) => status === "fulfilled").length,
    "fulfilled of",
    outcomes.length,
  );
  const running = [client.infer(PIXEL, behaving("silent")), client.infer(PIXEL, behaving("later"))];
  const ended = Promise.allSettled(running);
  await client.close();
  await ended;
}
console.log("done");
