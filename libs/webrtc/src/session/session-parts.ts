import type { InferenceError } from "@inference-ts/errors";
import type { ChannelLimits } from "../data-channel/channel-reader.ts";
import type { LivePeerFactory } from "../peer/live-peer.ts";
import type { LiveSource } from "../peer/live-source.ts";
import type { SessionPlan } from "../signalling/init-request.ts";
import type { Negotiation } from "./connect-peer.ts";
import type { SessionClock } from "./session-clock.ts";
import type { SessionEvent, SessionLimits } from "./session-state.ts";

/** What ties a session to its caller while it runs. */
export interface Lifetime {
  /** Aborts when the caller's signal does, or the client is closed. */
  readonly signal: AbortSignal;
  /** Why it aborted. */
  error(): InferenceError;
  /** The session has ended. */
  end(): void;
}

/** What a session is made of. */
export interface SessionParts {
  readonly source: LiveSource;
  readonly plan: SessionPlan;
  readonly openPeer: LivePeerFactory;
  readonly negotiation: Negotiation;
  /** Called when the session starts. */
  readonly openLifetime: () => Lifetime;
  readonly limits?: Partial<SessionLimits> | undefined;
  /** Pictures that may wait for a handler or reader. Default 8. */
  readonly queueCapacity?: number | undefined;
  /** Data that may wait for a handler or reader. Default 256. */
  readonly dataQueueCapacity?: number | undefined;
  readonly channelLimits?: Partial<ChannelLimits> | undefined;
  readonly clock?: SessionClock | undefined;
}

type WithoutTime<Event> = Event extends SessionEvent ? Omit<Event, "at"> : never;
/** Something that happened just now. */
export type Happening = WithoutTime<SessionEvent>;
