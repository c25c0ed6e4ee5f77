import type { ConnectionLog } from "./connection-log.ts";

/** How long more candidates are waited for once there is one, in ms. An unreachable TURN server would take tens of seconds. */
const AFTER_FIRST_MS = 2_000;
/** How long the first candidate is waited for, in ms. Without any, the worker may still see where our packets come from. */
const UNTIL_FIRST_MS = 5_000;

/**
 * Waits until the local description holds every candidate: the server takes none later.
 *
 * @throws The signal's reason when it is aborted.
 */
export function gatherCandidates(
  connection: RTCPeerConnection,
  log: ConnectionLog,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let hasFirst = false;
    const stop = (): void => {
      clearTimeout(timer);
      connection.removeEventListener("icegatheringstatechange", look);
      connection.removeEventListener("icecandidate", onCandidate);
      signal.removeEventListener("abort", onAbort);
    };
    const finish = (): void => {
      stop();
      resolve();
    };
    const finishWithin = (ms: number): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        log.note(`the offer was sent after ${ms / 1000} s, while candidates were still being gathered`);
        finish();
      }, ms);
    };
    const look = (): void => {
      if (connection.iceGatheringState === "complete") finish();
    };
    const onCandidate = ({ candidate }: RTCPeerConnectionIceEvent): void => {
      if (candidate === null || hasFirst) return;
      hasFirst = true;
      finishWithin(AFTER_FIRST_MS);
    };
    const onAbort = (): void => {
      stop();
      reject(signal.reason);
    };
    finishWithin(UNTIL_FIRST_MS);
    connection.addEventListener("icegatheringstatechange", look);
    connection.addEventListener("icecandidate", onCandidate);
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
    else look();
  });
}
