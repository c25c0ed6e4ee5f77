import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { startFaultServer } from "./fault-server.ts";
import { expectedCode, faultOf } from "./faults.ts";
import { makePictureFolder } from "./picture-folder.ts";

const PROGRAM = join(import.meta.dirname, "stream-program.ts");
const PICTURE_BYTES = 8 * 1024;

/** How a folder is run. */
export interface FolderCase {
  readonly pictures: number;
  readonly window: number;
  /** Deadline of a request, which ends a stall. */
  readonly timeoutMs: number;
}

/** Memory after so many items. */
export interface MemorySample {
  readonly after: number;
  /** Heap and external memory right after a collection. */
  readonly liveBytes: number;
  readonly rssBytes: number;
}

/** What came of a run. */
export interface FolderMeasurement {
  /** Every way in which the items are not what they must be. */
  readonly problems: readonly string[];
  readonly results: number;
  readonly errors: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly peakRequests: number;
  /** Most pictures that were taken from the folder and not delivered. */
  readonly lookAhead: number;
  readonly seconds: number;
  readonly memory: readonly MemorySample[];
}

/** Runs a model over a folder of pictures, one in twenty of them with a fault, in a process of its own, and checks every item. */
export async function measureFolder({ pictures, window, timeoutMs }: FolderCase): Promise<FolderMeasurement> {
  const folder = await makePictureFolder(pictures, PICTURE_BYTES);
  const server = await startFaultServer();
  try {
    const startedAt = performance.now();
    const lines = await linesOf([server.url, folder.path, String(window), String(timeoutMs)]);
    const seconds = (performance.now() - startedAt) / 1000;
    const items = lines.filter((line) => "index" in line);
    const problems = items.flatMap((item, place) => problemsOf(item, place, folder.paths[place]));
    if (items.length !== pictures) problems.push(`${items.length} items for ${pictures} pictures`);
    for (const [n, attempts] of server.attempts) {
      if (faultOf(n) === null && attempts !== 1) problems.push(`picture ${n} was sent ${attempts} times`);
    }
    const ended = lines.at(-1) ?? {};
    if (ended.found !== pictures) problems.push(`progress found ${String(ended.found)} of ${pictures}`);
    const errors = items.filter((item) => "code" in item).length;
    return {
      problems,
      results: items.length - errors,
      errors,
      faults: Object.fromEntries(server.injected),
      peakRequests: server.peakRequests,
      lookAhead: Number(ended.lookAhead),
      seconds,
      memory: lines
        .filter((line) => "after" in line)
        .map(({ after, liveBytes, rssBytes }) => ({
          after: Number(after),
          liveBytes: Number(liveBytes),
          rssBytes: Number(rssBytes),
        })),
    };
  } finally {
    await server.close();
    await folder.remove();
  }
}

/** Most growth of a figure over `span` items, from any sample after the first `warmUp` items on. */
export function growth(
  samples: readonly MemorySample[],
  figure: (sample: MemorySample) => number,
  warmUp: number,
  span: number,
): number {
  const settled = samples.filter(({ after }) => after >= warmUp);
  const steps = settled.flatMap((from) =>
    settled
      .filter(({ after }) => after > from.after && after <= from.after + span)
      .map((to) => figure(to) - figure(from)),
  );
  return Math.max(0, ...steps);
}

/** Growth of a figure for each `span` items, from the first sample after `warmUp` items to the last. */
export function averageGrowth(
  samples: readonly MemorySample[],
  figure: (sample: MemorySample) => number,
  warmUp: number,
  span: number,
): number {
  const from = samples.find(({ after }) => after >= warmUp);
  const to = samples.at(-1);
  if (from === undefined || to === undefined || from === to) return Number.NaN;
  return ((figure(to) - figure(from)) / (to.after - from.after)) * span;
}

type Line = Readonly<Record<string, unknown>>;

function problemsOf(item: Line, place: number, path: string | undefined): string[] {
  const wanted = { index: place, input: path, n: place, code: expectedCode(place) };
  const got = { ...item, n: "n" in item ? item.n : place, code: item.code ?? null };
  return JSON.stringify(Object.entries(got).sort()) === JSON.stringify(Object.entries(wanted).sort())
    ? []
    : [`item ${place} is ${JSON.stringify(item)}, expected ${JSON.stringify(wanted)}`];
}

async function linesOf(args: readonly string[]): Promise<Line[]> {
  const child = spawn(process.execPath, ["--conditions=source", "--expose-gc", PROGRAM, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const lines: Line[] = [];
  for await (const text of createInterface({ input: child.stdout })) {
    const line: unknown = JSON.parse(text);
    if (typeof line === "object" && line !== null) lines.push({ ...line });
  }
  const code = await ended;
  if (code !== 0) throw new Error(`The program ended with ${String(code)}.`);
  return lines;
}
