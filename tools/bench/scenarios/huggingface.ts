import { existsSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type BundledFile, bundleForBrowser } from "../../release/bundle-for-browser.ts";
import { ROOT, SDK } from "../../release/packages.ts";
import {
  HUGGING_FACE_CONTENDERS,
  type HuggingFaceContender,
  startContender,
} from "../contenders/contender-process.ts";
import { type Figure, figure, megabytes } from "../figure.ts";
import { filesOfWork } from "../huggingface/files-of-work.ts";
import { pairwise } from "../statistics.ts";
import { interleave } from "./interleave.ts";
import { type BenchContext, contenderSettings, type Scenario, scaled } from "./scenario.ts";

const WINDOW = 16;
const WARM_UP_REQUESTS = 500;
const REQUESTS = 2_000;

export const huggingFace: Scenario = {
  name: "huggingface",
  about:
    "object detection in a container, beside @huggingface/inference: requests, memory, size in a web page",
  run: async (context) => [
    ...(await speed("sequential", { pace: "one-by-one", window: 1 }, context)),
    ...(await speed("concurrent", { pace: "side-by-side", window: WINDOW }, context)),
    ...(await sizes()),
  ],
};

/** Every measurement has a fresh process; its peak of memory counts from its start. */
async function speed(
  name: string,
  work: { readonly pace: "one-by-one" | "side-by-side"; readonly window: number },
  context: BenchContext,
): Promise<readonly Figure[]> {
  const settings = contenderSettings(context, context.instantUrl);
  const reports = await interleave(HUGGING_FACE_CONTENDERS, context.rounds, async (contenderName) => {
    await using contender = await startContender(contenderName, settings);
    await contender.perform({ ...work, requests: scaled(WARM_UP_REQUESTS, context) });
    const requests = scaled(REQUESTS, context);
    const { durationMs, peakBytes } = await contender.perform({ ...work, requests });
    return { rate: (requests / durationMs) * 1000, peak: megabytes(peakBytes) };
  });
  const rates = (contender: HuggingFaceContender) => reports(contender).map(({ rate }) => rate);
  const peaks = (contender: HuggingFaceContender) => reports(contender).map(({ peak }) => peak);
  const percent = (part: number, whole: number) => (part / whole) * 100;
  const [ours, theirs] = ["huggingface-sdk", "huggingface-js"] as const;
  return [
    ...HUGGING_FACE_CONTENDERS.flatMap((contender) => [
      figure(`huggingface.${name}.${shortName(contender)}`, "req/s", rates(contender)),
      figure(`huggingface.${name}.${shortName(contender)}.peak-memory`, "MB", peaks(contender)),
    ]),
    figure(`huggingface.${name}.times-js`, "x", pairwise(rates(ours), rates(theirs))),
    figure(`huggingface.${name}.memory-of-js`, "%", pairwise(peaks(ours), peaks(theirs), percent)),
  ];
}

const shortName = (contender: HuggingFaceContender) => contender.replace("huggingface-", "");

const kilobytes = (bytes: number) => bytes / 1_000;

/** Compressed together: the other package's bundle is one file, and what is compared is the code, not how it is cut. */
const gzipBytesOf = (files: readonly BundledFile[]): number =>
  gzipSync(files.map(({ code }) => code).join("\n"), { level: 9 }).byteLength;

/**
 * Bundles for web pages, minified. Their size does not depend on the round. `one-task` and `every-method` are what a page has loaded
 * when it has objects, or has called every method with text and bytes and seen each kind of failure; of the other package, which loads
 * nothing on demand, all that the same import brings. `everything` is all code behind the entry.
 */
async function sizes(): Promise<readonly Figure[]> {
  const own = join(ROOT, SDK.dir, "dist", "huggingface.js");
  // The bench builds the package before it begins; tests of the scenarios run without.
  if (!existsSync(own)) return [];
  const their = join(ROOT, "node_modules", "@huggingface", "inference", "dist", "esm", "index.js");
  const { files } = await bundleForBrowser(own, "InferenceClient");
  const sdk = {
    task: await filesOfWork(files, "one-task"),
    client: await filesOfWork(files, "every-method"),
    all: (await bundleForBrowser(own)).files,
  };
  const js = {
    task: (await bundleForBrowser(their, "objectDetection")).files,
    client: (await bundleForBrowser(their, "InferenceClient")).files,
    all: (await bundleForBrowser(their)).files,
  };
  const size = (name: string, bytes: number) => figure(`huggingface.${name}`, "kB", [kilobytes(bytes)]);
  return [
    size("one-task.sdk", gzipBytesOf(sdk.task)),
    size("one-task.js", gzipBytesOf(js.task)),
    size("every-method.sdk", gzipBytesOf(sdk.client)),
    size("every-method.js", gzipBytesOf(js.client)),
    size("everything.sdk", gzipBytesOf(sdk.all)),
    size("everything.js", gzipBytesOf(js.all)),
  ];
}
