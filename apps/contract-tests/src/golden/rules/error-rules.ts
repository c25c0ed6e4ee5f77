import { callsWithOutcome } from "../expectation.ts";
import { isRecord, recordAt, textAt } from "../json.ts";
import { configured, isApiRequest } from "../recorded-facts.ts";
import { WORKFLOW_METHODS } from "../workflow-methods.ts";
import { expectedError } from "./expected-error.ts";
import type { DeviationRule } from "./rule.ts";

/** Rules about what a failure looks like. */
export const ERROR_RULES: readonly DeviationRule[] = [
  {
    name: "byte order mark",
    topic: "errors",
    codes: ["D-raw-errors", "D-async-accepts"],
    python:
      "An answer that begins with a byte order mark ends in a raw error, or in the async twin is taken for a picture.",
    ours: "The mark is ignored, as RFC 8259 allows: the JSON behind it is the result.",
    apply: (expectation, { golden }) => {
      const text = textAt(expectation.exchanges.at(-1)?.response?.body, "text");
      if (text === undefined || !text.startsWith("\uFEFF")) return null;
      try {
        const value: unknown = JSON.parse(text.slice(1));
        const isRun = WORKFLOW_METHODS[callsWithOutcome(golden).at(-1)?.method ?? ""] !== undefined;
        return replaceLast(expectation, {
          kind: "result",
          value: isRun && isRecord(value) ? value.outputs : value,
        });
      } catch {
        return null;
      }
    },
  },
  {
    name: "every failure is one of ours",
    topic: "errors",
    codes: ["D-raw-errors", "D-unwrapped"],
    python:
      "Errors of libraries (`requests`, `json`, `KeyError`) reach the caller where a method translates none, where an error body is not a JSON object, and where a 200 has another form than expected.",
    ours: "An error status is `HTTP_ERROR` with the status, a lost connection `CONNECTION_FAILED`, a 2xx answer of another form `INVALID_RESPONSE`, whichever method was called.",
    apply: (expectation, { golden, recorded }) => {
      const outcome = recorded.at(-1);
      if (outcome?.kind !== "error" || textAt(outcome.error, "not_an_sdk_error") === undefined) return null;
      const last = expectation.exchanges.at(-1);
      const current = expectation.outcomes.at(-1);
      // A rule about the input, the address or the attempts has settled it already.
      if (current?.kind === "result" || (current?.kind === "error" && current.codes.length > 0))
        return expectation;
      if (callsWithOutcome(golden).at(-1)?.method.startsWith("$") === true) {
        return replaceLast(expectation, { kind: "error", codes: ["INVALID_RESPONSE"] });
      }
      if (golden.apiUrl.startsWith("{DEAD}")) {
        return replaceLast(expectation, { kind: "error", codes: ["CONNECTION_FAILED"] });
      }
      if (last === undefined) {
        const codes = ["INVALID_PARAMETER", "INVALID_INPUT_FORMAT", "INVALID_MODEL_ID"] as const;
        return replaceLast(expectation, { kind: "error", codes });
      }
      const error = expectedError(last, golden.apiKey);
      return replaceLast(expectation, error ?? { kind: "error", codes: ["INVALID_RESPONSE"] });
    },
  },
  {
    name: "what the server said",
    topic: "errors",
    codes: [
      "D-message-type",
      "D-message-lost",
      "D-inner-null",
      "D-retry-message",
      "D-echoed-key",
      "D-async-message",
    ],
    python:
      "Reads `message` and `detail` of JSON objects only, keeps lists and objects as they are, prints a null inner error as `None`, reads UTF-8 text as Latin-1, and in the async twin keeps nothing but the reason phrase.",
    ours: "`serverMessage` is a string: `message`, `detail` or `error` with the inner error behind it, `title` and `detail` of `application/problem+json`, the text of an HTML page, any other body as text (UTF-8), or `undefined` when the body says nothing; keys in it are masked.",
    apply: (expectation, { golden }) => {
      const current = expectation.outcomes.at(-1);
      if (current?.kind !== "error" || !current.codes.includes("HTTP_ERROR")) {
        return golden.deviationCodes.includes("D-async-message") ? expectation : null;
      }
      const failing = expectation.exchanges.findLast(
        ({ request, response }) => isApiRequest(golden, request) && response?.status === current.status,
      );
      const error = expectedError(failing, golden.apiKey, current.attempts);
      return error === undefined ? null : replaceLast(expectation, error);
    },
  },
  {
    name: "missing routes are named",
    topic: "errors",
    codes: ["D-webrtc-errors"],
    python: "A server without a route gives an HTTP error like any other: `Not Found`.",
    ours: "`ROUTE_NOT_AVAILABLE` with the route, the first server version that has it, and the answer's status and message.",
    apply: (expectation, { golden }) => {
      const current = expectation.outcomes.at(-1);
      if (current?.kind !== "error" || !current.codes.includes("HTTP_ERROR")) return null;
      const last = expectation.exchanges.findLast(
        ({ request, response }) => isApiRequest(golden, request) && response?.status === current.status,
      );
      const { body } = last?.response ?? {};
      const detail = textAt(recordAt(body, "json"), "detail") ?? textAt(body, "text");
      const isKnown =
        /^\/(info$|infer|model|workflows|[^/]+\/workflows\/|inference_pipelines|initialise_webrtc_worker|[a-z0-9_]+\/(embed|segment|ocr|infer|compare))/.test(
          last?.request.path ?? "",
        );
      // A server that says more than its framework does has the route.
      const isFramework = Object.keys(recordAt(body, "json")).every((name) => name === "detail");
      if (!isKnown || !isFramework || !/^(Not Found|Method Not Allowed)$/.test(detail ?? "")) return null;
      return replaceLast(expectation, { ...current, codes: ["ROUTE_NOT_AVAILABLE"] });
    },
  },
  {
    name: "attempts are reported",
    topic: "errors",
    codes: ["D-unwrapped"],
    python: "An unreachable server is reported without the number of attempts.",
    ours: "`CONNECTION_FAILED` with `attempts`: three when nobody listens at the address, one for a workflow with `workflow_run_retries_enabled` off.",
    apply: (expectation, { golden }) => {
      const current = expectation.outcomes[0];
      if (!golden.apiUrl.startsWith("{DEAD}") || current?.kind !== "error") return null;
      if (!current.codes.includes("CONNECTION_FAILED")) return null;
      const isOnce =
        WORKFLOW_METHODS[callsWithOutcome(golden)[0]?.method ?? ""] !== undefined &&
        configured(golden, "workflow_run_retries_enabled") === false;
      return replaceLast(expectation, { ...current, attempts: isOnce ? 1 : 3 });
    },
  },
  {
    name: "no key in any error",
    topic: "errors",
    codes: ["D-key-in-error", "D-key-in-cause", "D-echoed-key"],
    python: "Error texts, chained errors and echoed requests show the whole key.",
    ours: "The key stands in no message, cause, stack, field or event. Checked in every case that has a key.",
    apply: (expectation, { golden }) =>
      golden.deviationCodes.some((code) =>
        ["D-key-in-error", "D-key-in-cause", "D-echoed-key"].includes(code),
      )
        ? expectation
        : null,
  },
  {
    name: "one method instead of twins",
    topic: "errors",
    codes: [
      "D-async-raw-errors",
      "D-async-retry-keyerror",
      "D-async-accepts",
      "D-async-message",
      "D-execution-id",
    ],
    python:
      "Every method has an `_async` twin that fails differently: raw errors, a `KeyError` after used-up retries, pictures made of broken JSON, a dropped execution id.",
    ours: "There is one promise-returning method; it is held to the record of the synchronous one, changed by the other rules.",
    apply: (expectation, { golden }) =>
      golden.deviationCodes.some((code) => code.startsWith("D-async-") || code === "D-execution-id") &&
      callsWithOutcome(golden).length > 0
        ? expectation
        : null,
  },
];

function replaceLast<E extends { readonly outcomes: readonly unknown[] }, O>(expectation: E, outcome: O): E {
  return { ...expectation, outcomes: [...expectation.outcomes.slice(0, -1), outcome] };
}
