/** Where a session is. `draining`: the worker is done, pictures may still be on their way. */
export type SessionPhase = "new" | "starting" | "connecting" | "streaming" | "draining" | "ended";

/** Why a session ended. */
export type EndReason =
  /** The worker said that the stream is finished. */
  | "complete"
  /** The worker stopped at its `processing_timeout`. */
  | "processing-timeout"
  /** Channel `inference` closed without an end message. */
  | "channel-closed"
  /** The connection was lost. */
  | "connection-failed"
  /** The answer came, but no connection within the deadline. */
  | "connect-timeout"
  /** The worker sent nothing after the first frame or the whole file had been sent. */
  | "first-message-timeout"
  /** The worker fell silent. */
  | "idle-timeout"
  /** The offer, the init request or the source failed before the connection. */
  | "start-failed"
  /** The source failed: a file that cannot be read, a camera that is gone. */
  | "source-failed"
  /** The caller closed the session. */
  | "closed"
  /** The caller's signal was aborted. */
  | "aborted";

/** The ends that are no error. */
export const ORDERLY_ENDS: ReadonlySet<EndReason> = /* @__PURE__ */ new Set<EndReason>([
  "complete",
  "processing-timeout",
  "closed",
]);

/** Time limits of a session, in ms. */
export interface SessionLimits {
  /** From the worker's answer to the open channel. Default 15,000. */
  readonly connectMs: number;
  /** From the first sent frame, the finished upload, or the open channel of a camera that the server reads. Default 30,000. */
  readonly firstMessageMs: number;
  /** Longest silence of the worker while something is expected. Default 60,000. */
  readonly idleMs: number;
  /** Longest wait for pictures after the end message. Default 2,000. */
  readonly drainMs: number;
  /** After the end message: this long without a picture means that there are no more. Default 300. */
  readonly drainQuietMs: number;
  /** After the source has ended: longest wait for the end message since the worker's last sign of life. Default 2,000. */
  readonly finishMs: number;
}

export const DEFAULT_SESSION_LIMITS: SessionLimits = {
  connectMs: 15_000,
  firstMessageMs: 30_000,
  idleMs: 60_000,
  drainMs: 2_000,
  drainQuietMs: 300,
  finishMs: 2_000,
};

/** What is fixed for a session. */
export interface SessionSetup {
  /** Who brings the frames: the client one by one, the client as one file, or the server from a camera. */
  readonly feed: "frames" | "upload" | "server";
  /** Pictures come back on a video track. */
  readonly hasVideo: boolean;
  readonly limits: SessionLimits;
}

/** What happens to a session. `at` is a monotonic clock in ms. */
export type SessionEvent = { readonly at: number } & (
  | { readonly type: "start" }
  | { readonly type: "start-failed" }
  | { readonly type: "answered" }
  | { readonly type: "connected" }
  | { readonly type: "frame-sent" }
  | { readonly type: "upload-finished" }
  /** The source has ended and the worker was told so. `owes`: results of frames that were sent are still missing. */
  | { readonly type: "frames-finished"; readonly owes: boolean }
  /** The caller is behind: the worker is made to wait. */
  | { readonly type: "held" }
  /** The caller has caught up. */
  | { readonly type: "released" }
  | { readonly type: "source-failed" }
  | {
      readonly type: "message";
      readonly complete: boolean;
      readonly terminationReason: string | null;
      /** Results of frames that were sent are still missing; matters once the source has ended. */
      readonly owes?: boolean;
    }
  | { readonly type: "picture" }
  | { readonly type: "track-ended" }
  | { readonly type: "channel-closed" }
  | { readonly type: "connection-failed" }
  | { readonly type: "close" }
  | { readonly type: "abort" }
  | { readonly type: "tick" }
);

/** The whole of what a session remembers about its way. */
export interface SessionState {
  readonly phase: SessionPhase;
  /** Set once, when the phase is `draining` or `ended`. */
  readonly reason: EndReason | undefined;
  /** When the phase must have changed, and what the end is called if it has not. */
  readonly deadline: { readonly at: number; readonly reason: EndReason } | undefined;
  /** The worker has answered with a message or a picture. */
  readonly heard: boolean;
  /** When draining must be over, however many pictures come. */
  readonly drainUntil: number | undefined;
  /** The worker waits for the caller: its silence means nothing. */
  readonly held: boolean;
  /** The source has ended; what a silence of this length means then: all is done, or results that are owed do not come any more. */
  readonly finishing: { readonly silenceMs: number; readonly reason: EndReason } | undefined;
}

export const NEW_SESSION: SessionState = {
  phase: "new",
  reason: undefined,
  deadline: undefined,
  heard: false,
  drainUntil: undefined,
  held: false,
  finishing: undefined,
};

type EventOf<Type extends SessionEvent["type"]> = Extract<SessionEvent, { readonly type: Type }>;

type Steps = {
  readonly [Type in SessionEvent["type"]]: (
    state: SessionState,
    event: EventOf<Type>,
    setup: SessionSetup,
  ) => SessionState;
};

const ended = (state: SessionState, reason: EndReason): SessionState => ({
  ...state,
  phase: "ended",
  reason: state.reason ?? reason,
  deadline: undefined,
});

const within = (state: SessionState, phases: readonly SessionPhase[]): boolean =>
  phases.includes(state.phase);

/** Something was sent that deserves an answer; a clock that runs already runs on. */
const expectAnswer = (state: SessionState, at: number, { limits }: SessionSetup): SessionState => {
  if (state.phase !== "streaming" || state.deadline !== undefined || state.held) return state;
  if (state.finishing !== undefined && (state.heard || state.finishing.reason === "complete")) {
    const { silenceMs, reason } = state.finishing;
    return { ...state, deadline: { at: at + silenceMs, reason } };
  }
  const deadline: SessionState["deadline"] = state.heard
    ? { at: at + limits.idleMs, reason: "idle-timeout" }
    : { at: at + limits.firstMessageMs, reason: "first-message-timeout" };
  return { ...state, deadline };
};

/** The worker gave a sign of life. Frames one by one: nothing more is owed until the next is sent. */
const heardFrom = (state: SessionState, at: number, setup: SessionSetup): SessionState => {
  const heard: SessionState = { ...state, heard: true, deadline: undefined };
  const expects = setup.feed !== "frames" || state.finishing !== undefined;
  return expects ? expectAnswer(heard, at, setup) : heard;
};

/** How long the worker may be silent after the source has ended, and what it means when it is. */
const finishing = (owes: boolean, { limits }: SessionSetup): SessionState["finishing"] =>
  owes
    ? { silenceMs: limits.idleMs, reason: "idle-timeout" }
    : { silenceMs: limits.finishMs, reason: "complete" };

const drain = (
  state: SessionState,
  at: number,
  { limits }: SessionSetup,
  reason: EndReason,
): SessionState => {
  const until = state.drainUntil ?? at + limits.drainMs;
  return {
    ...state,
    phase: "draining",
    reason,
    drainUntil: until,
    deadline: { at: Math.min(until, at + limits.drainQuietMs), reason },
  };
};

const STEPS: Steps = {
  start: (state) => (state.phase === "new" ? { ...state, phase: "starting" } : state),
  "start-failed": (state) => ended(state, "start-failed"),
  answered: (state, { at }, { limits }) =>
    state.phase === "starting"
      ? { ...state, phase: "connecting", deadline: { at: at + limits.connectMs, reason: "connect-timeout" } }
      : state,
  connected: (state, { at }, setup) => {
    if (!within(state, ["starting", "connecting"])) return state;
    const streaming: SessionState = { ...state, phase: "streaming", deadline: undefined };
    const expects = setup.feed === "server" || state.finishing !== undefined;
    return expects ? expectAnswer(streaming, at, setup) : streaming;
  },
  "frame-sent": (state, { at }, setup) => expectAnswer(state, at, setup),
  "upload-finished": (state, { at }, setup) => expectAnswer(state, at, setup),
  "frames-finished": (state, { at, owes }, setup) => {
    const finished: SessionState = { ...state, finishing: finishing(owes, setup) };
    // A track may end while the connection is being made.
    if (within(state, ["starting", "connecting"])) return finished;
    return state.phase === "streaming"
      ? expectAnswer({ ...finished, deadline: undefined }, at, setup)
      : state;
  },
  held: (state) => (state.phase === "streaming" ? { ...state, held: true, deadline: undefined } : state),
  released: (state, { at }, setup) => {
    if (!state.held) return state;
    const free: SessionState = { ...state, held: false };
    return setup.feed !== "frames" || state.finishing !== undefined ? expectAnswer(free, at, setup) : free;
  },
  "source-failed": (state) => ended(state, "source-failed"),
  message: (state, { at, complete, terminationReason, owes }, setup) => {
    if (!within(state, ["starting", "connecting", "streaming"])) return state;
    if (!complete) {
      if (state.phase !== "streaming") return { ...state, heard: true };
      const left = state.finishing === undefined ? undefined : finishing(owes ?? false, setup);
      return heardFrom({ ...state, finishing: left }, at, setup);
    }
    const reason = terminationReason === "timeout_reached" ? "processing-timeout" : "complete";
    return setup.hasVideo ? drain(state, at, setup, reason) : ended(state, reason);
  },
  picture: (state, { at }, setup) => {
    if (state.phase === "streaming") return heardFrom(state, at, setup);
    if (state.phase === "draining" && state.reason !== undefined)
      return drain(state, at, setup, state.reason);
    return state;
  },
  // A track may end before the last result arrives; only after the end message does it mean that all is there.
  "track-ended": (state) => (state.phase === "draining" ? ended(state, "complete") : state),
  "channel-closed": (state) => ended(state, "channel-closed"),
  "connection-failed": (state) => ended(state, "connection-failed"),
  close: (state) => ended(state, "closed"),
  abort: (state) => ended(state, "aborted"),
  tick: (state, { at }) =>
    state.deadline !== undefined && at >= state.deadline.at ? ended(state, state.deadline.reason) : state,
};

/** The next state. Nothing leaves `ended`, and a reason once set stays. */
export function stepSession(state: SessionState, event: SessionEvent, setup: SessionSetup): SessionState {
  if (state.phase === "ended") return state;
  return apply(state, event, setup);
}

function apply<Type extends SessionEvent["type"]>(
  state: SessionState,
  event: EventOf<Type> & { readonly type: Type },
  setup: SessionSetup,
): SessionState {
  return STEPS[event.type](state, event, setup);
}
