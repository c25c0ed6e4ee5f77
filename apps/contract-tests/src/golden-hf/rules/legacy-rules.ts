import { recordAt } from "../../golden/json.ts";
import type { GoldenCase } from "../case.ts";
import { type Expectation, type ExpectedOutcome, lastJson, ourError } from "../expectation.ts";
import { mapRequests, type Rule } from "./rule.ts";

function setResult(expectation: Expectation, result: ExpectedOutcome): void {
  const { outcome } = expectation;
  expectation.outcome =
    outcome.kind === "legacy" ? { ...outcome, result } : { kind: "legacy", constructed: {}, result };
}

/** What the last answer holds: bytes of a file, or JSON, also where it was scripted as text. */
function contentOf(golden: GoldenCase): unknown {
  const { file, text } = recordAt({ body: golden.answers.at(-1)?.body }, "body");
  if (typeof file === "string") return { $bytes: { same_bytes_as: file } };
  return typeof text === "string" ? JSON.parse(text) : lastJson(golden);
}

/** The class of before, `InferenceApi`. */
export const LEGACY_RULES: readonly Rule[] = [
  {
    code: "H-legacy-status",
    title: "`InferenceApi`: error answers",
    python:
      "Gives the error's body as if it were the result, or hides the status behind `NotImplementedError`.",
    ours: "Raises the HTTP error unless `rawResponse`.",
    change: (expectation, { golden }) =>
      setResult(expectation, ourError(["HTTP_ERROR"], { status: golden.answers.at(-1)?.status })),
  },
  {
    code: "H-legacy-charset",
    title: "`InferenceApi`: content types",
    python: "Refuses `application/json; charset=utf-8` and upper case.",
    ours: "Takes both.",
    change: (expectation, { golden }) => setResult(expectation, { kind: "result", value: contentOf(golden) }),
  },
  {
    code: "H-legacy-audio",
    title: "`InferenceApi`: sounds",
    python: "Refuses them without `raw_response`.",
    ours: "Gives a `Blob`.",
    change: (expectation, { golden }) => {
      setResult(expectation, { kind: "result", value: contentOf(golden) });
    },
  },
  {
    code: "H-legacy-dropped",
    title: "`InferenceApi`: empty inputs",
    python: 'Leaves `""`, `[]` and other empty inputs out.',
    ours: "Sends them.",
    change: (expectation, { golden }) => {
      const { $args, inputs } = golden.call.args;
      const given = inputs ?? (Array.isArray($args) ? $args[0] : undefined);
      mapRequests(expectation, (request) =>
        request.method === "POST" && given !== undefined && given !== null
          ? {
              ...request,
              body: { kind: "json", value: { ...recordAt(request.body, "value"), inputs: given } },
            }
          : request,
      );
    },
  },
  {
    code: null,
    title: "`InferenceApi`: construction",
    python: "The constructor asks the hub.",
    ours: "`await InferenceApi.create(...)`, since a constructor cannot wait.",
    applies: () => false,
  },
];
