import { isRecord } from "../../golden/json.ts";
import type { GoldenCase } from "../case.ts";
import { type ExpectedError, ourError } from "../expectation.ts";
import { bodyOf } from "../server.ts";
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
    const value: unknown = JSON.parse(data);
    if (isRecord(value) && value.error !== undefined) {
      const said = isRecord(value.error) ? String(value.error.message) : String(value.error);
      const status = isRecord(value.error) ? value.error.http_status_code : undefined;
      return {
        items,
        error: ourError(["TEXT_GENERATION_FAILED"], {
          said: [said],
          status: typeof status === "number" ? status : undefined,
        }),
      };
    }
    items.push(value);
  }
  return { items, error: null };
}

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
