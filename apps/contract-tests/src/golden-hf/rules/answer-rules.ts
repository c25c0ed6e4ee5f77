import { isRecord } from "../../golden/json.ts";
import { lastJson, ourError } from "../expectation.ts";
import type { Rule } from "./rule.ts";

/** How good answers are read. */
export const ANSWER_RULES: readonly Rule[] = [
  {
    code: "H-shape",
    title: "old and new forms of answers",
    python: "Takes one form of each answer and fails for, or passes on, the other.",
    ours: "Takes both: single objects and lists, labels and scores side by side or together, `{similarities}`.",
    change: (expectation, { golden }) => {
      const value = lastJson(golden);
      const plain = isRecord(value) && Array.isArray(value.similarities) ? value.similarities : value;
      // What is no list at all is refused for tables.
      expectation.outcome = {
        kind: "result",
        value: plain,
        orError: golden.call.method.startsWith("tabular_"),
      };
    },
  },
  {
    code: "H-first-only",
    title: "nothing is lost",
    python: "Gives the first element alone where there are more.",
    ours: "Gives the list.",
    change: (expectation, { golden }) => {
      expectation.outcome = { kind: "result", value: lastJson(golden) };
    },
  },
  {
    code: "H-mask-missing",
    title: "a segment without a mask",
    python: "Fails.",
    ours: "Gives the segment; its mask is `undefined`.",
    change: (expectation) => {
      expectation.outcome = { kind: "ours" };
    },
  },
  {
    code: "H-nan",
    title: "`NaN` is no JSON",
    python: "Accepts it, or ends in a `RecursionError`.",
    ours: "`InvalidResponseError`.",
    change: (expectation) => {
      expectation.outcome = ourError(["INVALID_RESPONSE"]);
    },
  },
  {
    code: null,
    title: "pictures and sounds as results",
    python: "Gives Pillow images and bytes.",
    ours: "Generated pictures and sounds are `Blob`s; masks are PNG bytes.",
    applies: () => false,
  },
];
