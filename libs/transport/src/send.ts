import {
  type AttemptPolicy,
  type AttemptRuntime,
  runAttempts,
  type SendContext,
  type Sleep,
} from "./attempts.ts";
import { type Clock, sleep as sleepOn, systemClock } from "./clock.ts";
import { openDeadline } from "./deadline.ts";
import type { ErrorReader } from "./failed-answer.ts";
import type { StreamPolicy } from "./open-stream.ts";
import type { StreamAnswer } from "./stream-answer.ts";
import type { Transport, WireRequest } from "./wire.ts";

/** How one call is sent. */
export interface SendPolicy extends AttemptPolicy {
  /** Longest answer that is accepted, in bytes. */
  readonly maxResponseBytes: number;
}

/** A whole answer with a 2xx status. */
export interface Answer {
  readonly status: number;
  /** Value of a header (any case), `null` when absent. */
  header(name: string): string | null;
  readonly body: Uint8Array;
  /** How many attempts were made, 1 or more. */
  readonly attempts: number;
  /** From the call to the last byte, waits included, in milliseconds. */
  readonly durationMs: number;
  /** Values that must not be in an error about this answer. */
  readonly secrets?: readonly string[];
  /** Headers of the request, which may be secrets too. */
  readonly sent?: WireRequest["headers"];
}

/** Sends requests with deadline and retries; the station "send". */
export interface Sender {
  /**
   * Sends a request and reads the whole answer.
   *
   * @throws HTTPCallError on any other status than 2xx (a redirect too), ServerConnectionError when no complete answer came,
   *   DeadlineExceededError, AbortedError, InvalidResponseError when the answer is longer than allowed, ClosedError.
   */
  send(request: WireRequest, policy: SendPolicy, context: SendContext): Promise<Answer>;
  /**
   * Sends a request and gives the answer's body in pieces as they arrive. The time limit ends when the answer begins; then the
   * idle limit holds. Throws as `send`; the body's loop throws ServerConnectionError, DeadlineExceededError or AbortedError.
   */
  openStream(request: WireRequest, policy: StreamPolicy, context: SendContext): Promise<StreamAnswer>;
}

/** What a sender needs; everything but the transport has a default. */
export interface SenderOptions {
  readonly transport: Transport;
  readonly clock?: Clock;
  /** Gives numbers from 0 to below 1. Default `Math.random`. */
  readonly random?: () => number;
  readonly sleep?: Sleep;
}

/**
 * Makes a sender over a transport. It holds no state: the transport is closed by its owner.
 *
 * @param errorOf - Reads answers with an error status.
 */
export function createSenderOf(options: SenderOptions, errorOf: ErrorReader): Sender {
  const clock = options.clock ?? systemClock;
  const runtime: AttemptRuntime = {
    transport: options.transport,
    clock,
    random: options.random ?? Math.random,
    sleep: options.sleep ?? ((ms, signal) => sleepOn(ms, signal, clock)),
    errorOf,
  };
  return {
    send: (request, policy, context) => sendWhole(runtime, request, policy, context),
    openStream: async (request, policy, context) => {
      // Only answers that are read in pieces need it.
      const { openAnswerStream } = await import("./open-stream.ts");
      return openAnswerStream(runtime, request, policy, context);
    },
  };
}

async function sendWhole(
  runtime: AttemptRuntime,
  request: WireRequest,
  policy: SendPolicy,
  context: SendContext,
): Promise<Answer> {
  const { clock } = runtime;
  const startedAt = clock.now();
  const deadline = openDeadline({ timeoutMs: policy.timeoutMs, signal: context.signal, clock });
  try {
    const {
      value: body,
      response,
      attempts,
    } = await runAttempts(runtime, request, policy, context, deadline, (answer) =>
      answer.bytes(policy.maxResponseBytes),
    );
    const durationMs = clock.now() - startedAt;
    context.onAnswer?.({ status: response.status, attempts, durationMs });
    return {
      status: response.status,
      header: (name) => response.header(name),
      body,
      attempts,
      durationMs,
      secrets: context.secrets,
      sent: request.headers,
    };
  } finally {
    deadline.close();
  }
}
