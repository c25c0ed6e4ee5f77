import { vi } from "vitest";

/** A track of the stand-in browser. */
export class FakeTrack extends EventTarget {
  readonly kind: string;
  readyState = "live";
  readonly settings: { frameRate?: number } = {};

  constructor(kind = "video") {
    super();
    this.kind = kind;
  }

  getSettings(): { frameRate?: number } {
    return this.settings;
  }

  stop(): void {
    this.readyState = "ended";
  }

  /** As if the device were unplugged. */
  end(): void {
    this.readyState = "ended";
    this.dispatchEvent(new Event("ended"));
  }
}

/** A stream of the stand-in browser. */
export class FakeStream {
  readonly tracks: readonly FakeTrack[];

  constructor(...tracks: FakeTrack[]) {
    this.tracks = tracks;
  }

  getTracks(): readonly FakeTrack[] {
    return this.tracks;
  }

  getVideoTracks(): readonly FakeTrack[] {
    return this.tracks.filter(({ kind }) => kind === "video");
  }
}

/** A data channel of the stand-in browser. */
export class FakeDataChannel extends EventTarget {
  readonly label: string;
  binaryType = "blob";
  readyState = "connecting";
  bufferedAmount = 0;
  readonly sent: unknown[] = [];

  constructor(label: string) {
    super();
    this.label = label;
  }

  send(message: unknown): void {
    this.sent.push(message);
  }

  open(): void {
    this.readyState = "open";
    this.dispatchEvent(new Event("open"));
  }
}

interface FakeTransceiver {
  readonly sending: unknown;
  readonly direction: string;
  codecs?: readonly { readonly mimeType: string }[];
  degradationPreference?: string;
}

/** An `RTCPeerConnection` that does what it is told. The last one made is `FakeConnection.last`. */
export class FakeConnection extends EventTarget {
  static last: FakeConnection;
  readonly configuration: unknown;
  readonly channels: FakeDataChannel[] = [];
  readonly transceivers: FakeTransceiver[] = [];
  connectionState = "new";
  iceConnectionState = "new";
  iceGatheringState = "new";
  localDescription: { sdp: string } | null = null;
  remoteDescription: { type: string; sdp: string } | null = null;
  sctp = null;
  closed = 0;
  statistics: readonly object[] = [];

  constructor(configuration: unknown) {
    super();
    this.configuration = configuration;
    FakeConnection.last = this;
  }

  createDataChannel(label: string): FakeDataChannel {
    const channel = new FakeDataChannel(label);
    this.channels.push(channel);
    return channel;
  }

  addTransceiver(sending: unknown, { direction }: { direction: string }) {
    const transceiver: FakeTransceiver = { sending, direction };
    this.transceivers.push(transceiver);
    return {
      setCodecPreferences: (codecs: readonly { readonly mimeType: string }[]) => {
        transceiver.codecs = codecs;
      },
      sender: {
        getParameters: () => ({ encodings: [] }),
        setParameters: async ({ degradationPreference }: { degradationPreference: string }) => {
          transceiver.degradationPreference = degradationPreference;
        },
      },
    };
  }

  async createOffer() {
    return { type: "offer", sdp: "v=0\r\n" };
  }

  async setLocalDescription({ sdp }: { sdp: string }) {
    this.localDescription = { sdp };
    this.iceGatheringState = "gathering";
  }

  async setRemoteDescription(description: { type: string; sdp: string }) {
    this.remoteDescription = description;
  }

  async getStats() {
    return this.statistics;
  }

  close(): void {
    this.closed += 1;
    this.connectionState = "closed";
  }

  /** A candidate is found. */
  find(candidate: string): void {
    if (this.localDescription !== null) this.localDescription.sdp += `a=${candidate}\r\n`;
    this.dispatchEvent(Object.assign(new Event("icecandidate"), { candidate: { candidate } }));
  }

  finishGathering(): void {
    this.iceGatheringState = "complete";
    this.dispatchEvent(new Event("icegatheringstatechange"));
  }

  /** The connection changes its state. */
  become(state: string): void {
    this.connectionState = state;
    this.dispatchEvent(new Event("connectionstatechange"));
  }
}

/** Puts the stand-ins where the browser has the real ones; `vi.unstubAllGlobals` takes them away. */
export function stubBrowser(): void {
  const page = new EventTarget();
  vi.stubGlobal("RTCPeerConnection", FakeConnection);
  vi.stubGlobal("MediaStreamTrack", FakeTrack);
  vi.stubGlobal("RTCRtpReceiver", {
    getCapabilities: () => ({ codecs: [{ mimeType: "video/AV1" }, { mimeType: "video/VP8" }] }),
  });
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  vi.stubGlobal("removeEventListener", page.removeEventListener.bind(page));
  vi.stubGlobal("dispatchEvent", page.dispatchEvent.bind(page));
}
