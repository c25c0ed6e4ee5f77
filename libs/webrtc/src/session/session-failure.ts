import {
  AbortedError,
  type InferenceError,
  isInferenceError,
  type WebRTCFailure,
  WebRTCSessionError,
} from "@inference-ts/errors";
import type { ConnectionReport } from "../peer/live-peer.ts";
import { type EndReason, ORDERLY_ENDS, type SessionLimits } from "./session-state.ts";

interface Explanation {
  readonly what: (limits: SessionLimits) => string;
  readonly hint: string;
}

const seconds = (ms: number): string => `${ms / 1000} s`;

const EXPLANATIONS: Readonly<Record<WebRTCFailure, Explanation>> = {
  "connect-timeout": {
    what: ({ connectMs }) =>
      `The worker answered, but no connection came about within ${seconds(connectMs)}.`,
    hint: "Check that UDP passes between this machine and the server, or give a turnServer in the configuration; limits.connectMs sets the time.",
  },
  "connection-failed": {
    what: () => "The connection to the worker was lost or could not be made.",
    hint: "The network may have changed, or the worker ended without a word: see the server's log. Behind a firewall give a turnServer in the configuration.",
  },
  "channel-closed": {
    what: () => "The worker closed the session without an end message.",
    hint: "See the server's log; a message or an output that the worker cannot handle ends it.",
  },
  "first-message-timeout": {
    what: ({ firstMessageMs }) => `The worker got video but sent nothing within ${seconds(firstMessageMs)}.`,
    hint: "An output in streamOutput that is no colour picture, or an unreadable camera or file, ends the worker silently; a model that still loads may need a longer limits.firstMessageMs.",
  },
  "idle-timeout": {
    what: ({ idleMs }) => `The worker sent nothing for ${seconds(idleMs)}.`,
    hint: "See the server's log; for a source that pauses set a longer limits.idleMs.",
  },
  "start-failed": {
    what: () => "The live video session could not be started.",
    hint: "The cause says what failed.",
  },
  "source-failed": { what: () => "The source of the video failed.", hint: "The cause says what failed." },
};

/** The error of an end; undefined for an orderly one. `cause` is what is known to have led to it. */
export function sessionFailure(
  reason: EndReason,
  facts: {
    readonly cause?: unknown;
    readonly report?: ConnectionReport | undefined;
    readonly limits: SessionLimits;
    readonly notes: readonly string[];
  },
): InferenceError | undefined {
  if (
    ORDERLY_ENDS.has(reason) ||
    reason === "complete" ||
    reason === "closed" ||
    reason === "processing-timeout"
  ) {
    return undefined;
  }
  const { cause, limits, notes } = facts;
  if (isInferenceError(cause)) return cause;
  if (reason === "aborted") return new AbortedError("The live video session was aborted.", { cause });
  const { what, hint } = EXPLANATIONS[reason];
  const report =
    facts.report === undefined ? undefined : { ...facts.report, notes: [...notes, ...facts.report.notes] };
  const shown = report === undefined ? notesShown(notes) : reportShown(report);
  return new WebRTCSessionError(`${what(limits)}${shown}`, { reason, hint, connection: report, cause });
}

function reportShown(report: ConnectionReport): string {
  const { connectionState, iceState, dtlsState, localCandidates, remoteCandidates, notes } = report;
  return (
    ` Connection ${connectionState}, ICE ${iceState}, DTLS ${dtlsState}; candidates here: ${candidatesShown(localCandidates)},` +
    ` of the worker: ${candidatesShown(remoteCandidates)}.${notesShown(notes)}`
  );
}

function candidatesShown(counts: Readonly<Record<string, number>>): string {
  const shown = Object.entries(counts).flatMap(([type, count]) => (count > 0 ? [`${count} ${type}`] : []));
  return shown.length === 0 ? "none" : shown.join(", ");
}

function notesShown(notes: readonly string[]): string {
  return notes.length === 0 ? "" : ` Notes: ${notes.join("; ")}.`;
}
