import { CORE_MODEL_METHODS } from "../core-model-methods.ts";
import {
  callsWithOutcome,
  changeRequests,
  type Exchange,
  type Expectation,
  type ExpectedOutcome,
  refusal,
} from "../expectation.ts";
import { isRecord } from "../json.ts";
import type { GoldenCase, RecordedCall, RecordedRequest } from "../read-case.ts";
import {
  INFER_METHODS,
  isApiRequest,
  isV0Inference,
  isV1Inference,
  jsonOf,
  modelOf,
} from "../recorded-facts.ts";
import { inferenceRequest, registryExchange } from "./build-request.ts";
import { modeOfCall, ourStartMode, pythonStartMode, selectedMode } from "./our-mode.ts";
import type { DeviationRule } from "./rule.ts";

/** Routes of core models that name the model in their path. */
const IN_PATH = /^\/infer\/(lmm|depth-estimation)\//;
const isInPath = (request: RecordedRequest) => IN_PATH.test(request.path);

function parsedAddress(golden: GoldenCase): URL | null {
  return URL.parse(golden.apiUrl.trim().replace(/^\{(BASE|DEAD)\}/, "http://127.0.0.1:1"));
}

/** Rules about the server's address, the mode that follows from it, and model ids in paths. */
export const ADDRESS_RULES: readonly DeviationRule[] = [
  {
    name: "bad address",
    topic: "addresses",
    codes: ["D-bad-url"],
    python:
      "Takes any text as the address; the first request ends in a raw library error that quotes the key.",
    ours: "The constructor throws `INVALID_PARAMETER` unless the address is an absolute http(s) URL without query and fragment. Nothing is sent.",
    apply: (expectation, { golden }) => {
      const url = parsedAddress(golden);
      const isPlain = url !== null && /^https?:$/.test(url.protocol) && url.search === "" && url.hash === "";
      if (isPlain) return null;
      return { ...refusal(expectation, ["INVALID_PARAMETER"]), stateAfter: null };
    },
  },
  {
    name: "credentials in the address",
    topic: "addresses",
    codes: ["D-mode-prefix"],
    python: "Sends the key to whatever host stands behind the `@`, taking the address for a hosted one.",
    ours: "The constructor throws `INVALID_PARAMETER`: user name and password do not belong into the address.",
    apply: (expectation, { golden }) => {
      const url = parsedAddress(golden);
      if (url === null || (url.username === "" && url.password === "")) return null;
      return { ...refusal(expectation, ["INVALID_PARAMETER"]), stateAfter: null };
    },
  },
  {
    name: "mode by host",
    topic: "addresses",
    codes: ["D-mode-prefix", "D-segment"],
    python: "The address is hosted (v0) when its text begins with one of ten hosted addresses.",
    ours: "The address is hosted when it is https on the default port and its host is exactly a hosted host, `segment.roboflow.com` included. The requests of the resulting mode are expected.",
    apply: (expectation, { golden }) => {
      const [ours, python] = [ourStartMode(golden.apiUrl), pythonStartMode(golden.apiUrl)];
      if (ours === python) return golden.deviationCodes.includes("D-mode-prefix") ? expectation : null;
      if (selectedMode(golden) !== undefined) return expectation;
      const stateAfter = expectation.stateAfter && { ...expectation.stateAfter, mode: ours };
      const call = callsWithOutcome(golden)[0];
      if (call === undefined || golden.isSequence) return { ...expectation, stateAfter };
      if (call.method === "$client_mode")
        return { ...expectation, stateAfter, outcomes: [{ kind: "result", value: ours }] };
      if (V1_ONLY.has(call.method)) return { ...inOtherMode(expectation, golden, call, ours), stateAfter };
      if (CORE_MODEL_METHODS[call.method] !== undefined) {
        return {
          ...changeRequests(expectation, (request) => withMovedKey(request, golden, ours)),
          stateAfter,
        };
      }
      if (call.method !== "infer") return { ...expectation, stateAfter };
      const exchanges = ours === "v0" ? toV0(expectation, golden) : toV1(expectation, golden);
      return { ...expectation, stateAfter, exchanges };
    },
  },
  {
    name: "trailing slash",
    topic: "addresses",
    codes: ["D-trailing-slash"],
    python: "A slash at the end of the address gives a double slash in every path.",
    ours: "Slashes at the end of the address are dropped.",
    apply: (expectation, { golden }) => {
      if (!golden.apiUrl.endsWith("/")) return null;
      return changeRequests(expectation, (request) =>
        isApiRequest(golden, request)
          ? { ...request, path: request.path.replace(/^(.*?)\/{2,}/, "$1/") }
          : request,
      );
    },
  },
  {
    name: "model ids of v0 have two parts",
    topic: "models",
    codes: ["D-model-id", "D-message", "D-path-escape"],
    python:
      "Checks the number of slashes only, so `/` passes; its message names the argument where the selected model is wrong.",
    ours: "`INVALID_MODEL_ID` before anything is sent unless both parts are there and are no dots; the message names the id that was used.",
    apply: (expectation, { golden }) => {
      const call = callsWithOutcome(golden)[0];
      const isRun = call !== undefined && (INFER_METHODS.has(call.method) || isClipMethod(call.method));
      if (!isRun || modeOfCall(golden, call) !== "v0") return null;
      const id = modelOf(golden, call);
      if (id === "") return null;
      const recordedInvalid =
        expectation.outcomes[0]?.kind === "error" &&
        expectation.outcomes[0].codes.includes("INVALID_MODEL_ID");
      const parts = id?.split("/") ?? [];
      const invalid =
        parts.length === 2 && parts.some((part) => part === "" || part === "." || part === "..");
      if (id === undefined || (!recordedInvalid && !invalid)) return null;
      return refusal(expectation, ["INVALID_MODEL_ID"], { mentions: [id] });
    },
  },
  {
    name: "an empty model id is none",
    topic: "models",
    codes: ["D-model-id", "D-message", "D-path-escape"],
    python: "An empty id that was selected is sent: the path becomes `//`, the field an empty text.",
    ours: "`MODEL_NOT_SELECTED` before anything is sent.",
    apply: (expectation, { golden }) => {
      const call = callsWithOutcome(golden)[0];
      if (call === undefined || golden.isSequence || !INFER_METHODS.has(call.method)) return null;
      return modelOf(golden, call) === "" ? refusal(expectation, ["MODEL_NOT_SELECTED"]) : null;
    },
  },
  {
    name: "escaped model ids",
    topic: "models",
    codes: ["D-path-escape"],
    python: "Model ids go into the path as they are, so `?` and `#` change the request.",
    ours: "Each part of the id is escaped; nothing of it becomes query or fragment.",
    apply: (expectation, { golden }) => {
      const call = callsWithOutcome(golden)[0];
      const id = call === undefined ? undefined : modelOf(golden, call);
      if (
        id === undefined ||
        !/[?#%\\]/.test(id) ||
        !expectation.exchanges.some(({ request }) => isV0Inference(request) || isInPath(request))
      ) {
        return null;
      }
      const stray = [...(URL.parse(`http://host/${id}`)?.searchParams ?? [])];
      const escaped = id.split("/").map(encodeURIComponent).join("/");
      return changeRequests(expectation, (request) =>
        isV0Inference(request) || isInPath(request)
          ? {
              ...request,
              path: `${IN_PATH.exec(request.path)?.[0] ?? "/"}${escaped}`,
              query: request.query.filter(
                (pair) => !stray.some(([name, value]) => pair[0] === name && pair[1] === value),
              ),
            }
          : request,
      );
    },
  },
];

const isClipMethod = (method: string) => method.startsWith("infer_on_video");

/** Methods that need a server with the v1 routes. */
const V1_ONLY = new Set([
  "list_loaded_models",
  "load_model",
  "unload_model",
  "unload_all_models",
  "get_model_description",
]);

/** A method of the v1 routes where the two clients are in different modes. */
function inOtherMode(
  expectation: Expectation,
  golden: GoldenCase,
  call: RecordedCall,
  ours: "v0" | "v1",
): Expectation {
  if (ours === "v0") return refusal(expectation, ["WRONG_CLIENT_MODE"]);
  if (call.method !== "list_loaded_models") return expectation;
  const exchange = registryExchange(golden, call);
  const outcomes: readonly ExpectedOutcome[] = [{ kind: "result", value: jsonOf(exchange.response) }];
  return { ...expectation, exchanges: [exchange], outcomes };
}

/** Core models have the key in the body in v1 and in the query in v0. */
function withMovedKey(request: RecordedRequest, golden: GoldenCase, ours: "v0" | "v1"): RecordedRequest {
  const { value } = request.body;
  const key = golden.apiKey;
  if (typeof key !== "string" || !isRecord(value)) return request;
  const { api_key: inBody, ...fields } = value;
  const query = request.query.filter(([name]) => name !== "api_key");
  if (inBody === undefined && query.length === request.query.length) return request;
  return ours === "v0"
    ? { ...request, query: [...query, ["api_key", key]], body: { ...request.body, value: fields } }
    : { ...request, query, body: { ...request.body, value: { ...fields, api_key: key } } };
}

/** The recorded v1 inferences as v0 requests; the registry is not asked. */
function toV0(expectation: Expectation, golden: GoldenCase): readonly Exchange[] {
  return expectation.exchanges
    .filter(({ request }) => isV1Inference(request) || !isApiRequest(golden, request))
    .map((exchange) => {
      if (!isV1Inference(exchange.request)) return exchange;
      return { ...exchange, request: rebuilt(golden, "v0", imageOf(exchange.request)) };
    });
}

/** The recorded v0 inferences as v1 requests, after one question to the registry. */
function toV1(expectation: Expectation, golden: GoldenCase): readonly Exchange[] {
  const call = callsWithOutcome(golden)[0];
  if (call === undefined) return expectation.exchanges;
  return [
    registryExchange(golden, call),
    ...expectation.exchanges.map((exchange) =>
      isV0Inference(exchange.request)
        ? { ...exchange, request: rebuilt(golden, "v1", exchange.request.body.value) }
        : exchange,
    ),
  ];
}

function rebuilt(golden: GoldenCase, mode: "v0" | "v1", image: unknown): RecordedRequest {
  const call = callsWithOutcome(golden)[0];
  if (call === undefined) throw new Error("The case has no call.");
  return inferenceRequest(golden, call, mode, [image]);
}

function imageOf(request: RecordedRequest): unknown {
  const { value } = request.body;
  const image: unknown =
    typeof value === "object" && value !== null && "image" in value ? value.image : undefined;
  return typeof image === "object" && image !== null && "value" in image ? image.value : undefined;
}
