/** Reads a video of painted numbers with the package, checks every frame, and prints what it took. */
import { openVideo } from "@inference-ts/sdk/node";
import { readPaintedNumber } from "@inference-ts/testing";
import { peakMemoryBytes } from "../peak-memory.ts";
import type { VideoReport } from "./video-report.ts";

/** Timestamps are in whole ticks of the container. */
const TOLERANCE_MS = 0.1;

const [file = "", fps = "", most = ""] = process.argv.slice(2);

let frames = 0;
const wrong: string[] = [];
const startedAt = performance.now();
for await (const { image, index, timestampMs } of openVideo(file, {})) {
  const painted = readPaintedNumber(image.data, image.width);
  const dueMs = (frames * 1000) / Number(fps);
  if (painted !== frames || index !== frames || Math.abs(timestampMs - dueMs) > TOLERANCE_MS) {
    wrong.push(`frame ${frames} shows ${painted}, has index ${index} and ${timestampMs} ms`);
  }
  frames += 1;
  if (frames === Number(most)) break;
}
const report: VideoReport = {
  frames,
  ms: performance.now() - startedAt,
  peakBytes: peakMemoryBytes(),
  firstWrong: wrong[0] ?? null,
};
console.log(JSON.stringify(report));
