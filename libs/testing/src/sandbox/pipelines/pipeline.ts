import { drawShapes } from "../shape-pictures.ts";
import type { RgbPixels } from "../shapes/colours.ts";
import { COLOURS } from "../shapes/colours.ts";
import type { FrameOutputs } from "./frame-outputs.ts";

/** Frames of a file; a camera or a stream never ends. */
const FRAMES_OF_A_FILE = 30;
const FPS = 15;
const SIZE = { width: 160, height: 120 } as const;
/** The real server looks every second for pipelines whose sources have ended, and drops them with all that was not taken. */
const KEPT_AFTER_END_MS = 1000;
const STARTED_AT = Date.UTC(2026, 0, 1);

type State = "RUNNING" | "MUTED" | "ENDED";

/** A pipeline of the sandbox. It works on a frame when somebody takes a result, so that nothing runs by itself. */
export interface SandboxPipeline {
  /** `false` when it is paused already or has ended. */
  pause(): boolean;
  /** `false` when it is not paused. */
  resume(): boolean;
  report(): object;
  /** Whether its sources have ended so long ago that the server has dropped it. */
  isOver(): boolean;
  /** The next result without the excluded fields, or empty lists. The first one is empty: nothing is decoded yet. */
  consume(excluded: readonly string[]): { readonly outputs: unknown[]; readonly frames_metadata: unknown[] };
}

/**
 * Makes a pipeline over drawn frames: a square of 40 pixels that moves and changes its colour every ten frames. Where there are
 * several sources, each one begins a frame later than the one before, so that its first elements are null.
 */
export function createPipeline(references: readonly unknown[], outputsOf: FrameOutputs): SandboxPipeline {
  const isFile = references.every(
    (reference) => typeof reference === "string" && !/^(rtsp|rtmp|udp|srt)/.test(reference),
  );
  const updates: object[] = [
    { event_type: "INFERENCE_THREAD_STARTED", severity: 20, payload: {}, context: "inference_pipeline" },
  ];
  let state: State = "RUNNING";
  let frame = 0;
  let asked = 0;
  let endedAt = Number.POSITIVE_INFINITY;
  const become = (next: State): void => {
    const payload = { previous_state: state, new_state: next, source_id: 0 };
    updates.push({ event_type: "SOURCE_STATE_UPDATE", severity: 20, payload, context: "video_source" });
    state = next;
  };
  const change = (from: State, to: State): boolean => {
    if (state !== from) return false;
    become(to);
    return true;
  };
  return {
    pause: () => change("RUNNING", "MUTED"),
    resume: () => change("MUTED", "RUNNING"),
    isOver: () => performance.now() - endedAt >= KEPT_AFTER_END_MS,
    report: () => ({
      video_source_status_updates: updates.map((update) => ({ timestamp: timestamp(0), ...update })),
      latency_reports: references.map((_reference, source_id) => ({
        source_id,
        frame_decoding_latency: 1,
        inference_latency: 0.5,
        e2e_latency: 1.5,
      })),
      inference_throughput: FPS,
      sources_metadata: references.map((source_reference, source_id) => ({
        source_properties: {
          ...SIZE,
          total_frames: isFile ? FRAMES_OF_A_FILE : -1,
          is_file: isFile,
          fps: FPS,
        },
        source_reference,
        buffer_size: 64,
        state,
        source_id,
      })),
      completion_statistics: { sources: [{ source_id: 0, completed_frames: frame, last_frame_id: frame }] },
    }),
    consume: (excluded) => {
      asked += 1;
      if (state !== "RUNNING" || asked === 1) return { outputs: [], frames_metadata: [] };
      frame += 1;
      const isThere = (source: number) => frame > source;
      const pixels = drawFrame(frame);
      const outputs = references.map((_reference, source) =>
        isThere(source) ? without(outputsOf(pixels), excluded) : null,
      );
      const frames_metadata = references.map((_reference, source_id) =>
        isThere(source_id)
          ? { frame_timestamp: timestamp(frame), frame_id: frame - source_id, source_id }
          : null,
      );
      if (isFile && frame >= FRAMES_OF_A_FILE) {
        become("ENDED");
        endedAt = performance.now();
      }
      return { outputs, frames_metadata };
    },
  };
}

function drawFrame(frame: number): RgbPixels {
  const colour = COLOURS[Math.floor(frame / 10) % COLOURS.length] ?? "red";
  const shape = { kind: "rectangle", colour, x: (frame * 4) % 120, y: 40, width: 40, height: 40 } as const;
  return drawShapes({ ...SIZE, shapes: [shape] });
}

function without(output: Readonly<Record<string, unknown>>, excluded: readonly string[]): object {
  return Object.fromEntries(Object.entries(output).filter(([name]) => !excluded.includes(name)));
}

function timestamp(frame: number): string {
  return new Date(STARTED_AT + (frame * 1000) / FPS).toISOString().replace("Z", "000");
}
