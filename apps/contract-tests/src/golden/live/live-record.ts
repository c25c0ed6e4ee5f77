import { isRecord, type JsonRecord, listAt, recordAt, textAt } from "../json.ts";
import type { GoldenCase } from "../read-case.ts";

/** The method whose cases hold a live video session. */
export const LIVE_METHOD = "webrtc.stream";

/** What a recorded session did beside its requests; every list in order. */
export interface LiveRecord {
  /** Calls on the peer connection. */
  readonly peer: readonly JsonRecord[];
  /** What the handlers got. */
  readonly delivered: readonly JsonRecord[];
  /** Frames for the caller; `END` is the end mark. */
  readonly videoQueue: readonly unknown[];
  /** Texts sent on channel `inference`, as JSON. */
  readonly sent: readonly unknown[];
  readonly uploads: readonly JsonRecord[];
  /** `[chunk, chunks]` after every chunk. */
  readonly progress: readonly unknown[];
  /** Codes of problems that are reported without ending the session; undefined = not checked. */
  readonly problems: readonly string[] | undefined;
  /** How the session ended by itself; undefined = it did not. */
  readonly ended: { readonly reason?: string; readonly terminationReason?: string | null } | undefined;
}

/** What is played to a session. */
export interface LiveScript {
  readonly handlers: readonly JsonRecord[];
  /** Bytes or text arriving on channel `inference`. */
  readonly messages: readonly (Uint8Array | string)[];
  /** What the messages say. */
  readonly meanings: readonly JsonRecord[];
  /** Track frames and predictions by time. */
  readonly pairing: readonly JsonRecord[];
  /** TURN addresses that do not answer. */
  readonly silentTurn: ReadonlySet<string>;
  /** Rate of the camera; undefined = the recording's usual one, null = unknown. */
  readonly webcamFps: number | null | undefined;
  /** The camera or stream opened. */
  readonly sourceOpens: boolean;
  /** The session was used after it had been closed. */
  readonly useAfterClose: boolean;
}

/** True for cases with a live video session. */
export function isLive(golden: GoldenCase): boolean {
  return golden.calls.some((call) => call.method === LIVE_METHOD);
}

export function liveRecord({ live }: GoldenCase): LiveRecord {
  return {
    peer: listAt(live, "peer").filter(isRecord),
    delivered: listAt(live, "delivered").filter(isRecord),
    videoQueue: listAt(live, "video_queue"),
    sent: listAt(live, "inference_channel_out").map((text): unknown =>
      typeof text === "string" ? JSON.parse(text) : text,
    ),
    uploads: listAt(live, "video_upload_out").filter(isRecord),
    progress: listAt(live, "upload_progress"),
    problems: undefined,
    ended: undefined,
  };
}

export function liveScript({ live, outcomes }: GoldenCase): LiveScript {
  const [outcome] = outcomes;
  const error = outcome?.kind === "error" ? (textAt(outcome.error, "message") ?? "") : "";
  const steps = listAt(live, "peer").filter(isRecord);
  return {
    handlers: listAt(live, "handlers").filter(isRecord),
    messages: listAt(live, "messages_in").map((message) => {
      const base64 = textAt(message, "base64");
      return base64 === undefined
        ? (textAt(message, "text") ?? "")
        : new Uint8Array(Buffer.from(base64, "base64"));
    }),
    meanings: listAt(live, "messages_meaning").filter(isRecord),
    pairing: listAt(live, "pairing").filter(isRecord),
    silentTurn: new Set(
      Object.entries(recordAt(live, "turn_probe")).flatMap(([url, answers]) =>
        answers === false ? [url] : [],
      ),
    ),
    webcamFps: Object.hasOwn(live, "webcam_fps") ? fpsOf(live.webcam_fps) : undefined,
    sourceOpens: steps.some((step) => "addTrack" in step),
    useAfterClose: error.includes("closed WebRTCSession"),
  };
}

function fpsOf(value: unknown): number | null {
  return typeof value === "number" && value > 0 ? value : null;
}
