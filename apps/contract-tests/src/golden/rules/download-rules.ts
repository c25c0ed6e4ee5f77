import { textAt } from "../json.ts";
import { isDownload, isInference } from "../recorded-facts.ts";
import type { DeviationRule } from "./rule.ts";

/** Rules about pictures that are downloaded. */
export const DOWNLOAD_RULES: readonly DeviationRule[] = [
  {
    name: "downloads are looked at",
    topic: "inputs",
    codes: ["D-url-html"],
    python:
      "Whatever a URL returns is sent as a picture, an HTML page or nothing at all too (with downsizing: `EncodingError`).",
    ours: "`INVALID_URL_INPUT` when the download is no picture; no request carries it.",
    apply: (expectation, { golden }) => {
      const at = expectation.exchanges.findIndex(
        ({ request, response }) =>
          isDownload(golden, request) &&
          response !== undefined &&
          response.fault === undefined &&
          response.status === 200 &&
          response.body.file === undefined,
      );
      if (at < 0) return null;
      return {
        ...expectation,
        exchanges: expectation.exchanges.slice(0, at + 1),
        outcomes: expectation.outcomes.map(() => ({ kind: "error", codes: ["INVALID_URL_INPUT"] })),
      };
    },
  },
  {
    name: "failed downloads",
    topic: "inputs",
    codes: [],
    python:
      "A download that fails is an `HTTPCallErrorError` or a bare `HTTPClientError`, as if the inference server had failed.",
    ours: "`INVALID_URL_INPUT` with the status of the download, so that the two servers are not confused. One attempt, as in Python.",
    apply: (expectation, { golden, recorded }) => {
      const outcome = recorded.at(-1);
      const last = expectation.exchanges.at(-1);
      if (outcome?.kind !== "error" || last === undefined) return null;
      const failedDownload = isDownload(golden, last.request);
      const unreachable = textAt(outcome.error, "class") === "HTTPClientError" && !isInference(last.request);
      if (!failedDownload && !unreachable) return null;
      const status = failedDownload ? last.response?.status : undefined;
      const reported =
        status !== undefined && status >= 400 && last.response?.fault === undefined ? status : undefined;
      return {
        ...expectation,
        outcomes: expectation.outcomes.map(() => ({
          kind: "error",
          codes: ["INVALID_URL_INPUT"],
          status: reported,
        })),
      };
    },
  },
];
