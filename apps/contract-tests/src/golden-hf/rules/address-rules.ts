import { recordAt, textAt } from "../../golden/json.ts";
import type { GoldenCase, RecordedRequest } from "../case.ts";
import { ourError } from "../expectation.ts";
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

const isChatMethod = (method: string): boolean => method.startsWith("chat");

/** The path of a chat below the path of an address. */
function chatPath(path: string): string {
  const base = path.replace(/\/+$/, "");
  if (base.endsWith("/chat/completions")) return base;
  return `${base}${base.endsWith("/v1") ? "" : "/v1"}/chat/completions`;
}

function withModel(body: RecordedRequest["body"], model: string): RecordedRequest["body"] {
  return { ...body, value: { ...recordAt(body, "value"), model } };
}

/** What methods that ask an endpoint about itself put behind its path. */
const ROUTES: Readonly<Record<string, string>> = { health_check: "/health", get_endpoint_info: "/info" };
const routeOf = ({ golden }: RuleContext): string | undefined => ROUTES[golden.call.method];

/** The first redirect that ours does not follow, -1 without one. */
function refusedRedirect({ requests, answers, hub, call }: GoldenCase): number {
  const asked = requests.filter(({ path }) => hub[path] === undefined);
  return asked.findIndex((request, index) => {
    const next = asked[index + 1];
    const status = answers[index]?.status ?? 200;
    if (next === undefined || status < 300 || status >= 400 || call.class !== null) return false;
    const isDowngrade =
      request.origin?.startsWith("https:") === true && next.origin?.startsWith("http:") === true;
    return next.method !== request.method || isDowngrade;
  });
}

/** Where requests go. */
export const ADDRESS_RULES: readonly Rule[] = [
  {
    code: "H-chat-query",
    title: "a query in the address of a chat",
    python: "Glues `/v1/chat/completions` behind the query.",
    ours: "Puts it behind the path and keeps the query.",
    change: (expectation, context) => {
      const { path, query } = addressOf(modelOf(context));
      mapRequests(expectation, (request) => ({ ...request, path: chatPath(path), query }));
    },
  },
  {
    code: null,
    title: "a query in the address of an endpoint",
    python: "Glues `/health` and `/info` behind the query.",
    ours: "Puts them behind the path and keeps the query.",
    applies: (context) => routeOf(context) !== undefined && /[?#]/.test(modelOf(context)),
    change: (expectation, context) => {
      const { path, query } = addressOf(modelOf(context));
      const route = `${path.replace(/\/+$/, "")}${routeOf(context)}`;
      mapRequests(expectation, (request) => ({ ...request, path: route, query }));
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
        expectation.outcome = { kind: "result", value: resultOf(golden) };
        return;
      }
      const address = addressOf(model);
      const isChat = isChatMethod(golden.call.method);
      mapRequests(expectation, (request) => ({
        ...request,
        ...address,
        ...(isChat ? { path: chatPath(address.path), body: withModel(request.body, "tgi") } : {}),
      }));
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
      const route = routeOf(context);
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
    code: null,
    title: "letters of addresses",
    python: "Escapes `[`, `]`, `|`, `^`, a lone `%`, `\\` and blanks at the end of an address.",
    ours: "Reads and writes addresses as browsers do.",
    applies: (context) => {
      const model = modelOf(context);
      return (
        /^https?:/i.test(model) &&
        /[[\]|^\\]|%(?![0-9a-f]{2})| $/i.test(model) &&
        routeOf(context) === undefined
      );
    },
    change: (expectation, context) => {
      const { path } = addressOf(modelOf(context));
      const isChat = isChatMethod(context.golden.call.method);
      mapRequests(expectation, (request) => ({ ...request, path: isChat ? chatPath(path) : path }));
    },
  },
  {
    code: null,
    title: "redirects that lose something",
    python: "Repeats a `POST` as `GET` without its inputs after 301, 302 and 303, and leaves https for http.",
    ours: "Follows neither: `HTTPCallError` with the status of the redirect. `GET` is redirected by every status, `POST` by 307 and 308.",
    applies: ({ golden }) => refusedRedirect(golden) >= 0,
    change: (expectation, { golden }) => {
      const index = refusedRedirect(golden);
      expectation.requests = expectation.requests.slice(0, index + 1);
      expectation.outcome = ourError(["HTTP_ERROR"], { status: golden.answers[index]?.status });
    },
  },
  {
    code: null,
    title: "many redirects",
    python: "Follows 30.",
    ours: "Follows 10.",
    applies: ({ golden }) => recordAt(golden.outcome, "error").class === "TooManyRedirects",
    change: (expectation) => {
      expectation.requests = expectation.requests.slice(0, 11);
      expectation.outcome = ourError(["HTTP_ERROR"]);
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
