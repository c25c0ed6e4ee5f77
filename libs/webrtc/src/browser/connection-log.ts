import type { ConnectionReport } from "../peer/live-peer.ts";

const MAX_NOTES = 10;
const CANDIDATE = /^(?:a=)?candidate:\S+ \d+ \S+ \d+ (\S+) \d+ typ (\w+)/gm;

/** What is written down about a connection while it comes about. Holds no address and no credential. */
export class ConnectionLog {
  readonly #notes: string[] = [];

  note(text: string): void {
    if (this.#notes.length < MAX_NOTES && !this.#notes.includes(text)) this.#notes.push(text);
  }

  /** A STUN or TURN server that did not give a candidate. */
  serverFailed(url: string, code: number, text: string): void {
    const scheme = /^[a-z]+/i.exec(url)?.[0] ?? "ice";
    this.note(`a ${scheme} server gave no candidate: ${code}${text === "" ? "" : ` ${text.slice(0, 80)}`}`);
  }

  report(connection: RTCPeerConnection): ConnectionReport {
    const local = candidatesOf(connection.localDescription?.sdp);
    const remote = candidatesOf(connection.remoteDescription?.sdp);
    const hidden = local.filter(({ address }) => address.endsWith(".local")).length;
    return {
      connectionState: connection.connectionState,
      iceState: connection.iceConnectionState,
      dtlsState: connection.sctp?.transport.state ?? "new",
      localCandidates: countTypes(local),
      remoteCandidates: countTypes(remote),
      notes: [
        ...this.#notes,
        ...(hidden === 0
          ? []
          : [
              `${hidden} of our candidates are mDNS names, which the browser gives out in place of addresses until a camera is allowed`,
            ]),
      ],
    };
  }
}

interface Candidate {
  readonly address: string;
  readonly type: string;
}

function candidatesOf(sdp: string | undefined): readonly Candidate[] {
  return [...(sdp ?? "").matchAll(CANDIDATE)].map(([, address = "", type = ""]) => ({ address, type }));
}

function countTypes(candidates: readonly Candidate[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { type } of candidates) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}
