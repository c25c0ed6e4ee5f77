import type { WireIceServer } from "../config/turn-server.ts";
import { planPeer } from "../config/video-source.ts";
import { INFERENCE_CHANNEL, UPLOAD_CHANNEL } from "../data-channel/upload.ts";
import type {
  Description,
  FrameSender,
  LiveChannel,
  LiveChannelEvents,
  LivePeer,
  LivePeerEvents,
  LivePeerFactory,
} from "../peer/live-peer.ts";
import type { LiveSource, SourceFacts } from "../peer/live-source.ts";
import { preferAnswering } from "../signalling/turn-choice.ts";
import { unlessAborted } from "./session-clock.ts";

/** The HTTP side of a session's start. */
export interface Negotiation {
  /** STUN and TURN servers for both sides, and what went wrong on the way to them. */
  iceServers(signal: AbortSignal): Promise<{
    readonly servers: readonly WireIceServer[];
    readonly notes: readonly string[];
  }>;
  /** Sends the offer to the server and gives the worker's answer. */
  answer(
    offer: Description,
    facts: { readonly servers: readonly WireIceServer[]; readonly source: SourceFacts },
    signal: AbortSignal,
  ): Promise<Description>;
}

/** What {@link connectPeer} works with. */
export interface ConnectParts {
  readonly source: LiveSource;
  readonly openPeer: LivePeerFactory;
  readonly negotiation: Negotiation;
  readonly peerEvents: LivePeerEvents;
  readonly inferenceEvents: LiveChannelEvents;
  readonly uploadEvents: LiveChannelEvents;
  /** Called as soon as there is something to close. */
  readonly onPeer: (peer: LivePeer) => void;
  /** Called as soon as the channels and the sender are there; nothing is open yet. */
  readonly onLines: (lines: PeerLines) => void;
  readonly onNotes: (notes: readonly string[]) => void;
  /** The worker runs, and waits for the connection. */
  readonly onAnswered: () => void;
}

/** What goes over a connection. */
export interface PeerLines {
  readonly inference: LiveChannel;
  readonly upload: LiveChannel | undefined;
  readonly sender: FrameSender | undefined;
}

/** Makes the connection of a session: servers, channels, source, offer, answer. Whoever calls closes the peer, also on failure. */
export async function connectPeer(parts: ConnectParts, signal: AbortSignal): Promise<void> {
  const { source, negotiation } = parts;
  const { servers, notes } = await unlessAborted(negotiation.iceServers(signal), signal);
  parts.onNotes(notes);
  const peer = await openPeer(parts, servers, signal);
  parts.onPeer(peer);
  signal.throwIfAborted();
  const inference = peer.openChannel(INFERENCE_CHANNEL, parts.inferenceEvents);
  const facts = (await unlessAborted(source.prepare?.(signal) ?? Promise.resolve({}), signal)) ?? {};
  const lines = await addLines(peer, inference, parts, signal);
  parts.onLines(lines);
  const offer = await unlessAborted(peer.createOffer(signal), signal);
  const answer = await unlessAborted(negotiation.answer(offer, { servers, source: facts }, signal), signal);
  parts.onAnswered();
  await unlessAborted(peer.acceptAnswer(answer), signal);
}

async function openPeer(
  { openPeer, peerEvents }: ConnectParts,
  servers: readonly WireIceServer[],
  signal: AbortSignal,
): Promise<LivePeer> {
  const turnUrls = servers.flatMap(({ urls }) => urls.filter((url) => url.startsWith("turn")));
  const ask = turnUrls.length < 2 ? undefined : openPeer.answeringTurn;
  const answering = ask === undefined ? [] : await unlessAborted(ask(turnUrls, signal), signal);
  const iceServers = preferAnswering(servers, (url) => answering.includes(url)).map((server) => ({
    ...server,
    urls: typeof server.urls === "string" ? [server.urls] : server.urls,
  }));
  // Not raced with the signal: what is opened must be closed.
  return await openPeer({ iceServers, events: peerEvents });
}

async function addLines(
  peer: LivePeer,
  inference: LiveChannel,
  { source, uploadEvents }: ConnectParts,
  signal: AbortSignal,
): Promise<PeerLines> {
  const { video, upload } = planPeer(source.plan);
  const uploadChannel = upload ? peer.openChannel(UPLOAD_CHANNEL, uploadEvents) : undefined;
  let sender: FrameSender | undefined;
  if (video === "recvonly") peer.receiveVideo();
  else if (video === "sendrecv" && source.track !== undefined) {
    peer.sendTrack(await unlessAborted(source.track(signal), signal));
  } else if (video === "sendrecv") sender = peer.sendFrames();
  return { inference, upload: uploadChannel, sender };
}
