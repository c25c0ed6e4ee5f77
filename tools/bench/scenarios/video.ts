import { mkdtempSync, rmSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { writeNumberedVideo } from "@inference-ts/testing";
import { runCommand } from "../../process/run-command.ts";
import { type Figure, figure, megabytes } from "../figure.ts";
import { median, pairwise } from "../statistics.ts";
import type { VideoReport } from "../video/video-report.ts";
import { interleave } from "./interleave.ts";
import { type BenchContext, type Scenario, scaled } from "./scenario.ts";

const FPS = 30;
const SECONDS = 60;
const SIZE = { width: 1280, height: 720 };
/** The peak over the whole file is held against that over this part of it. */
const PART = 1 / 6;
const CONTENDERS = ["whole", "part", "ffmpeg"] as const;
type VideoContender = (typeof CONTENDERS)[number];

/** Every frame shows its number; one that is missing, out of order or at a wrong time makes the scenario fail. */
export const video: Scenario = {
  name: "video",
  about: `openVideo over an H.264 file of ${SECONDS} s at ${SIZE.height}p against the ffmpeg command, and its peak memory`,
  run: async (context) => {
    const folder = mkdtempSync(join(tmpdir(), "video-bench-"));
    try {
      const file = join(folder, "numbers.mp4");
      const frames = scaled(SECONDS * FPS, context);
      await writeNumberedVideo(file, { ...SIZE, frames, fps: FPS, codec: "libx264", isBusy: true });
      const hasFfmpeg = (await runCommand("ffmpeg", ["-version"], { cwd: folder })).exitCode === 0;
      if (!hasFfmpeg) console.log("SKIPPED the ffmpeg command: it is not installed");
      const names = hasFfmpeg ? CONTENDERS : CONTENDERS.slice(0, 2);
      const reports = await interleave<VideoContender, VideoReport>(names, context.rounds, (name) =>
        name === "ffmpeg"
          ? readWithFfmpeg(file, frames)
          : readWithPackage(context, file, name === "whole" ? frames : Math.ceil(frames * PART), frames),
      );
      return figuresOf(reports);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function figuresOf(reports: (name: VideoContender) => readonly VideoReport[]): Figure[] {
  const times = (name: VideoContender) => reports(name).map(({ ms }) => ms);
  const peaks = (name: VideoContender) => reports(name).map(({ peakBytes }) => megabytes(peakBytes));
  const time = (name: "whole" | "ffmpeg", as: string): Figure => {
    const rates = reports(name).map(({ frames, ms }) => (frames * 1000) / ms);
    return { ...figure(`video.${as}`, "ms", times(name)), note: `${median(rates).toFixed(0)} frames/s` };
  };
  const compared =
    reports("ffmpeg").length === 0
      ? []
      : [
          time("ffmpeg", "ffmpeg"),
          figure(
            "video.times-ffmpeg",
            "x",
            pairwise(times("ffmpeg"), times("whole"), (a, b) => a / b),
          ),
        ];
  return [
    time("whole", "sdk"),
    ...compared,
    figure("video.peak", "MB", peaks("whole")),
    figure(
      "video.growth",
      "MB",
      pairwise(peaks("whole"), peaks("part"), (whole, part) => whole - part),
    ),
  ];
}

/** Decodes to the same RGB pixels and throws them away. */
async function readWithFfmpeg(file: string, frames: number): Promise<VideoReport> {
  const args = ["-v", "error", "-nostdin", "-i", file, "-f", "rawvideo", "-pix_fmt", "rgb24", "-y", devNull];
  const { exitCode, output, durationMs } = await runCommand("ffmpeg", args, { cwd: dirname(file) });
  if (exitCode !== 0) throw new Error(`ffmpeg failed with exit code ${exitCode}:\n${output}`);
  return { frames, ms: durationMs, peakBytes: 0, firstWrong: null };
}

async function readWithPackage(
  { nodeOptions }: BenchContext,
  file: string,
  most: number,
  all: number,
): Promise<VideoReport> {
  const program = join(import.meta.dirname, "../video/video-program.ts");
  const args = [...nodeOptions, "--conditions=source", program, file, String(FPS), String(most)];
  const { exitCode, stdout, output } = await runCommand(process.execPath, args, {
    cwd: dirname(import.meta.dirname),
  });
  if (exitCode !== 0) throw new Error(`Reading the video failed with exit code ${exitCode}:\n${output}`);
  const report: VideoReport = JSON.parse(stdout);
  if (report.firstWrong !== null) throw new Error(`The video was read wrongly: ${report.firstWrong}.`);
  if (report.frames !== most)
    throw new Error(`${report.frames} of ${all} frames were read, ${most} expected.`);
  return report;
}
