import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { InferenceHTTPClient } from "@inference-ts/sdk/node";
import type { LiveFrame, LiveSession, LiveSource, VideoMetadata } from "@inference-ts/sdk/webrtc";
import sharp from "sharp";
import type { JsonRecord } from "../json.ts";
import { isRecord, textAt } from "../json.ts";
import type { Arguments } from "../method-spec.ts";
import type { LiveRecord, LiveScript } from "./live-record.ts";
import { makeSource } from "./live-sources.ts";
import { type ScriptedPeer, scriptedPeers } from "./scripted-peer.ts";

/** Settings of a session by Python name, with ours. */
const CONFIG: Readonly<Record<string, string>> = {
  stream_output: "streamOutput",
  data_output: "dataOutput",
  realtime_processing: "realtimeProcessing",
  declared_fps: "declaredFps",
  turn_server: "turnServer",
  workflow_parameters: "workflowParameters",
  requested_plan: "requestedPlan",
  requested_region: "requestedRegion",
  processing_timeout: "processingTimeout",
};

const STREAM: Readonly<Record<string, string>> = {
  workflow: "workflow",
  workspace: "workspace",
  model_id: "modelId",
  task_type: "taskType",
  image_input: "imageInput",
};

/** Plays a recorded session with our client, and notes what it does. */
export class LiveReplay {
  readonly #script: LiveScript;
  readonly #peerNotes = { steps: [] as JsonRecord[], sent: [] as unknown[], uploads: [] as JsonRecord[] };
  readonly #delivered: JsonRecord[] = [];
  readonly #videoQueue: unknown[] = [];
  readonly #progress: unknown[] = [];
  readonly #problems: string[] = [];
  #ended: LiveRecord["ended"];
  #byModel = false;

  constructor(script: LiveScript) {
    this.#script = script;
  }

  /** What happened. */
  get record(): LiveRecord {
    return {
      peer: this.#peerNotes.steps,
      delivered: this.#delivered,
      videoQueue: this.#videoQueue,
      sent: this.#peerNotes.sent,
      uploads: this.#peerNotes.uploads,
      progress: this.#progress,
      problems: this.#problems,
      ended: this.#ended,
    };
  }

  /** The call; the result is what the recording calls a started session. */
  async run(client: InferenceHTTPClient, args: Arguments): Promise<unknown> {
    const { steps } = this.#peerNotes;
    this.#byModel = args.model_id !== undefined;
    const cacheFolder = await mkdtemp(join(tmpdir(), "golden-videos-"));
    try {
      const notes = { steps, progress: this.#progress, cacheFolder };
      return await this.#play(client, args, makeSource(args.source, this.#script, notes));
    } finally {
      await rm(cacheFolder, { recursive: true, force: true });
    }
  }

  async #play(client: InferenceHTTPClient, args: Arguments, source: LiveSource): Promise<unknown> {
    let peer: ScriptedPeer | undefined;
    const factory = scriptedPeers(this.#peerNotes, this.#script.silentTurn, (made) => {
      peer = made;
    });
    const options = { ...renamed(args, STREAM), config: configOf(args.config), peer: factory };
    await using session: LiveSession = await Reflect.apply(client.webrtc.stream, undefined, [
      source,
      options,
    ]);
    this.#listen(session);
    const frames = session.frames({ keepOpen: true });
    await session.start();
    await this.#uploaded(session, source);
    if (this.#script.useAfterClose) {
      await session.close();
      await session.run();
    }
    const end = session.wait().then(
      ({ reason, terminationReason }) => {
        this.#ended = { reason, terminationReason };
      },
      () => undefined,
    );
    for (const message of this.#script.messages) {
      peer?.receive(message);
      do await settle();
      while ((await session.stats()).channel.reading > 0);
    }
    if (peer !== undefined) await playPairing(peer, this.#script.pairing);
    await this.#readFrames(session, frames);
    const isOver = session.phase === "ended";
    await session.close();
    if (isOver) await end;
    return { session: "started" };
  }

  /** Python's upload is not waited for; ours ends with its last chunk, or with the session. */
  async #uploaded(session: LiveSession, source: LiveSource): Promise<void> {
    await settle();
    if (source.plan.kind !== "file") return;
    const isDone = (): boolean => {
      const last = this.#peerNotes.uploads.at(-1);
      return last !== undefined && Number(last.chunk_index) + 1 === last.total_chunks;
    };
    while (!isDone() && session.phase === "streaming") await settle();
  }

  #listen(session: LiveSession): void {
    for (const handler of this.#script.handlers) {
      const field = textAt(handler, "field");
      if (handler.on === "error") continue;
      const name = field === undefined ? "on_data" : `on_data:${field}`;
      const note = (
        value: unknown,
        metadata: VideoMetadata | null,
        item: { readonly errors: readonly string[] },
      ) => {
        if (handler.raises === true) {
          this.#delivered.push({ handler: name, raises: true });
          throw new Error("the handler of the case");
        }
        const facts = handler.arity === 1 ? {} : { metadata: pythonMetadata(metadata, item.errors) };
        this.#delivered.push({ handler: name, value, ...facts });
      };
      if (field === undefined) session.onData(note);
      else session.onData(field, note);
    }
    const wantsErrors = this.#script.handlers.some((handler) => handler.on === "error");
    session.onError((problem) => {
      if (problem.kind === "message") this.#problems.push(problem.error.code);
      if (problem.kind !== "frame" || !wantsErrors) return;
      const { errors, metadata } = problem;
      this.#delivered.push({
        handler: "on_error",
        value: errors,
        metadata: pythonMetadata(metadata, errors),
      });
    });
  }

  /** Takes what waits for the caller; the end too when there is one. */
  async #readFrames(session: LiveSession, frames: AsyncIterator<LiveFrame, undefined>): Promise<void> {
    const isOver = (): boolean => session.phase === "ended";
    for (;;) {
      let isRead = false;
      const next = frames.next().then(async ({ done, value }) => {
        isRead = true;
        if (done === true) this.#videoQueue.push("END");
        else this.#videoQueue.push(await pythonFrame(value, this.#byModel));
        return done === true;
      });
      // A failure is told below; until then somebody has to look at it.
      next.catch(() => undefined);
      await settle();
      if (!isRead && !isOver()) {
        // Nobody will read this one: the session is closed, which ends the loop.
        void next.then(
          () => this.#videoQueue.pop(),
          () => undefined,
        );
        return;
      }
      if (await next) return;
    }
  }
}

/** Track frames, and messages with predictions, by time on the clock of the track. */
async function playPairing(peer: ScriptedPeer, steps: readonly JsonRecord[]): Promise<void> {
  for (const [index, step] of steps.entries()) {
    const tag = Number(step.tag);
    if ("frame" in step) {
      const { frame: ticks } = step;
      peer.options.events.picture({
        ticks: typeof ticks === "number" ? ticks : null,
        take: () =>
          Promise.resolve({
            kind: "pixels",
            data: new Uint8Array(3).fill(tag),
            width: 1,
            height: 1,
            channels: 3,
          }),
        drop: () => undefined,
      });
    } else {
      peer.receive(
        JSON.stringify({
          serialized_output_data: { predictions: { tag } },
          video_metadata: {
            // Not the first frame of the session, whose time would be the beginning of the track.
            frame_id: index + 2,
            received_at: "2026-01-02T03:04:05.000006",
            pts: step.predictions,
            time_base: 1 / 90_000,
          },
          errors: [],
          processing_complete: false,
        }),
      );
    }
    await settle();
  }
}

/** Python hands results along with the frame in sessions by model id only. */
async function pythonFrame(
  { image, data, metadata, errors }: LiveFrame,
  byModel: boolean,
): Promise<JsonRecord> {
  return {
    frame: await pixelsOf(image),
    ...(byModel ? { data } : {}),
    metadata: pythonMetadata(metadata, errors),
  };
}

/** Blue-green-red, as in Python. */
async function pixelsOf(image: LiveFrame["image"]): Promise<unknown> {
  if (image.kind === "native") throw new Error("no native pictures here");
  const { data, info } =
    image.kind === "encoded"
      ? await sharp(image.data).removeAlpha().raw().toBuffer({ resolveWithObject: true })
      : { data: image.data, info: image };
  const { width, height, channels } = info;
  const pixels = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += 1) {
    pixels[at] = data[at - (at % channels) + (channels - 1 - (at % channels))] ?? 0;
  }
  return { shape: [height, width, channels], data: [...pixels] };
}

function pythonMetadata(metadata: VideoMetadata | null, errors: readonly string[]): JsonRecord | null {
  if (metadata === null) return null;
  return {
    frame_id: metadata.frameId,
    received_at: metadata.receivedAt,
    pts: metadata.pts,
    time_base: metadata.timeBase,
    declared_fps: metadata.declaredFps,
    measured_fps: metadata.measuredFps,
    errors: [...errors],
  };
}

function configOf(config: unknown): unknown {
  return isRecord(config) ? renamed(config, CONFIG) : (config ?? undefined);
}

function renamed(args: Arguments, names: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([python, ours]) => {
      const value = args[python];
      return value === undefined || value === null ? [] : [[ours, value]];
    }),
  );
}

/** Lets everything come to rest that needs no timer, inflating included. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await setImmediate();
}
