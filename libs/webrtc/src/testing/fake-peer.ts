import type {
  ConnectionReport,
  Description,
  FrameImage,
  FramePixels,
  FrameSender,
  IncomingPicture,
  LiveChannel,
  LiveChannelEvents,
  LivePeer,
  LivePeerFactory,
  LivePeerOptions,
  PeerStats,
} from "../peer/live-peer.ts";

/** A channel whose other end is the test. */
export class FakeChannel implements LiveChannel {
  readonly label: string;
  readonly events: LiveChannelEvents;
  readonly sent: (string | Uint8Array)[] = [];
  isOpen = false;
  bufferedBytes = 0;

  constructor(label: string, events: LiveChannelEvents) {
    this.label = label;
    this.events = events;
  }

  send(message: string | Uint8Array): void {
    if (!this.isOpen) throw new Error(`${this.label} is not open`);
    if (message.length === 0) throw new Error("an empty message blocks the channel");
    this.sent.push(message);
  }

  open(): void {
    this.isOpen = true;
    this.events.opened();
  }

  shut(): void {
    this.isOpen = false;
    this.events.closed();
  }
}

/** A picture that notes what became of it. */
export class FakePicture implements IncomingPicture {
  readonly ticks: number | null;
  readonly tag: number;
  taken = 0;
  dropped = 0;

  constructor(ticks: number | null, tag = 0) {
    this.ticks = ticks;
    this.tag = tag;
  }

  take(): Promise<FrameImage> {
    this.taken += 1;
    return Promise.resolve({
      kind: "pixels",
      data: new Uint8Array(3).fill(this.tag),
      width: 1,
      height: 1,
      channels: 3,
    });
  }

  drop(): void {
    this.dropped += 1;
  }
}

const REPORT: ConnectionReport = {
  connectionState: "connecting",
  iceState: "checking",
  dtlsState: "new",
  localCandidates: { host: 2 },
  remoteCandidates: {},
  notes: [],
};

/** A peer connection without a network; the test plays the worker. */
export class FakePeer implements LivePeer {
  readonly options: LivePeerOptions;
  readonly calls: string[] = [];
  readonly channels = new Map<string, FakeChannel>();
  readonly frames: { readonly frame: FramePixels; readonly timestampMs: number | undefined }[] = [];
  closes = 0;
  /** Opens the channels with the answer. */
  connectsByItself = true;
  failing: Partial<Record<"createOffer" | "acceptAnswer" | "finish", Error>> = {};

  constructor(options: LivePeerOptions) {
    this.options = options;
  }

  channel(label: string): FakeChannel {
    const found = this.channels.get(label);
    if (found === undefined) throw new Error(`no channel ${label}`);
    return found;
  }

  openChannel(label: string, events: LiveChannelEvents): LiveChannel {
    this.calls.push(`channel ${label}`);
    const channel = new FakeChannel(label, events);
    this.channels.set(label, channel);
    return channel;
  }

  receiveVideo(): void {
    this.calls.push("receive");
  }

  sendFrames(): FrameSender {
    this.calls.push("send frames");
    const sender = {
      dropped: 0,
      sent: 0,
      send: (frame: FramePixels, timestampMs?: number): Promise<boolean> => {
        if (this.closes > 0) return Promise.resolve(false);
        this.frames.push({ frame, timestampMs });
        sender.sent += 1;
        return Promise.resolve(true);
      },
      finish: (): Promise<void> => {
        this.calls.push("finish");
        return this.failing.finish === undefined ? Promise.resolve() : Promise.reject(this.failing.finish);
      },
    };
    return sender;
  }

  sendTrack(track: unknown): void {
    this.calls.push(`track ${String(track)}`);
  }

  createOffer(): Promise<Description> {
    this.calls.push("offer");
    if (this.failing.createOffer !== undefined) return Promise.reject(this.failing.createOffer);
    return Promise.resolve({ type: "offer", sdp: "offer" });
  }

  async acceptAnswer(answer: Description): Promise<void> {
    this.calls.push(`answer ${answer.sdp}`);
    if (this.failing.acceptAnswer !== undefined) throw this.failing.acceptAnswer;
    if (this.connectsByItself) this.connect();
  }

  connect(): void {
    this.options.events.connected();
    for (const channel of this.channels.values()) channel.open();
  }

  report(): ConnectionReport {
    return REPORT;
  }

  stats(): PeerStats {
    return {
      framesSent: this.frames.length,
      framesDropped: 0,
      picturesReceived: 0,
      packetsLost: 0,
      keyFramesRequested: 0,
      keyFramesSent: 0,
      bytesSent: 0,
      bytesReceived: 0,
      roundTripMs: null,
    };
  }

  close(): Promise<void> {
    this.closes += 1;
    for (const channel of this.channels.values()) channel.isOpen = false;
    return Promise.resolve();
  }
}

/** A factory that keeps what it made. */
export function fakePeers(prepare: (peer: FakePeer) => void = () => undefined): {
  readonly open: LivePeerFactory;
  readonly made: FakePeer[];
} {
  const made: FakePeer[] = [];
  return {
    made,
    open: (options) => {
      const peer = new FakePeer(options);
      prepare(peer);
      made.push(peer);
      return peer;
    },
  };
}
