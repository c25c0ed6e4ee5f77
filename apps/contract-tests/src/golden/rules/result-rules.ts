import { callsWithOutcome, type ExpectedOutcome } from "../expectation.ts";
import { isRecord, listAt, numberAt, placeholder, recordAt, textAt } from "../json.ts";
import type { ScriptedResponse } from "../read-case.ts";
import {
  argument,
  configured,
  INFER_METHODS,
  isInference,
  isListCall,
  isV0Inference,
  jsonOf,
} from "../recorded-facts.ts";
import { masked } from "../server-message.ts";
import type { DeviationRule } from "./rule.ts";

/** Rules about results and pure functions. */
export const RESULT_RULES: readonly DeviationRule[] = [
  {
    name: "pictures as bytes",
    topic: "results",
    codes: [],
    python:
      "`output_visualisation_format` turns the server's drawing into a numpy array or a Pillow picture.",
    ours: "`numpy` and `pillow` both mean `bytes`: the server's JPEG, byte for byte.",
    apply: (expectation) => {
      const files = expectation.exchanges
        .filter(({ request }) => isInference(request))
        .flatMap(({ response }) => visualisationFiles(response));
      let changed = false;
      const asBytes = (value: unknown, file: string | undefined): unknown => {
        if (!isRecord(value)) return value;
        const picture = value.visualization;
        const decoded = placeholder(picture, "$ndarray") ?? placeholder(picture, "$pil");
        if (decoded === undefined || file === undefined) return value;
        changed = true;
        return { ...value, visualization: { $bytes: { same_bytes_as: file } } };
      };
      const outcomes = expectation.outcomes.map((outcome): ExpectedOutcome => {
        if (outcome.kind === "error") return outcome;
        const { value } = outcome;
        return {
          kind: "result",
          value: Array.isArray(value)
            ? value.map((item, index) => asBytes(item, files[index]))
            : asBytes(value, files.at(-1)),
        };
      });
      return changed ? { ...expectation, outcomes } : null;
    },
  },
  {
    name: "drawn pictures of every format",
    topic: "results",
    codes: ["D-raw-errors"],
    python: "A whole picture as the answer of v0 is taken when it is a JPEG; a PNG ends in a raw error.",
    ours: "Every `image/...` answer is the drawn picture.",
    apply: (expectation, { golden }) => {
      const call = callsWithOutcome(golden).at(-1);
      const exchange = expectation.exchanges.at(-1);
      const file = textAt(exchange?.response?.body, "file");
      if (call === undefined || exchange === undefined || file === undefined || golden.isSequence)
        return null;
      if (!INFER_METHODS.has(call.method) || isListCall(call) || !isV0Inference(exchange.request))
        return null;
      if (expectation.outcomes[0]?.kind !== "error" || exchange.response?.status !== 200) return null;
      const format = configured(golden, "output_visualisation_format");
      const picture =
        format === undefined || format === "base64"
          ? { $image: { same_bytes_as: file } }
          : { $bytes: { same_bytes_as: file } };
      return { ...expectation, outcomes: [{ kind: "result", value: { visualization: picture } }] };
    },
  },
  {
    name: "an answer has predictions",
    topic: "results",
    codes: ["D-raw-errors"],
    python: "An answer without `predictions`, or with `null` there, is handed on as a result.",
    ours: "`INVALID_RESPONSE` that names the place, unless the answer is a stub or a drawn picture.",
    apply: (expectation, { golden }) => {
      const call = callsWithOutcome(golden).at(-1);
      const isRescaling = call?.method === "$adjust_prediction_to_client_scaling_factor";
      const exchange = expectation.exchanges.findLast(({ request }) => isInference(request));
      const answer = isRescaling ? argument(call, "prediction", 0) : okJson(exchange?.response);
      if (!isRecord(answer) || golden.isSequence) return null;
      if (!isRescaling && !INFER_METHODS.has(call?.method ?? "")) return null;
      const { predictions, visualization, is_stub: stub } = answer;
      if (
        stub === true ||
        visualization !== undefined ||
        (typeof predictions === "object" && predictions !== null)
      )
        return null;
      return { ...expectation, outcomes: [{ kind: "error", codes: ["INVALID_RESPONSE"] }] };
    },
  },
  {
    name: "anomaly maps as sent",
    topic: "results",
    codes: ["D-raw-errors"],
    python: "The map of an anomaly model becomes a numpy array; a map of another form is a raw `ValueError`.",
    ours: "Results are the wire's JSON: `anomaly_map` stays as the server sent it, and a map that cannot be read costs no prediction. `readAnomalyMap` gives the recorded numbers, or throws `INVALID_RESPONSE`.",
    apply: (expectation, { golden, recorded }) => {
      const call = callsWithOutcome(golden)[0];
      const answers = expectation.exchanges
        .filter(({ request }) => isInference(request))
        .flatMap(({ response }): readonly unknown[] => {
          const json = okJson(response);
          return Array.isArray(json) ? json : [json];
        });
      if (call === undefined || golden.isSequence || !answers.every(isRecord)) return null;
      if (!answers.some((answer) => isRecord(answer.anomaly_map))) return null;
      const outcome = recorded[0];
      const decoded = outcome?.kind === "result" ? [outcome.value].flat() : [];
      const values = answers.map((answer, index) => {
        if (!isRecord(answer.anomaly_map)) return answer;
        const result: unknown = decoded[index];
        const array = isRecord(result) ? result.anomaly_map : undefined;
        const map = array ?? readableMap(answer.anomaly_map) ?? "INVALID_RESPONSE";
        return { ...answer, anomaly_map: { $anomaly_map: map } };
      });
      const value = isListCall(call) ? values : values.at(-1);
      return { ...expectation, outcomes: [{ kind: "result", value }] };
    },
  },
  {
    name: "each prediction is rescaled by itself",
    topic: "pure functions",
    codes: ["D-first-prediction"],
    python:
      "How to rescale is read off the first prediction: points of later ones stay unscaled or end in a `KeyError`, keypoints beside points stay.",
    ours: "Every box, point and key point of every prediction is divided by the factor.",
    apply: (expectation, { golden }) => {
      const call = callsWithOutcome(golden)[0];
      if (call?.method !== "$adjust_prediction_to_client_scaling_factor") return null;
      if (!golden.deviationCodes.includes("D-first-prediction")) return null;
      const prediction = argument(call, "prediction", 0);
      const factor = Number(argument(call, "scaling_factor", 1));
      return { ...expectation, outcomes: [{ kind: "result", value: rescaled(prediction, factor) }] };
    },
  },
  {
    name: "run-length masks are resampled",
    topic: "pure functions",
    codes: ["D-rle"],
    python: "The box is rescaled, its run-length mask keeps the size of the downsized picture.",
    ours: "The mask is resampled to the size of the box's picture; text that is no run-length code is `INVALID_RESPONSE`.",
    apply: (expectation, { golden }) => {
      const call = callsWithOutcome(golden)[0];
      if (!golden.deviationCodes.includes("D-rle") || call === undefined) return null;
      return { ...expectation, outcomes: [{ kind: "error", codes: ["INVALID_RESPONSE"] }] };
    },
  },
  {
    name: "secrets in every spelling",
    topic: "pure functions",
    codes: ["D-redact"],
    python:
      "Only `api_key=` and `service_secret=` in URL form are recognised, and the text after them is eaten.",
    ours: "Bearer tokens and JSON fields are recognised too; the rest of the text stays.",
    apply: (expectation, { golden }) => {
      const call = callsWithOutcome(golden)[0];
      if (call?.method !== "$redact") return null;
      const text = String(argument(call, "value", 0));
      const keys = [...text.matchAll(/(?:api_key["']?\s*[=:]\s*["']?|bearer\s+)([^\s"'&]+)/gi)].map(
        (match) => match[1] ?? "",
      );
      const withoutKeys = keys.reduce((rest, secret) => rest.replace(secret, masked(secret)), text);
      const hidden = withoutKeys.replace(/(service_secret["']?\s*[=:]\s*["']?)[^\s"'&]+/gi, "$1***");
      return golden.deviationCodes.includes("D-redact")
        ? { ...expectation, outcomes: [{ kind: "result", value: hidden }] }
        : null;
    },
  },
];

/** JSON of an answer that is a success. */
function okJson(response: ScriptedResponse | undefined): unknown {
  const isSuccess = response !== undefined && response.fault === undefined && response.status < 300;
  return isSuccess ? jsonOf(response) : undefined;
}

/** The array behind a map that Python refuses and JavaScript cannot tell from a good one: `1.0` is `1` here. */
function readableMap(map: unknown): unknown {
  const shape = listAt(map, "shape");
  const values = listAt(recordAt(map, "data"), "$float32_base64");
  const whole = shape.every((side) => Number.isInteger(side) && Number(side) > 0);
  const fits = shape.length === 2 && whole && Number(shape[0]) * Number(shape[1]) === values.length;
  return fits && textAt(map, "dtype") === "float32" ? { $ndarray: { shape, values } } : undefined;
}

/** The drawn picture of every result of an answer. */
function visualisationFiles(response: ScriptedResponse | undefined): readonly (string | undefined)[] {
  const whole = textAt(response?.body, "file");
  if (whole !== undefined) return [whole];
  const json = response?.body.json;
  return (Array.isArray(json) ? json : [json]).map((result: unknown) => {
    const inside = isRecord(result) ? placeholder(result.visualization, "$file_base64") : undefined;
    return typeof inside === "string" ? inside : undefined;
  });
}

/** Everything divided by the factor, prediction by prediction. */
function rescaled(prediction: unknown, factor: number): unknown {
  if (!isRecord(prediction)) return prediction;
  const image = recordAt(prediction, "image");
  const list = prediction.predictions;
  return {
    ...prediction,
    image: {
      ...image,
      width: Math.round((numberAt(image, "width") ?? 0) / factor),
      height: Math.round((numberAt(image, "height") ?? 0) / factor),
    },
    predictions: Array.isArray(list) ? list.map((item) => divided(item, factor)) : list,
  };
}

const COORDINATES = new Set(["x", "y", "width", "height"]);

function divided(value: unknown, factor: number): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      if (COORDINATES.has(name) && typeof item === "number") return [name, item / factor];
      if (Array.isArray(item)) return [name, item.map((inner) => divided(inner, factor))];
      return [name, item];
    }),
  );
}
