import type { Exchange, Expectation } from "../expectation.ts";
import { RETRY_DATE_LEAD_MS } from "../fixture-server.ts";
import type { RecordedRequest } from "../read-case.ts";
import {
  attemptGroups,
  carriesPictures,
  isApiRequest,
  isClipRequest,
  isDownload,
  isRetried,
} from "../recorded-facts.ts";
import { expectedError } from "./expected-error.ts";
import { isLiveStart } from "./live-facts.ts";
import { isPipelineStart } from "./pipeline-rules.ts";
import type { DeviationRule } from "./rule.ts";
import { isRunWithoutRetries } from "./workflow-rules.ts";

const MAX_ATTEMPTS = 3;
const SETTLED_CODES = ["D-502", "D-nested-retries"];
/** A server that asks for a longer wait gets none: the call ends with its error. */
const LONGEST_WAIT_MS = 60_000;

/** Rules about second and third attempts. */
export const RETRY_RULES: readonly DeviationRule[] = [
  {
    name: "three attempts for every call",
    topic: "retries",
    codes: ["D-502", "D-nested-retries", "D-raw-errors"],
    python:
      "Only inference is tried again, on 429, 503 and 504; connection retries are nested in status retries, nine attempts in all; 502 and an answer cut off in the middle are not tried again, nor are registry calls.",
    ours: "Every call is tried at most three times in all, on 429, 502, 503, 504 and connection failures (an answer cut off in the middle is one). Downloads of pictures are tried once, and a clip on which the server worked too long (504) is not sent again, nor is the start of a pipeline or of a live video worker that may have arrived, nor the question for TURN servers, nor a workflow with `workflow_run_retries_enabled` off.",
    apply: (expectation, { golden }) => {
      const groups = attemptGroups(expectation);
      const changed = groups.map((group): readonly Exchange[] => {
        const last = group.at(-1);
        if (last === undefined || isDownload(golden, last.request)) return group;
        if (group.length > MAX_ATTEMPTS) return group.slice(0, MAX_ATTEMPTS);
        if (!isRetried(last.response) || isClipThatTookTooLong(last) || isSentOnce(last.request))
          return group;
        if (isRunWithoutRetries(golden, last.request)) return group;
        return [...group, ...Array.from({ length: MAX_ATTEMPTS - group.length }, () => last)];
      });
      const isAsRecorded = changed.every((group, index) => group.length === groups[index]?.length);
      // What is sent once on purpose, or fails for another reason at last, is the rule's as well.
      if (isAsRecorded)
        return SETTLED_CODES.some((code) => golden.deviationCodes.includes(code)) ? expectation : null;
      const failed = changed.findIndex((group) => isRetried(group.at(-1)?.response));
      const kept = failed < 0 || expectation.order === "none" ? changed : changed.slice(0, failed + 1);
      const outcome =
        failed < 0 ? undefined : expectedError(changed[failed]?.at(-1), golden.apiKey, MAX_ATTEMPTS);
      return {
        ...expectation,
        exchanges: kept.flat(),
        outcomes: outcome === undefined ? expectation.outcomes : expectation.outcomes.map(() => outcome),
      };
    },
  },
  {
    name: "a kept connection is replaced once",
    topic: "retries",
    codes: [],
    python: "A kept connection that the server has closed counts as a failed attempt.",
    ours: "A request that finds its kept connection closed before any byte of an answer is sent once more over a new one, which is not counted as an attempt: that is how a server's idle limit looks. A server that hangs up every time sees one request more.",
    apply: (expectation) => {
      if (expectation.order === "none") return null;
      const groups = attemptGroups(expectation);
      let changed = false;
      const result = groups.map((group, index): readonly Exchange[] => {
        const before = groups[index - 1]?.at(-1);
        const firstLost = group.findIndex(({ response }) => isLostConnection(response));
        const kept = firstLost === 0 ? before : group[firstLost - 1];
        const last = group.at(-1);
        if (last === undefined || !isLostConnection(last.response) || kept === undefined) return group;
        if (kept.response === undefined || kept.response.fault !== undefined || group.length < MAX_ATTEMPTS)
          return group;
        changed = true;
        return [...group, last];
      });
      return changed ? { ...expectation, exchanges: result.flat() } : null;
    },
  },
  {
    name: "Retry-After is obeyed",
    topic: "retries",
    codes: ["D-retry-after"],
    python: "The header is ignored, the wait is random, 0 to 1 second.",
    ours: "The wait is what the server asks for, in seconds or as a date, up to 60 s; a longer one ends the call with the error. Checked to the millisecond.",
    apply: (expectation, { golden }) => {
      const waits: number[] = [];
      const kept: Exchange[] = [];
      let asked = false;
      let unclear = false;
      for (const group of attemptGroups(expectation)) {
        for (const [index, exchange] of group.entries()) {
          kept.push(exchange);
          const wait = isRetried(exchange.response)
            ? askedWaitMs(exchange.response?.headers["retry-after"])
            : 0;
          asked ||= isRetried(exchange.response) && exchange.response?.headers["retry-after"] !== undefined;
          unclear ||= asked && wait === 0;
          if (wait > LONGEST_WAIT_MS) {
            const error = expectedError(exchange, golden.apiKey, index + 1);
            return error === undefined
              ? null
              : {
                  ...expectation,
                  exchanges: kept,
                  outcomes: expectation.outcomes.map(() => error),
                  askedWaitsMs: waits,
                };
          }
          if (wait > 0 && index < group.length - 1) waits.push(wait);
        }
      }
      if (!asked) return null;
      // Where the header says nothing, the wait is ours.
      return unclear ? expectation : { ...expectation, askedWaitsMs: waits };
    },
  },
  {
    name: "the first failure ends a list",
    topic: "lists",
    codes: ["D-all-or-nothing"],
    python: "Every request of a list is sent and only then the first status is looked at.",
    ours: "`infer` of a list fails with the first failing picture and sends nothing more; `inferEach` is there for the others.",
    apply: (expectation, { golden }) => {
      if (golden.isSequence) return null;
      if (expectation.order === "none") return withOptionalOthers(expectation);
      const groups = attemptGroups(expectation);
      const failed = groups.findIndex((group) => {
        const last = group.at(-1);
        return last !== undefined && carriesPictures(last.request) && (last.response?.status ?? 200) >= 400;
      });
      if (failed < 0 || failed === groups.length - 1) return null;
      return { ...expectation, exchanges: groups.slice(0, failed + 1).flat() };
    },
  },
  {
    name: "redirects are errors",
    topic: "retries",
    codes: ["D-redirect-302", "D-redirect-301", "D-redirect-303", "D-redirect-307", "D-redirect-308"],
    python: "A redirected POST becomes a GET without its body.",
    ours: "`HTTP_ERROR` with the status of the redirect; the other address is not asked.",
    apply: (expectation, { golden }) => {
      const at = expectation.exchanges.findIndex(
        ({ request, response }) =>
          isApiRequest(golden, request) &&
          response !== undefined &&
          response.status >= 300 &&
          response.status < 400,
      );
      const status = expectation.exchanges[at]?.response?.status;
      if (at < 0 || status === undefined) return null;
      return {
        ...expectation,
        exchanges: expectation.exchanges.slice(0, at + 1),
        outcomes: expectation.outcomes.map(() => ({ kind: "error", codes: ["HTTP_ERROR"], status })),
      };
    },
  },
];

/** Concurrent requests beside a failing one may be under way already, or not yet begun. */
function withOptionalOthers(expectation: Expectation): Expectation | null {
  const fails = ({ response }: Exchange) => (response?.status ?? 200) >= 400 || response?.fault !== undefined;
  if (expectation.outcomes[0]?.kind !== "error" || !expectation.exchanges.some(fails)) return null;
  const exchanges = expectation.exchanges.map((exchange) =>
    carriesPictures(exchange.request) && !fails(exchange) ? { ...exchange, optional: true } : exchange,
  );
  return { ...expectation, exchanges };
}

/** The same clip would take as long again. */
function isClipThatTookTooLong({ request, response }: Exchange): boolean {
  return response?.status === 504 && isClipRequest(request);
}

function isLostConnection(response: Exchange["response"]): boolean {
  return response?.fault === "close-without-response" || response?.fault === "reset";
}

/** What the client must wait for this header; 0 where it says nothing that can be read. */
function askedWaitMs(value: string | undefined): number {
  if (value === undefined) return 0;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  return /[a-z]{3}/i.test(value) && !Number.isNaN(Date.parse(value)) ? RETRY_DATE_LEAD_MS : 0;
}

/** What would start a second one, or would come too late. */
function isSentOnce(request: RecordedRequest): boolean {
  return isPipelineStart(request) || isLiveStart(request) || request.path === "/webrtc_turn_config";
}
