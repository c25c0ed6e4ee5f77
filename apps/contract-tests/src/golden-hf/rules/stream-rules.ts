import { isRecord } from "../../golden/json.ts";
import type { GoldenCase } from "../case.ts";
import { asksModel, type ExpectedError, ourError } from "../expectation.ts";
import { bodyOf } from "../server.ts";
import { textsOf } from "./error-rules.ts";
import type { Rule, RuleContext } from "./rule.ts";

/** What the events of the last answer say, read in one piece after the format's definition. */
function eventsOf(golden: GoldenCase, inputs: string): { items: unknown[]; error: ExpectedError | null } {
  const { pieces } = bodyOf(golden.answers.at(-1)?.body, inputs);
  const text = Buffer.concat(pieces)
    .toString()
    .replace(/^\ufeff/, "")
    .replace(/\r\n?/g, "\n");
  const items: unknown[] = [];
  for (const event of text.split("\n\n")) {
    const lines = event.split("\n").filter((line) => line.startsWith("data:"));
    const data = lines.map((line) => line.slice(5).replace(/^ /, "")).join("\n");
    if (data.trim() === "") continue;
    if (data.trim() === "[DONE]") break;
    for (const value of valuesOf(data)) {
      if (isRecord(value) && (value.error ?? null) !== null) {
        const status = isRecord(value.error) ? value.error.http_status_code : undefined;
        const error = ourError(["TEXT_GENERATION_FAILED"], {
          said: textsOf(value),
          status: typeof status === "number" ? status : undefined,
        });
        return { items, error };
      }
      items.push(value);
    }
  }
  return { items, error: null };
}

/** The JSON of an event; without an empty line between them, lines are objects of their own. */
function valuesOf(data: string): unknown[] {
  try {
    return [JSON.parse(data)];
  } catch {
    const lines = data.split("\n").filter((line) => line.trim() !== "" && line.trim() !== "[DONE]");
    return lines.map((line) => JSON.parse(line));
  }
}

/** Whether an answer has lines, but none of an event. */
function isNoStream({ golden, inputs }: RuleContext): boolean {
  const lines = Buffer.concat(bodyOf(golden.answers.at(-1)?.body, inputs).pieces)
    .toString()
    .split(/[\r\n]+/)
    .filter((line) => line !== "");
  return lines.length > 0 && !lines.some((line) => /^\ufeff?(data|event|id|retry|)(:|$)/.test(line));
}

const isEmptyStream = (golden: GoldenCase): boolean =>
  asksModel(golden) &&
  golden.call.method !== "post" &&
  Array.isArray(golden.outcome.stream) &&
  golden.outcome.stream.length === 0 &&
  golden.outcome.error === undefined;

const asTheFormatSays: Rule["change"] = (expectation, { golden, inputs }: RuleContext) => {
  const { items, error } = eventsOf(golden, inputs);
  const isText = golden.call.method === "text_generation" && golden.call.args.details !== true;
  const shown = isText
    ? items.map((item) => (isRecord(item) && isRecord(item.token) ? item.token.text : item))
    : items;
  expectation.outcome = { kind: "stream", items: shown, error };
};

/** How streams are read. */
export const STREAM_RULES: readonly Rule[] = [
  {
    code: "H-sse-done",
    title: "the end of a stream",
    python: "`data:[DONE]` without a blank ends in a JSON error.",
    ours: "Ends the stream.",
    change: asTheFormatSays,
  },
  {
    code: "H-sse-empty",
    title: "empty events",
    python: "An empty `data:` line ends in a JSON error.",
    ours: "Is skipped.",
    change: asTheFormatSays,
  },
  {
    code: "H-sse-multiline",
    title: "events of several lines",
    python: "Each line is read as an event of its own.",
    ours: "The lines are joined, as the format says; lines that are whole objects each are still taken one by one.",
    change: asTheFormatSays,
  },
  {
    code: "H-sse-bom",
    title: "a byte order mark",
    python: "Hides the first event.",
    ours: "Is skipped.",
    change: asTheFormatSays,
  },
  {
    code: "H-sse-error-object",
    title: "errors inside a stream",
    python: "An error object is printed as the message.",
    ours: "`TextGenerationError` with message, kind and status taken out of it.",
    change: asTheFormatSays,
  },
  {
    code: "H-stream-json",
    title: "JSON instead of a stream",
    python: "Yields nothing.",
    ours: "`InvalidResponseError`.",
    change: (expectation) => {
      expectation.outcome = { kind: "stream", items: [], error: ourError(["INVALID_RESPONSE"]) };
    },
  },
  {
    code: null,
    title: "something else instead of a stream",
    python: "Yields nothing.",
    ours: "`InvalidResponseError`.",
    applies: (context) =>
      isEmptyStream(context.golden) &&
      !context.golden.codes.includes("H-error-in-200") &&
      isNoStream(context),
    change: (expectation) => {
      expectation.outcome = { kind: "stream", items: [], error: ourError(["INVALID_RESPONSE"]) };
    },
  },
  {
    code: null,
    title: "a piece without text",
    python: "Is left out.",
    ours: "`InvalidResponseError`.",
    applies: ({ golden, inputs }) =>
      golden.call.method === "text_generation" &&
      golden.call.args.details !== true &&
      isEmptyStream(golden) &&
      eventsOf(golden, inputs).items.length > 0,
    change: (expectation) => {
      expectation.outcome = { kind: "stream", items: [], error: ourError(["INVALID_RESPONSE"]) };
    },
  },
  {
    code: null,
    title: "failures of language models",
    python:
      "`ValidationError`, `GenerationError`, `OverloadedError`, `IncompleteGenerationError`, `UnknownError`.",
    ours: "`HTTPCallError` for an error status, `TextGenerationError` inside a stream, both with `errorType`.",
    applies: () => false,
  },
  {
    code: "H-global-memory",
    title: "what a server refuses is remembered",
    python: "For the whole process, by the call's model, so that it leaks to other clients.",
    ours: "Per client and address.",
  },
];
