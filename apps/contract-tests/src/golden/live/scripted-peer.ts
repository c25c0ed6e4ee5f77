import { createHash } from "node:crypto";
import type {
  FrameSender,
  LiveChannel,
  LiveChannelEvents,
  LivePeer,
  LivePeerFactory,
  LivePeerOptions,
} from "@inference-ts/sdk/webrtc";
import type { JsonRecord } from "../json.ts";

/** What a session did with its connection. */
export interface PeerNotes {
  readonly steps: JsonRecord[];
  readonly sent: unknown[];
  readonly uploads: JsonRecord[];
}

/** A peer connection that connects at once and notes what it is asked for; the replay plays the worker. */
export class ScriptedPeer implements LivePeer {
  readonly options: LivePeerOptions;
  readonly #notes: PeerNotes;
  readonly #channels = new Map<string, LiveChannelEvents>();
  #isOpen = false;

  constructor(options: LivePeerOptions, notes: PeerNotes) {
    this.options = options;
    this.#notes = notes;
    const { iceServers } = options;
    notes.steps.push({ peer: iceServers.length === 0 ? null : { iceServers } });
  }

  /** A message of the worker. */
  receive(message: string | Uint8Array): void {
    this.#channels.get("inference")?.message(message);
  }

  openChannel(label: string, events: LiveChannelEvents): LiveChannel {
    this.#notes.steps.push({ createDataChannel: label });
    this.#channels.set(label, events);
    const isOpen = (): boolean => this.#isOpen;
    return {
      get isOpen() {
        return isOpen();
      },
      bufferedBytes: 0,
      send: (message) => {
        if (message.length === 0) throw new Error("an empty message blocks a channel for good");
        if (typeof message === "string") this.#notes.sent.push(JSON.parse(message));
        else this.#notes.uploads.push(uploadedChunk(message));
      },
    };
  }

  receiveVideo(): void {
    this.#notes.steps.push({ addTransceiver: "video", direction: "recvonly" });
  }

  sendFrames(): FrameSender {
    this.#notes.steps.push({ addTrack: "video" });
    return { dropped: 0, sent: 0, send: () => Promise.resolve(true), finish: () => Promise.resolve() };
  }

  sendTrack(): void {
    this.#notes.steps.push({ addTrack: "video" });
  }

  createOffer(): Promise<{ type: "offer"; sdp: string }> {
    this.#notes.steps.push({ createOffer: true }, { setLocalDescription: "offer" });
    return Promise.resolve({ type: "offer", sdp: "v=0\r\no=- offer\r\n" });
  }

  acceptAnswer({ type }: { readonly type: string }): Promise<void> {
    this.#notes.steps.push({ setRemoteDescription: type });
    this.#isOpen = true;
    this.options.events.connected();
    for (const events of this.#channels.values()) events.opened();
    return Promise.resolve();
  }

  report() {
    const none = { localCandidates: {}, remoteCandidates: {}, notes: [] };
    return { connectionState: "connected", iceState: "connected", dtlsState: "connected", ...none };
  }

  stats() {
    const traffic = {
      packetsLost: 0,
      keyFramesRequested: 0,
      keyFramesSent: 0,
      bytesSent: 0,
      bytesReceived: 0,
    };
    return { framesSent: 0, framesDropped: 0, picturesReceived: 0, ...traffic, roundTripMs: null };
  }

  close(): Promise<void> {
    if (this.#isOpen || this.#notes.steps.at(-1)?.close !== true) this.#notes.steps.push({ close: true });
    this.#isOpen = false;
    return Promise.resolve();
  }
}

/** Opens scripted peers; `made` gets each. */
export function scriptedPeers(
  notes: PeerNotes,
  silentTurn: ReadonlySet<string>,
  made: (peer: ScriptedPeer) => void,
): LivePeerFactory {
  const open = (options: LivePeerOptions): LivePeer => {
    const peer = new ScriptedPeer(options, notes);
    made(peer);
    return peer;
  };
  const answeringTurn = (urls: readonly string[]) =>
    Promise.resolve(urls.filter((url) => !silentTurn.has(url)));
  return Object.assign(open, { answeringTurn });
}

function uploadedChunk(message: Uint8Array): JsonRecord {
  const header = new DataView(message.buffer, message.byteOffset);
  const payload = message.subarray(8);
  return {
    chunk_index: header.getUint32(0, true),
    total_chunks: header.getUint32(4, true),
    payload_bytes: payload.length,
    payload_sha256: createHash("sha256").update(payload).digest("hex"),
  };
}
