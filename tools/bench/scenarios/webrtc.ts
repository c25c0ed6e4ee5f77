import { dirname, join } from "node:path";
import { startAiortcWorker, startSandbox, uploadWithAiortc, whyNoAiortc } from "@inference-ts/testing";
import { runCommand } from "../../process/run-command.ts";
import { type Figure, figure, megabytes } from "../figure.ts";
import { median, pairwise } from "../statistics.ts";
import type { WebRTCReport } from "../webrtc/webrtc-report.ts";
import { interleave } from "./interleave.ts";
import { type BenchContext, type Scenario, scaled } from "./scenario.ts";

const SESSIONS = 20;
const UPLOAD_MB = 30;

/** Whom the package talks to. */
interface Peer extends AsyncDisposable {
  readonly name: "aiortc" | "sandbox";
  readonly url: string;
}

/** The bars hold for aiortc, which is what real servers run; against the sandbox both ends share the language and the machine. */
export const webrtc: Scenario = {
  name: "webrtc",
  about: `live video: connecting, and an upload of ${UPLOAD_MB} MB; with --python to aiortc, beside aiortc to aiortc`,
  run: async (context) => {
    await using peer = await startPeer(context);
    const sessions = scaled(SESSIONS, context);
    const mb = scaled(UPLOAD_MB, context);
    const reports: WebRTCReport[] = [];
    const names = peer.name === "aiortc" ? (["package", "aiortc"] as const) : (["package"] as const);
    const uploads = await interleave<"package" | "aiortc", number>(names, context.rounds, async (name) => {
      if (name === "aiortc") return (await uploadWithAiortc(peer.url, mb)).seconds * 1000;
      const report = await runPackage(context, peer.url, sessions, mb);
      reports.push(report);
      return report.uploadMs;
    });
    return figuresOf(peer.name, mb, reports, uploads);
  },
};

async function startPeer({ packagesDir }: BenchContext): Promise<Peer> {
  const missing = packagesDir === null ? null : await whyNoAiortc();
  if (missing !== null) console.log(`SKIPPED aiortc: ${missing}`);
  if (packagesDir === null || missing !== null) {
    const sandbox = await startSandbox();
    return {
      name: "sandbox",
      url: sandbox.url,
      [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
    };
  }
  const worker = await startAiortcWorker({ upload: "count" });
  return { name: "aiortc", url: worker.url, [Symbol.asyncDispose]: () => worker[Symbol.asyncDispose]() };
}

function figuresOf(
  peer: Peer["name"],
  mb: number,
  reports: readonly WebRTCReport[],
  uploads: (name: "package" | "aiortc") => readonly number[],
): Figure[] {
  const suffix = peer === "aiortc" ? "" : "-sandbox";
  const upload = (name: string, samples: readonly number[]): Figure => ({
    ...figure(name, "ms", samples),
    note: `${((mb * 1000) / median(samples)).toFixed(1)} MB/s`,
  });
  const compared =
    peer === "sandbox"
      ? []
      : [
          upload("webrtc.upload-aiortc", uploads("aiortc")),
          figure(
            "webrtc.times-aiortc",
            "x",
            pairwise(uploads("aiortc"), uploads("package"), (aiortc, ours) => aiortc / ours),
          ),
        ];
  return [
    figure(
      `webrtc.connect${suffix}`,
      "ms",
      reports.flatMap(({ connectMs }) => connectMs),
    ),
    upload(`webrtc.upload${suffix}`, uploads("package")),
    ...compared,
    figure(
      "webrtc.queued",
      "MB",
      reports.map(({ queuedBytes }) => megabytes(queuedBytes)),
    ),
  ];
}

async function runPackage(
  { nodeOptions }: BenchContext,
  url: string,
  sessions: number,
  mb: number,
): Promise<WebRTCReport> {
  const program = join(import.meta.dirname, "../webrtc/webrtc-program.ts");
  const args = [...nodeOptions, "--conditions=source", program, url, String(sessions), String(mb)];
  const { exitCode, stdout, output } = await runCommand(process.execPath, args, {
    cwd: dirname(import.meta.dirname),
  });
  if (exitCode !== 0) throw new Error(`Live video failed with exit code ${exitCode}:\n${output}`);
  const report: WebRTCReport = JSON.parse(stdout);
  return report;
}
