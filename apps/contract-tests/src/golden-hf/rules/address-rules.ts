import { textAt } from "../../golden/json.ts";
import type { RecordedRequest } from "../case.ts";
import { lastJson, ourError } from "../expectation.ts";
import { namedArguments } from "../methods.ts";
import { addressOf, mediaInputOf, mediaRequests, resultOf, textRequest } from "./build-request.ts";
import { mapRequests, type Rule, type RuleContext } from "./rule.ts";

const modelOf = ({ golden }: RuleContext): string =>
  textAt(namedArguments(golden.call.method, golden.call.args), "model") ??
  textAt(golden.client, "model") ??
  textAt(golden.client, "base_url") ??
  "";

/** Ids that climb out of their path or leave a part of it empty. */
const isUnsafe = (model: string): boolean =>
  model.split("/").some((part) => part === "" || /^\.{1,2}$/.test(part));

/** An id in a path: what an address may hold stays, what would end the path is escaped. */
const escaped = (part: string): string => encodeURI(part).replace(/[?#]/g, encodeURIComponent);

/** Where requests go. */
export const ADDRESS_RULES: readonly Rule[] = [
  {
    code: "H-chat-query",
    title: "a query in the address of a chat",
    python: "Glues `/v1/chat/completions` behind the query.",
    ours: "Puts it behind the path and keeps the query.",
    change: (expectation, context) => {
      const { path, query } = addressOf(modelOf(context));
      const base = path.replace(/\/+$/, "");
      const suffix = base.endsWith("/chat/completions")
        ? ""
        : base.endsWith("/v1")
          ? "/chat/completions"
          : "/v1/chat/completions";
      mapRequests(expectation, (request) => ({ ...request, path: `${base}${suffix}`, query }));
    },
  },
  {
    code: "H-id-escape",
    title: "ids are checked",
    python: "Pastes ids into the path, also `../..`, empty parts and `?`.",
    ours: "Refuses parts that are empty, `.` or `..`, and escapes the others.",
    change: (expectation, context) => {
      const model = modelOf(context);
      if (isUnsafe(model)) {
        expectation.outcome = ourError(["INVALID_MODEL_ID"]);
        expectation.requests = [];
        return;
      }
      const path = model.split("/").map(escaped).join("/");
      mapRequests(expectation, (request) => ({
        ...request,
        path:
          /^(.*?\/(?:models|status|pipeline\/[^/]+)\/)/.exec(request.path)?.[1]?.concat(path) ?? request.path,
        query: [],
      }));
    },
  },
  {
    code: "H-url-case",
    title: "schemes in any letter case, no other schemes",
    python: "Takes `HTTPS://...` for a path or an id, and `ftp://...` for an id.",
    ours: "Reads http and https in any letter case, and refuses other schemes.",
    change: (expectation, context) => {
      const { golden, inputs } = context;
      const model = modelOf(context);
      if (/^(?!https?:)[a-z][a-z0-9+.-]*:\/\//i.test(model)) {
        expectation.outcome = ourError(["INVALID_MODEL_ID", "INVALID_PARAMETER"]);
        expectation.requests = [];
        return;
      }
      if (mediaInputOf(golden) !== null) {
        expectation.requests = mediaRequests(golden, inputs);
        expectation.outcome = { kind: "result", value: resultOf(golden.call.method, lastJson(golden)) };
        return;
      }
      const address = addressOf(model);
      mapRequests(expectation, (request) => ({ ...request, ...address }));
    },
  },
  {
    code: "H-double-slash",
    title: "addresses are joined",
    python: "Doubles the slash of `HF_INFERENCE_ENDPOINT=https://host/`.",
    ours: "Joins addresses with one slash.",
    change: (expectation) =>
      mapRequests(expectation, (request) => ({ ...request, path: request.path.replace(/\/{2,}/g, "/") })),
  },
  {
    code: "H-empty-endpoint",
    title: "an empty variable is not set",
    python: "Takes an empty `HF_INFERENCE_ENDPOINT` for the address.",
    ours: "Uses the default.",
    change: (expectation, { golden }) => {
      expectation.requests = [textRequest(golden)];
      // No answer was recorded.
      expectation.outcome = { kind: "ours" };
    },
  },
  {
    code: "H-base-url-ignored",
    title: "`base_url` counts everywhere",
    python: "`health_check` and `get_endpoint_info` do not look at `base_url`.",
    ours: "Every method does.",
    change: (expectation, context) => {
      const { golden } = context;
      const { path, ...address } = addressOf(modelOf(context));
      const route = golden.call.method === "health_check" ? "/health" : "/info";
      const token = golden.client.token ?? golden.client.api_key;
      const request: RecordedRequest = {
        method: "GET",
        ...address,
        path: `${path.replace(/\/+$/, "")}${route}`,
        headers: {
          accept: "*/*",
          ...(typeof token === "string" ? { authorization: `Bearer ${token}` } : {}),
        },
        body: { kind: "empty" },
        absoluteForm: false,
      };
      expectation.requests = [request];
      // No answer was recorded.
      expectation.outcome = { kind: "ours" };
    },
  },
  {
    code: "H-chat-model-split",
    title: "among ids the call's model wins",
    python: "Chat goes to the client's model and names the call's model in the body.",
    ours: "Goes to the call's model.",
    change: (expectation, { golden }) => {
      const wanted = textAt(golden.call.args, "model") ?? "";
      const own = textAt(golden.client, "model") ?? textAt(golden.client, "base_url") ?? "";
      mapRequests(expectation, (request) => ({
        ...request,
        path: request.path.replace(`/${own}/`, `/${wanted}/`),
      }));
    },
  },
  {
    code: "H-status-http",
    title: "the status of an address",
    python: "Refuses `https://` and pastes `http://` into the path.",
    ours: "Refuses both.",
    change: (expectation) => {
      expectation.outcome = ourError(["INVALID_PARAMETER"]);
      expectation.requests = [];
    },
  },
  {
    code: "H-health-redirect",
    title: "a redirect is not health",
    python: "Follows a redirect and takes its target's status.",
    ours: "Only status 200 of the endpoint itself counts.",
    change: (expectation) => {
      expectation.requests = expectation.requests.slice(0, 1);
      expectation.outcome = { kind: "result", value: false };
    },
  },
];
