import type { ConnectionReport, FrameSender, IncomingPicture, LiveChannel } from "@inference-ts/webrtc";
import { type AnsweringPeer, startAnswering } from "../connection/answering-peer.ts";
import type { OpenedChannel } from "../connection/data-channel.ts";
import type { GuardedConnection } from "../connection/guarded-connection.ts";
import { loadWerift } from "../connection/load-werift.ts";
import { OfferingPeer } from "../connection/offering-peer.ts";
import type { FrameRelease } from "../rtp/frame-assembler.ts";
import { readFrame } from "./painted-frame.ts";

/** A value that is waited for. */
function signalled<T = void>() {
  return Promise.withResolvers<T>();
}

/** A picture that came in, read. */
export interface ReceivedPicture {
  readonly number: number;
  readonly ticks: number;
  readonly isBeginningLost: boolean;
}

/** What one side of a pair has seen. */
export class SeenEvents {
  readonly pictures: ReceivedPicture[] = [];
  readonly messages: (string | Uint8Array)[] = [];
  readonly connected = signalled();
  openChannels = 0;
  readonly channelClosed = signalled();
  readonly trackEnded = signalled();
  readonly closed = signalled<"ended" | "failed">();
  readonly failed = signalled<ConnectionReport>();
  readonly #waiting: { readonly isThere: () => boolean; readonly resolve: () => void }[] = [];
  #reading: Promise<void> = Promise.resolve();

  /** Resolves once a condition on what was seen holds. */
  until(isThere: () => boolean): Promise<void> {
    if (isThere()) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ isThere, resolve }));
  }

  channelOpened(): void {
    this.openChannels++;
    this.#check();
  }

  message(data: string | Uint8Array): void {
    this.messages.push(data);
    this.#check();
  }

  /** Takes a picture and reads its number; `onPicture` gets them in order. */
  read(picture: IncomingPicture, onPicture?: (picture: ReceivedPicture, image: unknown) => void): void {
    const taken = picture.take();
    this.#reading = this.#reading.then(async () => {
      const image = await taken;
      if (image.kind !== "pixels") throw new Error("no pixels");
      const { ticks, isBeginningLost = false } = picture;
      if (ticks === null) throw new Error("no time of the picture");
      const read = { number: readFrame(image), ticks, isBeginningLost };
      this.pictures.push(read);
      onPicture?.(read, image);
      this.#check();
    });
  }

  #check(): void {
    for (const { isThere, resolve } of this.#waiting) if (isThere()) resolve();
  }
}

/** How a pair is made. */
export interface PairOptions {
  readonly video?: "sendrecv" | "recvonly" | "none";
  /** Codecs are offered in the usual order; this one alone when given. */
  readonly onlyCodec?: "VP8" | "H264";
  readonly release?: FrameRelease;
  readonly channels?: readonly string[];
  /** Called for both connections before anything is negotiated. */
  readonly onConnection?: (connection: GuardedConnection, side: "offer" | "answer") => void;
  /** What the answering side does with a picture; default: sends it back. */
  readonly onPicture?: (picture: IncomingPicture, frames: FrameSender | undefined) => void;
}

/** Two connected sides in one process. */
export interface PeerPair {
  readonly offering: OfferingPeer;
  readonly answering: AnsweringPeer;
  readonly answeringConnection: GuardedConnection;
  readonly offerSeen: SeenEvents;
  readonly answerSeen: SeenEvents;
  /** Channels of the offering side. */
  readonly channels: readonly LiveChannel[];
  /** Channels as the answering side got them. */
  readonly opened: readonly OpenedChannel[];
  readonly frames: FrameSender | undefined;
  /** From the answer to both sides connected, in ms. */
  readonly connectMs: number;
  close(): Promise<void>;
}

/** Connects two peers over the network of this machine. */
export async function connectPair(options: PairOptions = {}): Promise<PeerPair> {
  const { video = "sendrecv", channels: labels = ["inference"] } = options;
  const werift = await loadWerift();
  const offerSeen = new SeenEvents();
  const answerSeen = new SeenEvents();
  const offering = new OfferingPeer(werift, {
    iceServers: [],
    events: {
      connected: () => offerSeen.connected.resolve(),
      failed: (report) => offerSeen.failed.resolve(report),
      picture: (picture) => offerSeen.read(picture),
      trackEnded: () => offerSeen.trackEnded.resolve(),
      sourceEnded: () => undefined,
    },
  });
  const channels = labels.map((label): LiveChannel => {
    const channel: LiveChannel = offering.openChannel(label, {
      opened: () => offerSeen.channelOpened(),
      message: (data) => offerSeen.message(data),
      closed: () => offerSeen.channelClosed.resolve(),
    });
    return channel;
  });
  const frames = video === "sendrecv" ? offering.sendFrames() : undefined;
  if (video === "recvonly") offering.receiveVideo();
  options.onConnection?.(offering.connection, "offer");
  const offer = await offering.createOffer(new AbortController().signal);
  const opened: OpenedChannel[] = [];
  const back: { frames?: FrameSender | undefined } = {};
  const { handle, connection } = await startAnswering({
    offer: {
      type: "offer",
      sdp: options.onlyCodec === undefined ? offer.sdp : keepCodec(offer.sdp, options.onlyCodec),
    },
    sendsVideo: video !== "none",
    ...(options.release === undefined ? {} : { release: options.release }),
    events: {
      connected: () => answerSeen.connected.resolve(),
      channel: (channel) => {
        opened.push(channel);
        return {
          opened: () => answerSeen.channelOpened(),
          message: (data) => answerSeen.message(data),
          closed: () => answerSeen.channelClosed.resolve(),
        };
      },
      picture: (picture) => {
        if (options.onPicture !== undefined) options.onPicture(picture, back.frames);
        else sendBack(picture, back.frames, answerSeen);
      },
      trackEnded: () => answerSeen.trackEnded.resolve(),
      closed: (reason) => answerSeen.closed.resolve(reason),
    },
  });
  back.frames = handle.frames;
  options.onConnection?.(connection, "answer");
  const start = performance.now();
  await offering.acceptAnswer(handle.answer);
  await Promise.all([offerSeen.connected.promise, answerSeen.connected.promise]);
  const connectMs = performance.now() - start;
  await Promise.all(
    [offerSeen, answerSeen].map((seen) => seen.until(() => seen.openChannels === labels.length)),
  );
  return {
    offering,
    answering: handle,
    answeringConnection: connection,
    offerSeen,
    answerSeen,
    channels,
    opened,
    frames,
    connectMs,
    close: async () => {
      await Promise.all([offering.close(), handle.close()]);
    },
  };
}

function sendBack(picture: IncomingPicture, frames: FrameSender | undefined, seen: SeenEvents): void {
  seen.read(picture, ({ ticks }, image) => {
    const pixels = Object(image);
    frames?.send(pixels, ticks / 90).catch(() => undefined);
  });
}

/** The offer with one codec, as a peer makes it that knows no other. */
function keepCodec(sdp: string, codec: string): string {
  const kept = new Set(
    [...sdp.matchAll(/^a=rtpmap:(\d+) (\w+)\//gm)].flatMap(([, type, name]) =>
      name === codec && type !== undefined ? [type] : [],
    ),
  );
  return sdp
    .split("\r\n")
    .filter((line) => {
      const type = /^a=(?:rtpmap|fmtp|rtcp-fb):(\d+)/.exec(line)?.[1];
      return type === undefined || kept.has(type);
    })
    .map((line) =>
      line.startsWith("m=video") ? line.replace(/(SAVPF) .*/, `$1 ${[...kept].join(" ")}`) : line,
    )
    .join("\r\n");
}
