import type { Expectation, RuleContext } from "../expectation.ts";
import { textAt } from "../json.ts";
import type { ScriptedResponse } from "../read-case.ts";
import { carriesPictures, imageArguments, isDownload, isInference } from "../recorded-facts.ts";
import { imageCall, sentBefore } from "./input-facts.ts";
import { fileOf } from "./leaf-kinds.ts";
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
    apply: (expectation, context) => {
      const { golden } = context;
      const at = expectation.exchanges.findIndex(
        ({ request, response }) => isDownload(golden, request) && hasNoPicture(response),
      );
      if (at < 0) return null;
      return {
        ...upToDownload(expectation, context, at),
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
    apply: (expectation, context) => {
      const { golden, recorded } = context;
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
        ...(failedDownload
          ? upToDownload(expectation, context, expectation.exchanges.length - 1)
          : expectation),
        outcomes: expectation.outcomes.map(() => ({
          kind: "error",
          codes: ["INVALID_URL_INPUT"],
          status: reported,
        })),
      };
    },
  },
];

/** A success without a file, and a redirect that names no address. */
function hasNoPicture(response: ScriptedResponse | undefined): boolean {
  if (response === undefined || response.fault !== undefined || response.body.file !== undefined)
    return false;
  return response.status < 300 || (response.status < 400 && response.headers.location === undefined);
}

/** The requests up to a download that fails; those of the pictures before it in the list are sent before. */
function upToDownload(expectation: Expectation, context: RuleContext, at: number): Expectation {
  const { exchanges } = expectation;
  const call = imageCall(context.golden);
  const asked = exchanges.slice(0, at + 1).filter(({ request }) => isDownload(context.golden, request));
  const urls = asked.map(({ request }) => request.url);
  const place = (call === undefined ? [] : imageArguments(call)).findIndex((leaf) => {
    const named = fileOf(leaf, context.golden)?.url ?? leaf;
    // The last download may be where a redirect led to.
    return typeof named === "string" && urls.slice(-2).includes(named.split("?")[0]);
  });
  const before = place > 0 ? sentBefore(place, context) : [];
  if (before.length === 0) return { ...expectation, exchanges: exchanges.slice(0, at + 1) };
  const others = exchanges
    .slice(0, at)
    .filter(({ request }) => !carriesPictures(request) && !isDownload(context.golden, request));
  return { ...expectation, exchanges: [...others, ...before, ...asked] };
}
