import type { GuardedConnection } from "../connection/guarded-connection.ts";

/** Switches the losses of both sides on and counts them. */
export interface Losses {
  isOn: boolean;
  dropped: number;
}

/** Loses a share of what a connection sends, the same packets for the same seed. */
export function loseShare(connection: GuardedConnection, share: number, seed: number, losses: Losses): void {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  drop(connection, () => {
    if (!losses.isOn || random() >= share) return false;
    losses.dropped++;
    return true;
  });
}

/** Loses the first packets of the video that a connection sends, those without a payload aside. */
export function loseFirst(connection: GuardedConnection, count: number): void {
  let left = count;
  drop(connection, (data) => isVideo(data) && left-- > 0);
}

/** Loses the first packets of the video each time that they are sent, and requests for them are of no use. */
export function loseForever(connection: GuardedConnection, count: number): void {
  const lost = new Set<number>();
  drop(connection, (data) => {
    if (!isVideo(data)) return false;
    const number = data.readUInt16BE(2);
    if (lost.size < count) lost.add(number);
    return lost.has(number);
  });
}

/** Lets what a connection sends get lost where `isLost` says so. */
function drop(connection: GuardedConnection, isLost: (data: Buffer) => boolean): void {
  for (const { iceTransport } of connection.peer.dtlsTransports) {
    const { connection: ice } = iceTransport;
    const { send } = ice;
    ice.send = (data) => (isLost(data) ? Promise.resolve() : send(data));
  }
}

/** Head, extensions and the tag behind a packet: what is shorter than them all has no payload. */
const MAX_EMPTY_BYTES = 60;

/** RTP and RTCP share one flow: types 192 to 223 are RTCP. Source: RFC 5761, section 4. */
function isVideo(data: Buffer): boolean {
  const [version = 0, type = 0] = data;
  return version >> 6 === 2 && (type < 192 || type > 223) && data.length > MAX_EMPTY_BYTES;
}
