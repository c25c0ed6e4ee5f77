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
  for (const { iceTransport } of connection.peer.dtlsTransports) {
    const { connection: ice } = iceTransport;
    const { send } = ice;
    ice.send = (data) => {
      if (!losses.isOn || random() >= share) return send(data);
      losses.dropped++;
      return Promise.resolve();
    };
  }
}
