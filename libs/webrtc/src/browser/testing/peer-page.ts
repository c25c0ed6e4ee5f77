/** What the peer does in a page; an RTCPeerConnection of the same page answers it, and sends every picture back. */
import type { IncomingPicture, LiveChannel, LivePeer, LivePeerEvents } from "../../peer/live-peer.ts";
import type { LiveSource } from "../../peer/live-source.ts";
import { openBrowserPeer } from "../browser-peer.ts";
import { mediaStream, videoElementStream } from "../stream-source.ts";

const WIDTH = 320;
const HEIGHT = 240;
const SIGNAL = new AbortController().signal;

/** A picture that carries a number: eight bars, white for 1. */
function numbered(number: number): Uint8Array {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const bar = Math.floor((x * 8) / WIDTH);
      data.fill((number >> bar) & 1 ? 235 : 20, (y * WIDTH + x) * 3, (y * WIDTH + x) * 3 + 3);
    }
  }
  return data;
}

async function numberIn(
  picture: IncomingPicture,
): Promise<{ number: number; width: number; height: number }> {
  const image = await picture.take();
  if (image.kind !== "native" || !(image.image instanceof VideoFrame)) throw new Error("no VideoFrame");
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context?.drawImage(image.image, 0, 0);
  image.image.close();
  let number = 0;
  for (let bar = 0; bar < 8; bar += 1) {
    const x = Math.round(((bar + 0.5) * image.width) / 8);
    if ((context?.getImageData(x, image.height / 2, 1, 1).data[0] ?? 0) > 128) number |= 1 << bar;
  }
  return { number, width: image.width, height: image.height };
}

interface Talk extends AsyncDisposable {
  readonly peer: LivePeer;
  readonly channel: LiveChannel;
  readonly worker: RTCPeerConnection;
  readonly pictures: IncomingPicture[];
  readonly messages: (string | number)[];
  readonly happened: string[];
  readonly open: Promise<unknown>;
  /** Resolves when the worker's end of the channel is closed. */
  readonly workerSawClose: Promise<void>;
}

async function talk(addVideo: (peer: LivePeer) => Promise<void> | void): Promise<Talk> {
  const pictures: IncomingPicture[] = [];
  const messages: (string | number)[] = [];
  const happened: string[] = [];
  const note = (what: string) => () => void happened.push(what);
  const events: LivePeerEvents = {
    connected: note("connected"),
    failed: note("failed"),
    picture: (picture) => void pictures.push(picture),
    trackEnded: note("trackEnded"),
    sourceEnded: note("sourceEnded"),
  };
  const peer = await openBrowserPeer({ iceServers: [], events });
  const opened = Promise.withResolvers<void>();
  const channel = peer.openChannel("inference", {
    opened: opened.resolve,
    message: (data) => void messages.push(typeof data === "string" ? data : data.length),
    closed: note("channel closed"),
  });
  await addVideo(peer);
  const offer = await peer.createOffer(SIGNAL);
  const worker = new RTCPeerConnection();
  const closed = Promise.withResolvers<void>();
  const workerReady = new Promise((resolve) => {
    worker.addEventListener("datachannel", ({ channel: theirs }) => {
      theirs.binaryType = "arraybuffer";
      theirs.addEventListener("message", ({ data }) => theirs.send(data));
      theirs.addEventListener("close", () => closed.resolve());
      resolve(theirs);
    });
  });
  worker.addEventListener("track", ({ track, transceiver }) => void transceiver.sender.replaceTrack(track));
  await worker.setRemoteDescription(offer);
  for (const transceiver of worker.getTransceivers()) transceiver.direction = "sendrecv";
  await worker.setLocalDescription(await worker.createAnswer());
  await new Promise<void>((resolve) => {
    const look = () => worker.iceGatheringState === "complete" && resolve();
    worker.addEventListener("icegatheringstatechange", look);
    look();
  });
  await peer.acceptAnswer({ type: "answer", sdp: worker.localDescription?.sdp ?? "" });
  return {
    peer,
    channel,
    worker,
    pictures,
    messages,
    happened,
    open: Promise.all([opened.promise, workerReady]),
    workerSawClose: closed.promise,
    async [Symbol.asyncDispose]() {
      await peer.close();
      worker.close();
      for (const picture of pictures.splice(0)) picture.drop();
    },
  };
}

/** Resolves when `holds` does; looks again at every picture that the page could show. */
async function until(holds: () => boolean, ms = 8_000): Promise<boolean> {
  for (const start = performance.now(); performance.now() - start < ms; ) {
    if (holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return holds();
}

const scenarios = {
  async frames(count: number) {
    let sender: ReturnType<LivePeer["sendFrames"]> | undefined;
    await using run = await talk((peer) => {
      sender = peer.sendFrames();
    });
    const offer = run.worker.remoteDescription?.sdp ?? "";
    const sent: boolean[] = [];
    for (let index = 0; index < count; index += 1) {
      const frame = { data: numbered(index), width: WIDTH, height: HEIGHT, channels: 3 } as const;
      sent.push((await sender?.send(frame)) ?? false);
    }
    await sender?.finish();
    // The echo begins a little late, and the last frame comes twice.
    await until(() => run.pictures.length >= count - 1, 1_500);
    const ticks = run.pictures.map((picture) => picture.ticks);
    const seen = [];
    for (const picture of run.pictures.splice(0)) seen.push(await numberIn(picture));
    return {
      sent: sent.filter(Boolean).length,
      counted: sender?.sent,
      ticks,
      seen,
      happened: run.happened,
      report: run.peer.report(),
      stats: await run.peer.stats(),
      firstCodec: /a=rtpmap:(\d+) (\S+)/.exec(offer.slice(offer.indexOf("m=video")))?.[2],
      candidates: offer.match(/a=candidate:.*/g) ?? [],
      bundle: /a=group:BUNDLE.*/.exec(offer)?.[0],
    };
  },

  async canvasFrames() {
    Reflect.deleteProperty(globalThis, "MediaStreamTrackGenerator");
    Reflect.deleteProperty(globalThis, "MediaStreamTrackProcessor");
    return scenarios.frames(20);
  },

  async messages() {
    await using run = await talk((peer) => peer.receiveVideo());
    await run.open;
    run.channel.send("hello");
    run.channel.send(new Uint8Array(49_164).subarray(4));
    let empty = "";
    try {
      run.channel.send("");
    } catch (error) {
      empty = String(error);
    }
    await until(() => run.messages.length >= 2);
    return { messages: run.messages, empty, isOpen: run.channel.isOpen, buffered: run.channel.bufferedBytes };
  },

  async close() {
    await using run = await talk((peer) => peer.receiveVideo());
    await run.open;
    const start = performance.now();
    await Promise.all([run.peer.close(), run.peer.close()]);
    await run.workerSawClose;
    return { ms: performance.now() - start, happened: run.happened, isOpen: run.channel.isOpen };
  },

  async workerCloses() {
    await using run = await talk((peer) => peer.receiveVideo());
    await run.open;
    run.worker.close();
    await until(() => run.happened.includes("channel closed"));
    return run.happened;
  },

  async pageHide() {
    await using run = await talk((peer) => peer.receiveVideo());
    await run.open;
    globalThis.dispatchEvent(new Event("pagehide"));
    await run.workerSawClose;
    return { happened: run.happened, notes: run.peer.report().notes };
  },

  /** A canvas that changes, by its stream or shown by a video element. */
  async track(kind: "stream" | "element") {
    const canvas = document.createElement("canvas");
    canvas.width = WIDTH;
    canvas.height = HEIGHT;
    const context = canvas.getContext("2d");
    const paint = () => {
      if (context === null) return;
      context.fillStyle = `hsl(${performance.now() % 360} 90% 50%)`;
      context.fillRect(0, 0, WIDTH, HEIGHT);
    };
    paint();
    const timer = setInterval(paint, 30);
    const stream = canvas.captureStream();
    const [painted] = stream.getVideoTracks();
    let source: LiveSource = mediaStream(stream);
    if (kind === "element") {
      const element = document.createElement("video");
      element.muted = true;
      element.srcObject = stream;
      await element.play();
      source = videoElementStream(element);
    }
    let track: unknown;
    await using run = await talk(async (peer) => {
      await source.prepare?.(SIGNAL);
      track = await source.track?.(SIGNAL);
      peer.sendTrack(track);
    });
    await until(() => run.pictures.length >= 10);
    const received = run.pictures.length;
    await source.close();
    clearInterval(timer);
    return {
      received,
      own: track === painted,
      state: painted?.readyState,
      captured: track instanceof MediaStreamTrack && track.readyState,
    };
  },
};

Object.assign(globalThis, { scenarios });
export type Scenarios = typeof scenarios;
