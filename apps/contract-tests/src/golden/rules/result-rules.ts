import { callsWithOutcome, type ExpectedOutcome } from "../expectation.ts";
import { isRecord, listAt, numberAt, placeholder, recordAt, textAt } from "../json.ts";
import type { ScriptedResponse } from "../read-case.ts";
import { argument, INFER_METHODS, isInference, jsonOf } from "../recorded-facts.ts";
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
      const response = expectation.exchanges.findLast(({ request }) => isInference(request))?.response;
      const file = visualisationFile(response);
      let changed = false;
      const outcomes = expectation.outcomes.map((outcome): ExpectedOutcome => {
        if (outcome.kind === "error" || !isRecord(outcome.value)) return outcome;
        const picture = outcome.value.visualization;
        const decoded = placeholder(picture, "$ndarray") ?? placeholder(picture, "$pil");
        if (decoded === undefined || file === undefined) return outcome;
        changed = true;
        return {
          kind: "result",
          value: { ...outcome.value, visualization: { $bytes: { same_bytes_as: file } } },
        };
      });
      return changed ? { ...expectation, outcomes } : null;
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
    apply: (expectation, { recorded }) => {
      const answer = jsonOf(expectation.exchanges.findLast(({ request }) => isInference(request))?.response);
      if (!isRecord(answer) || !isRecord(answer.anomaly_map)) return null;
      const outcome = recorded[0];
      const array =
        outcome?.kind === "result" && isRecord(outcome.value) ? outcome.value.anomaly_map : undefined;
      const map = array ?? readableMap(answer.anomaly_map) ?? "INVALID_RESPONSE";
      return {
        ...expectation,
        outcomes: [{ kind: "result", value: { ...answer, anomaly_map: { $anomaly_map: map } } }],
      };
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
      const secrets = [...text.matchAll(/(?:api_key["']?\s*[=:]\s*["']?|bearer\s+)([^\s"'&]+)/gi)].map(
        (match) => match[1] ?? "",
      );
      const hidden = secrets.reduce((rest, secret) => rest.replace(secret, masked(secret)), text);
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

function visualisationFile(response: ScriptedResponse | undefined): string | undefined {
  const whole = textAt(response?.body, "file");
  if (whole !== undefined) return whole;
  const inside = placeholder(recordAt(response?.body, "json").visualization, "$file_base64");
  return typeof inside === "string" ? inside : undefined;
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
