import { existsSync, readFileSync } from "node:fs";
import {
  type LiveSource,
  manualFrames,
  mjpegCamera,
  rtspCamera,
  videoUpload,
} from "@inference-ts/sdk/webrtc";
import { isRecord, type JsonRecord, recordAt, textAt } from "../json.ts";
import type { LiveScript } from "./live-record.ts";

/** What a source of a replay tells about itself. */
export interface SourceNotes {
  readonly steps: JsonRecord[];
  readonly progress: unknown[];
}

/** Rate of the camera that the recording pretended to have. */
const WEBCAM_FPS = 29.97;
const CHUNK_BYTES = 49_152;

type Maker = (args: JsonRecord, script: LiveScript, notes: SourceNotes) => LiveSource;

/** Our source for each of Python's. Cameras and streams of this machine are stood in for, as they were in the recording. */
const MAKERS: Readonly<Record<string, Maker>> = {
  RTSPSource: ({ url }) => Reflect.apply(rtspCamera, undefined, [url]),
  MJPEGSource: ({ url }) => Reflect.apply(mjpegCamera, undefined, [url]),
  ManualSource: () => manualFrames(),
  VideoFileSource: fileSource,
  WebcamSource: ({ device_id: device = 0, resolution = null }, { sourceOpens, webcamFps }, { steps }) => ({
    plan: { kind: "webcam" },
    prepare: () => {
      if (!sourceOpens) return Promise.reject(new Error("no such camera"));
      steps.push({ openWebcam: device, resolution });
      const fps = webcamFps === undefined ? WEBCAM_FPS : webcamFps;
      return Promise.resolve(fps === null ? {} : { fps });
    },
    startFrames: (_sender, signal) => untilAborted(signal),
    close: released(steps, { releaseWebcam: true }, "openWebcam"),
  }),
  LocalStreamSource: ({ url }, { sourceOpens }, { steps }) => ({
    plan: { kind: "local-stream", url: String(url) },
    prepare: () => {
      steps.push({ openStream: url });
      return sourceOpens ? Promise.resolve({}) : Promise.reject(new Error("no video"));
    },
    startFrames: (_sender, signal) => untilAborted(signal),
    close: released(steps, { stopStream: true }, "addTrack"),
  }),
};

/** Makes the source of a recorded call. */
export function makeSource(source: unknown, script: LiveScript, notes: SourceNotes): LiveSource {
  const type = textAt(source, "type") ?? "";
  const make = MAKERS[type];
  if (make === undefined) throw new Error(`The runner knows no source "${type}".`);
  return make(isRecord(source) ? recordAt(source, "args") : {}, script, notes);
}

function fileSource(args: JsonRecord, _script: LiveScript, { progress }: SourceNotes): LiveSource {
  const path = textAt(args, "path") ?? "";
  const options = {
    pictures: args.use_datachannel_frames === false ? ("track" as const) : ("data" as const),
    realtimeProcessing: args.realtime_processing === true,
    onProgress: (sent: { readonly sentBytes: number; readonly totalBytes: number }) => {
      if (args.with_progress === true)
        progress.push([sent.sentBytes, sent.totalBytes].map((bytes) => Math.ceil(bytes / CHUNK_BYTES)));
    },
  };
  const isUrl = /^https?:/.test(path);
  const source = videoUpload(existsSync(path) ? readFileSync(path) : Uint8Array.of(0), options);
  return {
    ...source,
    prepare: () =>
      isUrl || existsSync(path) ? Promise.resolve({}) : Promise.reject(new Error("there is no such file")),
    openUpload: async (signal) => {
      if (!isUrl) return source.openUpload?.(signal) ?? Promise.reject(new Error("no upload"));
      const video = await (await fetch(path, { signal })).blob();
      return videoUpload(video).openUpload?.(signal) ?? Promise.reject(new Error("no upload"));
    },
  };
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** Notes the release, if there was something to release. */
function released(steps: JsonRecord[], step: JsonRecord, after: string): () => Promise<void> {
  return () => {
    if (steps.some((one) => after in one)) steps.push(step);
    return Promise.resolve();
  };
}
