import {
  type EndpointAnswer,
  readWithDoctr,
  readWithEasyOcr,
  readWithPpOcr,
  readWithTrocr,
} from "@inference-ts/endpoints";
import { InvalidParameterError } from "@inference-ts/errors";
import { decodeResult } from "@inference-ts/predictions";
import type { InferenceRequestImage } from "@inference-ts/schema";
import type { CallScope } from "../call/call-scope.ts";
import { given } from "../given.ts";
import { type CheckedAnswer, checkAnswer } from "./check-answer.ts";
import { checkOptions } from "./check-options.ts";
import type { CoreModelOptions, ImageInput } from "./core-model-options.ts";
import type { CoreTarget } from "./core-request.ts";
import { forEachImage } from "./for-each-image.ts";

/** Size of a PP-OCR model; `none` leaves the step out. */
export type PpOcrSize = "none" | "tiny" | "small" | "medium";

/** What the models take; the server's defaults count for what is left out. */
export interface OcrModelOptions {
  readonly doctr: {
    readonly generateBoundingBoxes?: boolean | undefined;
  };
  readonly easy_ocr: {
    /** Language codes of EasyOCR, such as `en`. Server's default `["en"]`. */
    readonly languageCodes?: readonly string[] | undefined;
    /** A smaller and quicker network. Server's default false. */
    readonly quantize?: boolean | undefined;
    readonly generateBoundingBoxes?: boolean | undefined;
  };
  readonly trocr: object;
  readonly pp_ocr: {
    /** Size of the network that finds text, `none` = the whole image is one line. Server's default `small`. */
    readonly textDetection?: PpOcrSize | undefined;
    /** Size of the network that reads, `none` = boxes only. Server's default `small`. */
    readonly textRecognition?: PpOcrSize | undefined;
  };
}

/** Which model reads the text. */
export type OcrModel = keyof OcrModelOptions;

/** What `ocrImage` takes beside its images. `model` decides which other options there are. */
export type OcrOptions = CoreModelOptions & {
  /** Version of the model, such as `english_g2` (EasyOCR) or `trocr-base-printed` (TrOCR). Default: the server's. */
  readonly version?: string | undefined;
} & (
    | ({ readonly model?: "doctr" | undefined } & OcrModelOptions["doctr"])
    | ({ readonly model: "easy_ocr" } & OcrModelOptions["easy_ocr"])
    | ({ readonly model: "trocr" } & OcrModelOptions["trocr"])
    | ({ readonly model: "pp_ocr" } & OcrModelOptions["pp_ocr"])
  );

/** Text of one image; `predictions` are boxes of its parts where they were asked for, in pixels, `x` and `y` their centre. */
export type OcrResult = CheckedAnswer<"OCRInferenceResponse", "result">;

/** Every option of every model: what is set is sent. */
type AnyOcrOptions = { readonly model?: string | undefined; readonly version?: string | undefined } & Partial<
  OcrModelOptions["doctr"] & OcrModelOptions["easy_ocr"] & OcrModelOptions["pp_ocr"]
>;

interface OcrRequest {
  readonly image: InferenceRequestImage;
  readonly version: string | undefined;
  readonly options: AnyOcrOptions;
  readonly target: CoreTarget;
}

const MODELS: Readonly<
  Record<
    OcrModel,
    { readonly route: string; readonly read: (request: OcrRequest) => Promise<EndpointAnswer<unknown>> }
  >
> = {
  doctr: {
    route: "/doctr/ocr",
    read: ({ image, version, options, target: { client, fields, query, send } }) =>
      readWithDoctr(
        client,
        { ...fields, ...given({ doctr_version_id: version }), ...switches(options), image },
        query,
        send,
      ),
  },
  easy_ocr: {
    route: "/easy_ocr/ocr",
    read: ({ image, version, options, target: { client, fields, query, send } }) =>
      readWithEasyOcr(
        client,
        { ...fields, ...given({ easy_ocr_version_id: version }), ...switches(options), image },
        query,
        send,
      ),
  },
  trocr: {
    route: "/ocr/trocr",
    read: ({ image, version, options, target: { client, fields, query, send } }) =>
      readWithTrocr(
        client,
        { ...fields, ...given({ trocr_version_id: version }), ...switches(options), image },
        query,
        send,
      ),
  },
  pp_ocr: {
    route: "/ocr/pp-ocr",
    read: ({ image, version, options, target: { client, fields, query, send } }) =>
      readWithPpOcr(
        client,
        {
          ...fields,
          ...given({
            pp_ocr_version_id: version,
            text_detection: options.textDetection,
            text_recognition: options.textRecognition,
          }),
          ...switches(options),
          image,
        },
        query,
        send,
      ),
  },
};

/** See `ocrImage` of the client. */
export function ocrImage(
  scope: CallScope,
  input: ImageInput,
  options: AnyOcrOptions,
): Promise<OcrResult | OcrResult[]> {
  checkOptions("ocrImage", options, {}, { model: "text", languageCodes: "texts" });
  const name = (options.model ?? "doctr").toLowerCase();
  if (!isOcrModel(name)) {
    throw new InvalidParameterError(`There is no OCR model "${name.slice(0, 80)}".`, {
      hint: `Models: ${Object.keys(MODELS).join(", ")}.`,
    });
  }
  const { route, read } = MODELS[name];
  return forEachImage(scope, input, {
    operation: `POST ${route}`,
    modelId: name,
    batches: false,
    request: ({ image }, target) => read({ image, version: options.version || undefined, options, target }),
    decode: decodeOcr,
  });
}

// The Python client sends these to every model when they are set; a model that does not know one ignores it.
function switches({ quantize, generateBoundingBoxes, languageCodes }: AnyOcrOptions) {
  return given({
    quantize,
    generate_bounding_boxes: generateBoundingBoxes,
    language_codes: languageCodes ? [...languageCodes] : undefined,
  });
}

function decodeOcr(body: unknown): OcrResult {
  const result = checkAnswer<OcrResult>(body, { result: "text" });
  if (result.predictions !== undefined && result.predictions !== null) {
    decodeResult({ predictions: result.predictions }, "object-detection");
  }
  return result;
}

function isOcrModel(name: string): name is OcrModel {
  return Object.hasOwn(MODELS, name);
}
