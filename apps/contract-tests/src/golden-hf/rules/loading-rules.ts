import { isRecord, numberAt, recordAt } from "../../golden/json.ts";
import type { GoldenCase, RecordedRequest } from "../case.ts";
import { asksModel, type Expectation, ourError } from "../expectation.ts";
import { API } from "./build-request.ts";
import type { Rule, RuleContext } from "./rule.ts";

/** What the documentation says about the pauses, in milliseconds. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 10_000;
const BEFORE_THE_END = 250;
const SHORTEST_PAUSE = 100;

/** `Retry-After` in seconds or as a date. */
function retryAfterMs(value: string): number {
  const seconds = Number(value);
  return Number.isNaN(seconds) ? Math.max(0, Date.parse(value) - Date.now()) || 0 : seconds * 1000;
}

/** Plays the scripted answers under a time limit: how many requests there are, and whether they end well. */
function play({ golden }: RuleContext, limitMs: number): { requests: number; isGood: boolean } {
  let remaining = limitMs;
  for (let requests = 1; ; requests += 1) {
    const answer = golden.answers[requests - 1];
    if (answer?.status !== 503) {
      return { requests, isGood: answer !== undefined && answer.delayMs <= limitMs };
    }
    const body = isRecord(answer.body) ? answer.body.json : undefined;
    remaining -= answer.takesMs;
    const asked = retryAfterMs(answer.headers["retry-after"] ?? answer.headers["Retry-After"] ?? "0");
    const estimated = (numberAt(body, "estimated_time") ?? 0) * 1000;
    const growing = Math.min(FIRST_PAUSE * 2 ** (requests - 1), LONGEST_PAUSE);
    const known = estimated > 0 && estimated < remaining;
    let pause =
      asked > 0 ? asked : Math.max(known ? Math.min(estimated, LONGEST_PAUSE) : growing, growing / 2);
    if (asked > 0 && asked >= remaining) return { requests, isGood: false };
    if (asked === 0 && pause >= remaining - BEFORE_THE_END) pause = remaining - BEFORE_THE_END;
    if (pause < SHORTEST_PAUSE) return { requests, isGood: false };
    remaining -= pause;
  }
}

/** A request that comes after a wait: the serverless API is told to wait, too. */
function waiting(request: RecordedRequest): RecordedRequest {
  if (request.origin !== API) return request;
  return { ...request, headers: { "x-wait-for-model": "1", ...request.headers } };
}

/** The number of requests and the end under our time limit; the requests themselves are those of the record. */
const underOurLimit = (expectation: Expectation, context: RuleContext): void => {
  const { golden } = context;
  const seconds = golden.client.timeout;
  const { requests, isGood } = play(context, typeof seconds === "number" ? seconds * 1000 : 600_000);
  const first = expectation.requests[0];
  if (first === undefined) return;
  const second = expectation.requests[1] ?? waiting(first);
  expectation.requests = Array.from({ length: requests }, (_, index) => (index === 0 ? first : second));
  if (!isGood) expectation.outcome = ourError(["InferenceTimeoutError"]);
  else if (expectation.outcome.kind === "error") {
    const answer = golden.answers[requests - 1];
    expectation.outcome = { kind: "result", value: isRecord(answer?.body) ? answer.body.json : null };
  }
};

/** Methods whose result is the JSON of the answer. */
const PLAIN_RESULTS: readonly string[] = [
  ...["chat_completion", "fill_mask", "object_detection", "image_classification", "audio_classification"],
  ...["question_answering", "sentence_similarity", "token_classification"],
];

/** Codes of rules that work out the same. */
const UNDER_OUR_LIMIT: readonly string[] = ["H-halved-budget", "H-sleeps-past", "H-retry-after"];

const hasLimit = ({ client }: GoldenCase): boolean =>
  typeof client.timeout === "number" && client.timeout > 0;

/** The first answer that comes after the time limit, -1 without one. */
const lateAnswer = ({ answers, client: { timeout } }: GoldenCase): number =>
  answers.findIndex(({ delayMs }) => typeof timeout === "number" && delayMs > timeout * 1000);

const asksForPause = ({ answers }: GoldenCase): boolean =>
  answers.some(({ headers }) => Object.keys(headers).some((name) => name.toLowerCase() === "retry-after"));

/** How a loading model is waited for. */
export const LOADING_RULES: readonly Rule[] = [
  {
    code: "H-poll-forever",
    title: "waiting for a model",
    python: "Asks every second, without a time limit for ever.",
    ours: "Waits by `estimated_time` (at most 10 s at once), else 1, 2, 4, 8 and 10 s; the default time limit is 600 s. The requests are the same.",
  },
  {
    code: "H-halved-budget",
    title: "the whole time limit",
    python: "Gives up after about half of it.",
    ours: "Uses all of it.",
    change: underOurLimit,
  },
  {
    code: "H-sleeps-past",
    title: "no sleep beyond the time limit",
    python: "Sleeps a second even where less is left.",
    ours: "The last pause ends a quarter of a second before the end.",
    change: underOurLimit,
  },
  {
    code: "H-retry-after",
    title: "`Retry-After`",
    python: "Does not look at it.",
    ours: "Waits for exactly that long, or ends the call where the time limit comes first.",
    change: underOurLimit,
  },
  {
    code: "H-read-timeout",
    title: "an answer that comes too late",
    python: "Raises the HTTP library's own error.",
    ours: "`InferenceTimeoutError`, as for a model that is not ready.",
    change: (expectation) => {
      expectation.outcome = ourError(["InferenceTimeoutError"]);
    },
  },
  {
    code: null,
    title: "fewer requests",
    python: "Asks every second.",
    ours: "The pauses grow, or are those that the server asks for; so within a time limit a model is asked less often.",
    applies: ({ golden }) =>
      asksModel(golden) &&
      (hasLimit(golden) || asksForPause(golden)) &&
      golden.requests.length > 1 &&
      golden.answers[0]?.status === 503 &&
      !golden.codes.some((code) => UNDER_OUR_LIMIT.includes(code)),
    change: underOurLimit,
  },
  {
    code: null,
    title: "the time limit counts everywhere",
    python:
      "Downloads of inputs, `health_check`, `get_endpoint_info`, `get_model_status` and `list_deployed_models` have none.",
    ours: "Every request has that of its client.",
    applies: ({ golden }) => lateAnswer(golden) >= 0 && Object.hasOwn(golden.outcome, "result"),
    change: (expectation, { golden }) => {
      expectation.requests = expectation.requests.slice(0, lateAnswer(golden) + 1);
      expectation.outcome = ourError(["InferenceTimeoutError"]);
    },
  },
  {
    code: null,
    title: "waiting whatever a 503 says",
    python: "A 503 whose body is JSON but no object ends in an `AttributeError`.",
    ours: "Is waited for like every 503.",
    applies: ({ golden }) => {
      const { status_code: status, class: name } = recordAt(golden.outcome, "error");
      const isTold = status !== undefined || name === "InferenceTimeoutError";
      return asksModel(golden) && golden.answers[golden.requests.length - 1]?.status === 503 && !isTold;
    },
    change: (expectation, context) => {
      underOurLimit(expectation, context);
      if (expectation.outcome.kind === "result" && !PLAIN_RESULTS.includes(context.golden.call.method)) {
        expectation.outcome = { kind: "ours" };
      }
      // Nothing is scripted for a further request.
      if (expectation.requests.length > context.golden.answers.length) {
        expectation.anyRequests = true;
        expectation.outcome = { kind: "ours" };
      }
    },
  },
  {
    code: "H-async-503",
    title: "one error for one thing",
    python: "The async client ends in an `AttributeError` when a model is not ready in time.",
    ours: "`InferenceTimeoutError`.",
  },
];
