import type { ErrorCode } from "@inference-ts/sdk";
import { changeRequests, type Exchange, type RuleContext } from "../expectation.ts";
import { isRecord, textAt } from "../json.ts";
import { configurationInForce, INFER_METHODS, imageArguments } from "../recorded-facts.ts";
import {
  errorOf,
  firstInference,
  firstLeaf,
  imageCall,
  inferCall,
  sentBefore,
  sentPicture,
  withInferences,
} from "./input-facts.ts";
import { fileOf, type LeafKind, leafKind } from "./leaf-kinds.ts";
import type { DeviationRule } from "./rule.ts";

const REFUSED: Partial<Readonly<Record<LeafKind, readonly ErrorCode[]>>> = {
  "no picture": ["INVALID_INPUT_FORMAT"],
  "no source": ["INVALID_INPUT_FORMAT", "INVALID_URL_INPUT"],
  "no image type": ["INVALID_INPUT_FORMAT"],
  "float pixels": ["INVALID_INPUT_FORMAT"],
};

/** Rules about what is taken as a picture. */
export const INPUT_RULES: readonly DeviationRule[] = [
  {
    name: "bad pictures are refused",
    topic: "inputs",
    codes: ["D-mistyped-path", "D-float-array", "D-raw-errors"],
    python:
      "A mistyped path is sent as if it were base64, a text file or half a JPEG as a picture, a 0..1 float array as a black picture; a directory or broken base64 ends in a raw error, other broken files in `EncodingError` when downsizing.",
    ours: "`INVALID_INPUT_FORMAT`; no request carries the input. The model registry may have been asked, and in a list the pictures before it may have been sent.",
    apply: (expectation, context) => {
      const bad = firstLeaf(context, (kind) => REFUSED[kind] !== undefined);
      if (bad === undefined) return null;
      const asked = inferCall(context.golden) === undefined ? 0 : firstInference(expectation);
      const before = expectation.exchanges.slice(0, asked);
      return {
        ...expectation,
        exchanges: [...before, ...sentBefore(bad.index, context)].map((exchange) => ({
          ...exchange,
          optional: true,
        })),
        outcomes: expectation.outcomes.map(() => ({ kind: "error", codes: REFUSED[bad.kind] ?? [] })),
      };
    },
  },
  {
    name: "more kinds of input",
    topic: "inputs",
    codes: [],
    python: "Bytes, file objects, `pathlib` paths and tuples are refused with `InvalidInputFormatError`.",
    ours: "Bytes, streams and file URLs are sent as their bytes; every list is a list. The request with exactly these bytes is expected.",
    apply: (expectation, context) => {
      const call = imageCall(context.golden);
      if (call === undefined || !isRefusedForType(context)) return null;
      const leaves = imageArguments(call);
      const files = leaves.map((leaf) => fileOf(leaf, context.golden));
      if (!leaves.every((leaf) => isTaken(leafKind(leaf, context.golden, context.inputs)))) return null;
      const images = files.map((file) =>
        INFER_METHODS.has(call.method)
          ? sentPicture(context.golden, file?.file)
          : { $image: { same_bytes_as: file?.file } },
      );
      return withInferences(expectation, context.golden, call, images);
    },
  },
  {
    name: "URL schemes in capitals",
    topic: "inputs",
    codes: ["D-url-case"],
    python: "`HTTPS://...` is not recognised as a URL and is sent as if it were base64.",
    ours: "The scheme of a URL is read without regard to case: the picture is downloaded and sent.",
    apply: (expectation, context) => {
      const call = inferCall(context.golden);
      const found = firstLeaf(context, (kind) => kind === "url in capitals");
      const url = typeof found?.leaf === "string" ? URL.parse(found.leaf) : null;
      if (call === undefined || url === null || imageArguments(call).length !== 1) return null;
      const file = "images/red-64x48.png";
      const download: Exchange = {
        request: {
          method: "GET",
          url: `${url.origin}${url.pathname}`,
          path: url.pathname,
          query: [...url.searchParams],
          headers: {},
          body: { kind: "empty" },
        },
        response: { status: 200, headers: {}, body: { file }, delayMs: 0, for: {} },
      };
      const before = expectation.exchanges.slice(0, firstInference(expectation));
      return withInferences({ ...expectation, exchanges: [...before, download] }, context.golden, call, [
        sentPicture(context.golden, file),
      ]);
    },
  },
  {
    name: "data URLs are decoded",
    topic: "inputs",
    codes: [],
    python:
      "A data URL is sent as it is, with its prefix, where base64 is expected; with downsizing it ends in `EncodingError`.",
    ours: "The bytes behind the data URL are sent.",
    apply: (expectation, { golden }) => {
      const call = inferCall(golden);
      const files = call === undefined ? [] : imageArguments(call).map((leaf) => fileOf(leaf, golden));
      // With downsizing on, Python tries to decode it.
      if (
        call !== undefined &&
        expectation.outcomes[0]?.kind === "error" &&
        files.length > 0 &&
        files.every((file) => file?.kind === "data-url") &&
        configurationInForce(golden).client_downsizing_disabled === false
      ) {
        const images = files.map((file) => sentPicture(golden, file?.file));
        return withInferences(expectation, golden, call, images);
      }
      if (!JSON.stringify(expectation.exchanges.map(({ request }) => request.body)).includes('"$data_url"'))
        return null;
      return changeRequests(expectation, (request) => ({
        ...request,
        body: {
          kind: request.body.kind === "text" ? "base64-raw" : request.body.kind,
          value: renamed(request.body.value, "$data_url", "$image"),
        },
      }));
    },
  },
];

function isTaken(kind: LeafKind): boolean {
  return kind === "taken" || kind === "taken by us only";
}

function isRefusedForType(context: RuleContext): boolean {
  return textAt(errorOf(context), "class") === "InvalidInputFormatError";
}

function renamed(value: unknown, from: string, to: string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, from, to));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name === from ? to : name, renamed(item, from, to)]),
  );
}
