import {
  type LiveSource,
  manualFrames,
  mjpegCamera,
  rtspCamera,
  videoFile,
} from "@inference-ts/sdk/webrtc/node";
import { isRecord, type JsonRecord, recordAt, textAt } from "../json.ts";
import type { LiveScript } from "./live-record.ts";

/** What a source of a replay tells about itself. */
export interface SourceNotes {
  readonly steps: JsonRecord[];
  readonly progress: unknown[];
  /** Where downloaded videos are kept. */
  readonly cacheFolder: string;
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

function fileSource(
  args: JsonRecord,
  _script: LiveScript,
  { progress, cacheFolder }: SourceNotes,
): LiveSource {
  return videoFile(textAt(args, "path") ?? "", {
    pictures: args.use_datachannel_frames === false ? "track" : "data",
    realtimeProcessing: args.realtime_processing === true,
    useCache: args.use_cache !== false,
    cacheFolder,
    onProgress: (sent) => {
      if (args.with_progress === true)
        progress.push([sent.sentBytes, sent.totalBytes].map((bytes) => Math.ceil(bytes / CHUNK_BYTES)));
    },
  });
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
