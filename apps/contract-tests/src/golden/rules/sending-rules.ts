import { callsWithOutcome, changeRequests, type Exchange } from "../expectation.ts";
import { isRecord, placeholder, recordAt, textAt } from "../json.ts";
import type { GoldenCase, RecordedInput } from "../read-case.ts";
import { argument, imageArguments, isApiRequest, isInference } from "../recorded-facts.ts";
import { errorOf, imageCall, inferCall, withInferences } from "./input-facts.ts";
import { fileOf } from "./leaf-kinds.ts";
import type { DeviationRule } from "./rule.ts";

/** Rules about how a picture is sent. */
export const SENDING_RULES: readonly DeviationRule[] = [
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
      const compared = comparedFiles(golden);
      if (compared.some((file) => file?.kind === "pil")) {
        return changeRequests(expectation, (request) => withComparedPixels(request, compared));
      }
      const call = imageCall(golden);
      if (call === undefined) return null;
      const files = imageArguments(call).map((leaf) => fileOf(leaf, golden));
      let next = 0;
      let changed = false;
      const result = changeRequests(expectation, (request) => {
        if (!isInference(request) && recordAt(request.body, "value").image === undefined) return request;
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
    name: "pictures are turned upright",
    topic: "inputs",
    codes: [],
    python:
      "Before shrinking, the orientation that a camera noted is obeyed for files and passed over for base64 and downloads, and lost.",
    ours: "It is obeyed whatever the source: the picture that is sent is upright.",
    apply: (expectation, { golden }) => {
      const call = inferCall(golden);
      const file = call === undefined ? undefined : fileOf(imageArguments(call)[0], golden);
      if (file === undefined || !file.file.includes("exif") || !["base64", "url"].includes(file.kind))
        return null;
      let changed = false;
      const result = changeRequests(expectation, (request) => {
        const image = recordedImage(request.body.value);
        if (image?.reencoded !== true) return request;
        changed = true;
        const { width, height } = image;
        const turned = {
          encoded_anew_from: file.file,
          upright: true,
          format: "jpeg",
          width: height,
          height: width,
        };
        return replaceImage(request, { $image: turned });
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

/** The pictures of a comparison, the subject first. */
function comparedFiles(golden: GoldenCase): readonly (RecordedInput | undefined)[] {
  const call = callsWithOutcome(golden)[0];
  if (call?.method !== "clip_compare" || golden.isSequence) return [];
  return [argument(call, "subject", 0), argument(call, "prompt", 1)]
    .flat()
    .map((leaf) => fileOf(leaf, golden));
}

/** A comparison whose pixels are compared with the caller's. */
function withComparedPixels<R extends Exchange["request"]>(
  request: R,
  files: readonly (RecordedInput | undefined)[],
): R {
  const { value } = request.body;
  if (!isRecord(value)) return request;
  let next = 0;
  const pixels = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(pixels);
    const file = files[next++];
    return isRecord(item) && file?.kind === "pil"
      ? { ...item, value: { $image: { encoded_anew_from: file.file, format: "jpeg" } } }
      : item;
  };
  const [subject, prompt] = [pixels(value.subject), pixels(value.prompt)];
  return { ...request, body: { ...request.body, value: { ...value, subject, prompt } } };
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
