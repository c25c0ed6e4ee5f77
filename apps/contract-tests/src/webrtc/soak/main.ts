/**
 * Streams numbered frames at 30 a second for a long time and checks that memory stays flat, that every picture has its own result, and
 * that pictures do not come later and later. 30 minutes; 3 where `CI` is set.
 *
 * `node --expose-gc --conditions=source apps/contract-tests/src/webrtc/soak/main.ts [--minutes 30] [--peer sandbox|aiortc]`
 */
import { parseArgs } from "node:util";
import { startAiortcWorker, whyNoAiortc } from "@inference-ts/testing";
import { startSandboxProcess } from "../many/sandbox-process.ts";
import { belongsTo } from "../scene.ts";
import { median, type Stretch, streamFor } from "./stream-for.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: process.env.CI ? "3" : "30" },
    peer: { type: "string", default: "sandbox" },
  },
});

const STRETCH_S = 10;
/** Growth of memory that is no leak: the young generation of the heap, pools of the decoder. */
const MOST_GROWN_MB = 25;
/** What is kept for every frame would be more than this within minutes. */
const MOST_GROWN_HEAP_MB = 1.5;
const MOST_DRIFT_MS = 50;
/** Realtime sessions leave frames out where the machine is busy. */
const LEAST_RECEIVED = 0.5;
const MOST_UNPAIRED = 0.01;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
const predictionsIn = (data: unknown): unknown => (isRecord(data) ? data.predictions : undefined);

const PEERS = {
  sandbox: {
    start: startSandboxProcess,
    belongs: (data: unknown, number: number) => belongsTo(predictionsIn(data), number),
  },
  aiortc: {
    start: startAiortcWorker,
    belongs: (data: unknown, number: number) => {
      const result = predictionsIn(data);
      return isRecord(result) && result.number === number;
    },
  },
} as const;

const missing = values.peer === "aiortc" ? await whyNoAiortc() : null;
if (missing !== null) {
  console.log(`skipped: ${missing}`);
} else {
  const { start, belongs } = values.peer === "aiortc" ? PEERS.aiortc : PEERS.sandbox;
  await using server = await start();
  const stretches: Stretch[] = [];
  const seconds = Number(values.minutes) * 60;
  await streamFor(server.url, {
    seconds,
    stretchS: STRETCH_S,
    belongs,
    onStretch: (stretch) => {
      stretches.push(stretch);
      const { sent, received, unpaired, wrong, delayMs, rssMb, heapMb } = stretch;
      console.log(
        `${stretches.length * STRETCH_S} s: ${received} of ${sent}, ${unpaired} without result, ${wrong} wrong, ` +
          `delay ${delayMs.toFixed(0)} ms, ${rssMb.toFixed(0)} MB, heap ${heapMb.toFixed(1)} MB`,
      );
    },
  });
  const problems = judge(stretches);
  for (const problem of problems) console.log(`FAILED: ${problem}`);
  console.log(`${problems.length === 0 ? "ok" : "FAILED"} after ${seconds} s at 30 frames a second`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

function judge(stretches: readonly Stretch[]): string[] {
  const fifth = Math.max(1, Math.floor(stretches.length / 5));
  // The first fifth loads code and fills pools.
  const early = stretches.slice(fifth, 2 * fifth);
  const late = stretches.slice(-fifth);
  const sum = (field: "sent" | "received" | "unpaired" | "wrong") =>
    stretches.reduce((total, stretch) => total + stretch[field], 0);
  const of = (part: readonly Stretch[], field: "rssMb" | "heapMb" | "delayMs") =>
    median(part.map((stretch) => stretch[field]));
  const grownMb = of(late, "rssMb") - of(early, "rssMb");
  const grownHeapMb = of(late, "heapMb") - of(early, "heapMb");
  const driftMs = of(late, "delayMs") - of(early, "delayMs");
  console.log(
    `grown ${grownMb.toFixed(1)} MB, heap ${grownHeapMb.toFixed(1)} MB, drift ${driftMs.toFixed(1)} ms, ${sum("received")} of ${sum("sent")} frames, ` +
      `${sum("unpaired")} without result, ${sum("wrong")} wrong`,
  );
  return [
    ...(grownMb <= MOST_GROWN_MB ? [] : [`memory grew by ${grownMb.toFixed(1)} MB`]),
    ...(grownHeapMb <= MOST_GROWN_HEAP_MB ? [] : [`the heap grew by ${grownHeapMb.toFixed(1)} MB`]),
    ...(Math.abs(driftMs) <= MOST_DRIFT_MS ? [] : [`the delay drifted by ${driftMs.toFixed(0)} ms`]),
    ...(sum("wrong") === 0 ? [] : [`${sum("wrong")} pictures had the result of another one`]),
    ...(sum("unpaired") <= sum("received") * MOST_UNPAIRED
      ? []
      : [`${sum("unpaired")} pictures had no result`]),
    ...(sum("received") >= sum("sent") * LEAST_RECEIVED ? [] : ["too few frames came back"]),
  ];
}
