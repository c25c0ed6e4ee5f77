import { answerPeer, startAnswering } from "../connection/answering-peer.ts";
import { loadWerift } from "../connection/load-werift.ts";
import { OfferingPeer, openWeriftPeer } from "../connection/offering-peer.ts";
import { paintFrame } from "./painted-frame.ts";
import { connectPair } from "./peer-pair.ts";
import { QUIET_ANSWER, QUIET_CHANNEL, QUIET_OFFER } from "./quiet-events.ts";

/** What holds a process that has nothing to do but its output. */
const OWN_RESOURCES = new Set(["PipeWrap", "TTYWrap"]);
const MAX_WAIT_MS = 4000;
const POLL_MS = 50;

/** What is left after many connections. */
export interface Leftovers {
  /** Sockets, timers and the like that hold the process. */
  readonly resources: readonly string[];
  /** Memory of the process in MB after a quarter of the rounds, and at the end. */
  readonly megabytes: readonly [early: number, late: number];
}

/** The points at which a connection is given up, in turn. */
const ROUNDS: readonly (() => Promise<void>)[] = [
  async () => {
    const peer = await openPeer();
    await peer.close();
  },
  async () => {
    const peer = await openPeer();
    const stop = new AbortController();
    const offer = peer.createOffer(stop.signal).catch(() => undefined);
    stop.abort();
    await offer;
    await peer.close();
  },
  async () => {
    const peer = await openPeer();
    await peer.createOffer(new AbortController().signal);
    await peer.close();
  },
  async () => {
    const peer = await openPeer();
    const offer = await peer.createOffer(new AbortController().signal);
    const answering = await answerPeer({ offer, sendsVideo: true, events: QUIET_ANSWER });
    await peer.acceptAnswer(answering.answer);
    // Right in the middle of connecting.
    await Promise.all([peer.close(), answering.close()]);
  },
  giveUpHandshake,
  () => exchange("offering"),
  () => exchange("answering"),
];

async function openPeer() {
  const peer = await openWeriftPeer({ iceServers: [], events: QUIET_OFFER });
  peer.openChannel("inference", QUIET_CHANNEL);
  peer.sendFrames();
  return peer;
}

/** The other side has heard the first words and says nothing more. */
async function giveUpHandshake(): Promise<void> {
  const peer = new OfferingPeer(await loadWerift(), { iceServers: [], events: QUIET_OFFER });
  peer.openChannel("inference", QUIET_CHANNEL);
  const offer = await peer.createOffer(new AbortController().signal);
  const { handle, connection } = await startAnswering({ offer, sendsVideo: false, events: QUIET_ANSWER });
  const shaking = Promise.all(
    [peer.connection, connection].map(async (side) => {
      const [transport] = side.peer.dtlsTransports;
      if (transport === undefined) throw new Error("no transport");
      let sent = 0;
      const { connection: ice } = transport.iceTransport;
      const { send } = ice;
      ice.send = (data) => (sent++ < 1 ? send(data) : Promise.resolve());
      await transport.onStateChange.watch((state) => state === "connecting", 5000);
    }),
  );
  await peer.acceptAnswer(handle.answer);
  await shaking;
  await new Promise((resolve) => setTimeout(resolve, 150));
  await Promise.all([peer.close(), handle.close()]);
}

async function exchange(closesFirst: "offering" | "answering"): Promise<void> {
  const pair = await connectPair({ release: "marker" });
  await pair.frames?.send(paintFrame(1));
  pair.channels[0]?.send("hello");
  await pair.offerSeen.until(() => pair.offerSeen.pictures.length > 0);
  await pair[closesFirst].close();
  await pair.close();
}

/** Opens and closes connections, some side by side; says what they have left behind. */
export async function openAndClose(rounds: number, sideBySide = 3): Promise<Leftovers> {
  let next = 0;
  let early = 0;
  const work = async (): Promise<void> => {
    while (next < rounds) {
      const round = next++;
      if (round === Math.floor(rounds / 4)) early = megabytes();
      await ROUNDS[round % ROUNDS.length]?.();
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, work));
  return { resources: await resourcesLeft(), megabytes: [early, megabytes()] };
}

/** What holds the process once the last timers of handshakes, of up to a second, have passed. */
async function resourcesLeft(): Promise<string[]> {
  let left: string[] = [];
  for (let waitedMs = 0; waitedMs < MAX_WAIT_MS; waitedMs += POLL_MS) {
    left = process.getActiveResourcesInfo().filter((name) => !OWN_RESOURCES.has(name));
    if (left.length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return left;
}

function megabytes(): number {
  return Math.round(process.memoryUsage.rss() / 1_000_000);
}
