import type { ErrorCode } from "@inference-ts/sdk/node";

/** What goes wrong with a picture's request. */
export type FaultKind = "429" | "500" | "reset" | "stall" | "truncated";

/** A fault of one picture: at its first attempt alone, or at every one. */
export interface Fault {
  readonly kind: FaultKind;
  readonly always: boolean;
}

const KINDS: readonly FaultKind[] = ["429", "500", "reset", "stall", "truncated"];
/** One picture of so many has a fault: 5 %. */
const EVERY = 20;

/** What a picture's item has in the end when the fault never goes away. */
const CODES: Readonly<Record<FaultKind, ErrorCode>> = {
  "429": "HTTP_ERROR",
  "500": "HTTP_ERROR",
  reset: "CONNECTION_FAILED",
  stall: "TIMEOUT",
  truncated: "CONNECTION_FAILED",
};
/** Faults after which there is no second attempt: the error is the server's own, or the deadline is over. */
const FINAL: ReadonlySet<FaultKind> = new Set(["500", "stall"]);

/** The fault of a picture, by its place: each kind in turn, first for one attempt, then for all. */
export function faultOf(index: number): Fault | null {
  if (index % EVERY !== EVERY - 1) return null;
  const turn = Math.floor(index / EVERY);
  const kind = KINDS[turn % KINDS.length];
  return kind === undefined ? null : { kind, always: Math.floor(turn / KINDS.length) % 2 === 1 };
}

/** `null` for a picture that must get a result. */
export function expectedCode(index: number): ErrorCode | null {
  const fault = faultOf(index);
  return fault !== null && (fault.always || FINAL.has(fault.kind)) ? CODES[fault.kind] : null;
}
