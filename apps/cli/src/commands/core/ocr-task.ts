import { InvalidParameterError, type OcrOptions } from "@inference-ts/sdk/node";
import { pictureTask } from "./core-task.ts";
import type { ValuesOf } from "./option-kinds.ts";

const SIZES = ["none", "tiny", "small", "medium"] as const;

const OPTIONS = {
  model: {
    kind: "text",
    choices: ["doctr", "easy_ocr", "trocr", "pp_ocr"],
    short: "-m",
    help: "default: doctr; trocr reads one line",
  },
  modelVersion: {
    kind: "text",
    value: "id",
    help: "such as english_g2 or trocr-base-printed (default: the server's)",
  },
  boxes: { kind: "switch", help: "also boxes of the parts (doctr, easy_ocr)" },
  language: { kind: "names", value: "codes", help: "languages, such as en,de (easy_ocr)" },
  quantize: { kind: "switch", help: "a smaller and quicker network (easy_ocr)" },
  detection: {
    kind: "text",
    choices: SIZES,
    help: "network that finds text; none = the picture is one line (pp_ocr)",
  },
  recognition: { kind: "text", choices: SIZES, help: "network that reads; none = boxes only (pp_ocr)" },
} as const;

type Values = ValuesOf<typeof OPTIONS>;
type Model = NonNullable<Values["model"]>;

/** Which model knows which option, beside `modelVersion`. */
const OPTIONS_OF: Readonly<Record<Model, readonly (keyof Values)[]>> = {
  doctr: ["boxes"],
  easy_ocr: ["boxes", "language", "quantize"],
  trocr: [],
  pp_ocr: ["detection", "recognition"],
};

/** `infer ocr`. */
export const OCR_TASK = pictureTask({
  name: "ocr",
  summary: "Reads the text in pictures.",
  options: OPTIONS,
  work: (values) => {
    const options = ocrOptions(values);
    return { run: (client, source, settings) => client.ocrImage(source, { ...settings, ...options }) };
  },
});

function ocrOptions(values: Values): OcrOptions {
  const { model = "doctr", modelVersion: version, boxes: generateBoundingBoxes, language, quantize } = values;
  const wrong = Object.values(OPTIONS_OF)
    .flat()
    .find((name) => values[name] !== undefined && !OPTIONS_OF[model].includes(name));
  if (wrong !== undefined) throw new InvalidParameterError(`The model ${model} has no option --${wrong}.`);
  if (model === "easy_ocr")
    return { model, version, generateBoundingBoxes, languageCodes: language, quantize };
  if (model === "trocr") return { model, version };
  if (model === "doctr") return { model, version, generateBoundingBoxes };
  return { model, version, textDetection: values.detection, textRecognition: values.recognition };
}
