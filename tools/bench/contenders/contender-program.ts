/** One contender in a process of its own. Arguments: its name, the server's URL, the file of the picture. */
import { readFileSync } from "node:fs";
import { peakMemoryBytes } from "../peak-memory.ts";
import { OBJECTS_PER_ANSWER } from "../workload.ts";
import { type Contender, inPool } from "./contender.ts";
import { isWork, type Pace, type Work, type WorkReport } from "./work.ts";

/** Each process loads its own contender and nothing of the others. */
const CONTENDERS: Readonly<Record<string, (url: string) => Promise<Contender>>> = {
  sdk: async (url) => (await import("./sdk.ts")).sdkContender(url),
  fetch: async (url) => (await import("./fetch.ts")).fetchContender(url),
  "huggingface-sdk": async (url) => (await import("./huggingface-sdk.ts")).huggingFaceSdkContender(url),
  "huggingface-js": async (url) => (await import("./huggingface-js.ts")).huggingFaceJsContender(url),
  "node:http": async (url) => (await import("./node-http.ts")).nodeHttpContender(url),
};

const RUN: { readonly [pace in Pace]: (contender: Contender, work: Work) => Promise<number> } = {
  "one-by-one": async (contender, { requests }) => {
    let objects = 0;
    for (let sent = 0; sent < requests; sent++) objects += await contender.infer(picture);
    return objects;
  },
  "side-by-side": (contender, { requests, window }) =>
    inPool(samePicture(requests), window, (each) => contender.infer(each)),
  list: (contender, { requests, window }) => contender.inferMany(freshPictures(requests), window),
};

const [name = "", url = "", pictureFile = ""] = process.argv.slice(2);
const open = CONTENDERS[name];
if (open === undefined) throw new Error(`There is no contender "${name}".`);
const picture = readFileSync(pictureFile);
const contender = await open(url);
globalThis.gc?.();
const idleBytes = process.memoryUsage.rss();

process.on("message", (work) => void perform(work));
process.once("disconnect", () => process.exit());
process.send?.({ ready: true });

async function perform(work: unknown): Promise<void> {
  if (!isWork(work)) throw new Error("That message is no work.");
  const startedAt = performance.now();
  const objects = await RUN[work.pace](contender, work);
  const durationMs = performance.now() - startedAt;
  if (objects !== work.requests * OBJECTS_PER_ANSWER) {
    throw new Error(`${name} found ${objects} objects in ${work.requests} answers.`);
  }
  const report: WorkReport = { durationMs, idleBytes, peakBytes: peakMemoryBytes() };
  process.send?.(report);
}

function* samePicture(count: number): Generator<Buffer> {
  for (let made = 0; made < count; made++) yield picture;
}

/** Pictures that exist only while somebody needs them, as if each came from a camera. */
function* freshPictures(count: number): Generator<Buffer> {
  for (let made = 0; made < count; made++) yield Buffer.from(picture);
}
