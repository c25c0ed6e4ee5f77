import type { ErrorCode } from "@inference-ts/sdk";
import {
  callsWithOutcome,
  changeRequests,
  type Exchange,
  type Expectation,
  type RuleContext,
} from "../expectation.ts";
import { isRecord, placeholder, textAt } from "../json.ts";
import type { GoldenCase, RecordedCall } from "../read-case.ts";
import { INFER_METHODS, imageArguments, isApiRequest, isInference, isListCall } from "../recorded-facts.ts";
import { inferenceRequest, jsonResponse, SCRIPTED_RESULT } from "./build-request.ts";
import { fileOf, type LeafKind, leafKind } from "./leaf-kinds.ts";
import { modeOfCall } from "./our-mode.ts";
import type { DeviationRule } from "./rule.ts";

const REFUSED: Partial<Readonly<Record<LeafKind, readonly ErrorCode[]>>> = {
  "no picture": ["INVALID_INPUT_FORMAT"],
  "no source": ["INVALID_INPUT_FORMAT", "INVALID_URL_INPUT"],
  "no image type": ["INVALID_INPUT_FORMAT"],
  "float pixels": ["INVALID_INPUT_FORMAT"],
};

/** Rules about what is taken as a picture and how it is sent. */
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
      const before = expectation.exchanges.slice(0, firstInference(expectation));
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
      const call = inferCall(context.golden);
      if (call === undefined || !isRefusedForType(context)) return null;
      const leaves = imageArguments(call);
      const files = leaves.map((leaf) => fileOf(leaf, context.golden));
      if (!leaves.every((leaf) => isTaken(leafKind(leaf, context.golden, context.inputs)))) return null;
      const images = files.map((file) => ({ $image: { same_bytes_as: file?.file } }));
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
        { $image: { same_bytes_as: file } },
      ]);
    },
  },
  {
    name: "data URLs are decoded",
    topic: "inputs",
    codes: [],
    python: "A data URL is sent as it is, with its prefix, where base64 is expected.",
    ours: "The bytes behind the data URL are sent.",
    apply: (expectation) => {
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
          !isApiRequest(golden, request) &&
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
      const failedDownload = !isApiRequest(golden, last.request);
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
  {
    name: "every pixel form is converted",
    topic: "inputs",
    codes: ["D-pil-modes", "D-raw-errors"],
    python: "Pillow pictures with alpha or a palette end in a raw error.",
    ours: "Palettes are resolved and alpha is dropped, as the server does with a PNG; the request carries a JPEG of that picture.",
    apply: (expectation, context) => {
      const call = inferCall(context.golden);
      if (call === undefined || textAt(errorOf(context), "class") !== "OSError") return null;
      const files = imageArguments(call).map((leaf) => fileOf(leaf, context.golden));
      if (!files.every((file) => file?.kind === "pil")) return null;
      const images = files.map((file) => ({ $image: { encoded_anew_from: file?.file, format: "jpeg" } }));
      return withInferences(expectation, context.golden, call, images);
    },
  },
  {
    name: "pictures are loaded as their turn comes",
    topic: "lists",
    codes: [],
    python: "Every picture of a list is read or downloaded before the first request is sent.",
    ours: "Pictures are loaded as their turn comes, so memory follows the window and not the list. The order of the requests and the order of the downloads are checked, each by itself.",
    apply: (expectation, { golden }) => {
      const isDownload = ({ request }: Exchange) => !isApiRequest(golden, request);
      const inferences = expectation.exchanges.filter(({ request }) => isInference(request));
      if (expectation.order !== "all" || inferences.length < 2 || !expectation.exchanges.some(isDownload))
        return null;
      return {
        ...expectation,
        order: "per kind",
        scriptByContent: expectation.exchanges.flatMap((exchange) => {
          const { request, response } = exchange;
          if (response === undefined) return [];
          return [isDownload(exchange) ? { ...response, for: { path: request.path } } : response];
        }),
      };
    },
  },
  {
    name: "full colour in JPEG",
    topic: "inputs",
    codes: [],
    python:
      "Pillow pictures are sent as JPEG of quality 75 with halved colour resolution, which shifts coloured edges.",
    ours: "Pixels are sent as JPEG in full colour resolution, compared with the caller's pixels instead of Python's picture.",
    apply: (expectation, { golden }) => {
      const call = inferCall(golden);
      if (call === undefined) return null;
      const files = imageArguments(call).map((leaf) => fileOf(leaf, golden));
      let next = 0;
      let changed = false;
      const result = changeRequests(expectation, (request) => {
        if (!isInference(request)) return request;
        const file = files[next++];
        const recorded = recordedImage(request.body.value);
        if (file?.kind !== "pil" || recorded?.reencoded !== true || !isWholeSize(file.file, recorded))
          return request;
        changed = true;
        return replaceImage(request, { $image: { encoded_anew_from: file.file, format: "jpeg" } });
      });
      return changed ? result : null;
    },
  },
  {
    name: "untouched unless shrunk",
    topic: "inputs",
    codes: [],
    python: "With downsizing on, a JPEG that needs no shrinking is decoded and encoded again all the same.",
    ours: "An upright JPEG that fits already is sent byte for byte.",
    apply: (expectation, context) => {
      const call = inferCall(context.golden);
      const file = call === undefined ? undefined : fileOf(imageArguments(call)[0], context.golden);
      if (
        file === undefined ||
        !/\.jpe?g$/i.test(file.file) ||
        !["path", "base64", "url", "data-url"].includes(file.kind)
      ) {
        return null;
      }
      let changed = false;
      const result = changeRequests(expectation, (request) => {
        const image = recordedImage(request.body.value);
        const fits = image?.reencoded === true && isWholeSize(file.file, image);
        if (!fits || file.file.includes("exif")) return request;
        changed = true;
        return replaceImage(request, { $image: { same_bytes_as: file.file } });
      });
      return changed ? result : null;
    },
  },
];

function inferCall(golden: GoldenCase): RecordedCall | undefined {
  const call = callsWithOutcome(golden)[0];
  return call !== undefined && INFER_METHODS.has(call.method) && !golden.isSequence ? call : undefined;
}

function firstLeaf({ golden, inputs }: RuleContext, wanted: (kind: LeafKind) => boolean) {
  const call = inferCall(golden);
  if (call === undefined) return undefined;
  return imageArguments(call)
    .map((leaf, index) => ({ leaf, index, kind: leafKind(leaf, golden, inputs) }))
    .find(({ kind }) => wanted(kind));
}

function firstInference(expectation: Expectation): number {
  const at = expectation.exchanges.findIndex(({ request }) => isInference(request));
  return at < 0 ? expectation.exchanges.length : at;
}

function isTaken(kind: LeafKind): boolean {
  return kind === "taken" || kind === "taken by us only";
}

function errorOf({ recorded }: RuleContext): unknown {
  const outcome = recorded[0];
  return outcome?.kind === "error" ? outcome.error : undefined;
}

function isRefusedForType(context: RuleContext): boolean {
  return textAt(errorOf(context), "class") === "InvalidInputFormatError";
}

/** Requests of the pictures before a bad one: lists are read as their turn comes. */
function sentBefore(count: number, { golden }: RuleContext): readonly Exchange[] {
  const call = inferCall(golden);
  if (call === undefined) return [];
  return imageArguments(call)
    .slice(0, count)
    .map((leaf) => ({
      request: inferenceRequest(golden, call, modeOfCall(golden, call), [
        { $image: { same_bytes_as: fileOf(leaf, golden)?.file } },
      ]),
      response: jsonResponse(SCRIPTED_RESULT),
    }));
}

/** The inferences that Python never sent, one request per picture, answered with an empty result. */
function withInferences(
  expectation: Expectation,
  golden: GoldenCase,
  call: RecordedCall,
  images: readonly unknown[],
): Expectation {
  const mode = modeOfCall(golden, call);
  const sent = images.map((image) => ({
    request: inferenceRequest(golden, call, mode, [image]),
    response: jsonResponse(SCRIPTED_RESULT),
  }));
  const list = isListCall(call);
  return {
    ...expectation,
    exchanges: [...expectation.exchanges.filter(({ request }) => !isInference(request)), ...sent],
    outcomes: [{ kind: "result", value: list ? images.map(() => SCRIPTED_RESULT) : SCRIPTED_RESULT }],
  };
}

function renamed(value: unknown, from: string, to: string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, from, to));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name === from ? to : name, renamed(item, from, to)]),
  );
}

/** The inputs carry their size in their names. */
function isWholeSize(file: string, image: Record<string, unknown>): boolean {
  return file.includes(`-${String(image.width)}x${String(image.height)}.`);
}

function recordedImage(body: unknown): Record<string, unknown> | undefined {
  const image = isRecord(body) && isRecord(body.image) ? body.image.value : body;
  const found = placeholder(image, "$image");
  return isRecord(found) ? found : undefined;
}

function replaceImage<R extends Exchange["request"]>(request: R, image: unknown): R {
  const { value } = request.body;
  const changed =
    isRecord(value) && isRecord(value.image) ? { ...value, image: { ...value.image, value: image } } : image;
  return { ...request, body: { ...request.body, value: changed } };
}
