import { type JsonRecord, recordAt, textAt } from "../../golden/json.ts";
import type { RecordedRequest } from "../case.ts";
import { ourError } from "../expectation.ts";
import { mapRequests, type Rule } from "./rule.ts";

function withAuthorization(request: RecordedRequest, value: string | null): RecordedRequest {
  const { authorization: _before, ...headers } = request.headers;
  return { ...request, headers: value === null ? headers : { ...headers, authorization: value } };
}

function namedLike(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** Whether a client can be made of these settings. */
function isUsable({ timeout, token, api_key: apiKey }: JsonRecord): boolean {
  const given = token ?? apiKey ?? true;
  const isToken = typeof given === "string" ? /^[\x21-\x7e]+$/.test(given) : typeof given === "boolean";
  return isToken && !(typeof timeout === "number" && timeout <= 0);
}

/** Origins of Hugging Face. */
const HOME = /^https:\/\/([^/]*\.)?(huggingface\.co|hf\.co|hf\.space|huggingface\.cloud)(:\d+)?$/;

/** Which token goes where, and what the constructor refuses. */
export const TOKEN_RULES: readonly Rule[] = [
  {
    code: "H-implicit-token",
    title: "a found token stays at home",
    python: "Sends the token of the environment or of the saved file to any host that is given as a model.",
    ours: "Sends it to Hugging Face hosts and configured endpoints only; other hosts need a token, or `token: true`.",
    change: (expectation) => mapRequests(expectation, (request) => withAuthorization(request, null)),
  },
  {
    code: null,
    title: "a found token is sent encrypted",
    python: "Sends the token of the environment or of the saved file also over `http://`.",
    ours: "To configured endpoints it goes as they are configured, to all other hosts by https.",
    applies: ({ golden }) =>
      golden.client.token === undefined && golden.client.api_key === undefined && golden.call.class === null,
    change: (expectation, { golden }) => {
      const configured = [golden.environ.HF_INFERENCE_ENDPOINT, golden.environ.HF_ENDPOINT];
      mapRequests(expectation, (request) => {
        const { origin, headers } = request;
        const isConfigured = configured.some((address = "") =>
          origin === null ? address.startsWith("{BASE}") : URL.parse(address)?.origin === origin,
        );
        const isAtHome = isConfigured || (origin !== null && HOME.test(origin));
        const isToken = headers.authorization?.startsWith("Bearer ") === true;
        return isToken && !isAtHome ? withAuthorization(request, null) : request;
      });
    },
  },
  {
    code: "H-tasks-token",
    title: "the list of tasks is public",
    python: "Asks for recommended models with the token of the machine, also where the client has its own.",
    ours: "Asks without a token.",
    change: (expectation) =>
      mapRequests(expectation, (request) =>
        request.path === "/api/tasks" ? withAuthorization(request, null) : request,
      ),
  },
  {
    code: "H-netrc",
    title: "`.netrc` is not read",
    python: "An entry of `~/.netrc` replaces the caller's token (sync only).",
    ours: "The file is not read.",
    change: (expectation, { golden }) => {
      const token = golden.client.token ?? golden.client.api_key;
      mapRequests(expectation, (request) =>
        withAuthorization(request, typeof token === "string" ? `Bearer ${token}` : null),
      );
    },
  },
  {
    code: "H-url-credentials",
    title: "user and password in an address",
    python: "They replace the caller's token.",
    ours: "Nothing replaces a given token; without one they are sent as `Basic`.",
    change: (expectation, { golden }) => {
      const token = golden.client.token ?? golden.client.api_key;
      if (typeof token !== "string") return;
      mapRequests(expectation, (request) => withAuthorization(request, `Bearer ${token}`));
    },
  },
  ...["H-empty-token", "H-token-newline", "H-timeout-value"].map(
    (code): Rule => ({
      code,
      title:
        { "H-empty-token": "an empty token", "H-token-newline": "a token with a line break" }[code] ??
        "a time limit that is no number",
      python: "Is not checked; the request fails later, or carries `Bearer ` with nothing behind it.",
      ours: "The constructor refuses it.",
      change: (expectation) => {
        expectation.outcome = ourError(["INVALID_PARAMETER"]);
        expectation.requests = [];
      },
    }),
  ),
  {
    code: null,
    title: "settings that cannot work",
    python:
      "Time limits of 0 or less, tokens that are no text, and tokens with blanks or with letters that no header may have are not checked.",
    ours: "The constructor refuses them.",
    applies: ({ golden }) => golden.call.class === null && !isUsable(golden.client),
    change: (expectation) => {
      expectation.outcome = ourError(["INVALID_PARAMETER"]);
      expectation.requests = [];
    },
  },
  {
    code: null,
    title: "cookies count everywhere",
    python: "`health_check`, `get_endpoint_info`, `get_model_status` and `list_deployed_models` send none.",
    ours: "Every request to a model carries them.",
    applies: ({ golden }) => /^(get_(endpoint|model)|list_|health_)/.test(golden.call.method),
    change: (expectation, { golden }) => {
      const cookies = Object.entries(recordAt(golden.client, "cookies"));
      if (cookies.length === 0) return;
      const cookie = cookies.map(([name, value]) => `${name}=${value}`).join("; ");
      mapRequests(expectation, (request) => ({ ...request, headers: { cookie, ...request.headers } }));
    },
  },
  {
    code: null,
    title: "cookies of servers",
    python: "Are kept for the whole process, whatever client it is (sync only).",
    ours: "Are not kept; `cookies` are those of the caller.",
    applies: ({ golden }) =>
      golden.answers.some(({ headers }) => namedLike(headers, "set-cookie") !== undefined),
    change: (expectation) => {
      const given = expectation.requests[0]?.headers.cookie;
      mapRequests(expectation, (request) => {
        const { cookie: _kept, ...headers } = request.headers;
        return { ...request, headers: given === undefined ? headers : { ...headers, cookie: given } };
      });
    },
  },
  {
    code: null,
    title: "an empty path of the token",
    python: "An empty `HF_TOKEN_PATH` is the current folder, which cannot be read.",
    ours: "There is no saved token then.",
    applies: ({ golden }) => golden.environ.HF_TOKEN_PATH === "",
    change: (expectation) => {
      expectation.anyRequests = true;
      expectation.outcome = { kind: "ours" };
    },
  },
  {
    code: null,
    title: "the token of a proxy",
    python: "The async client sends the model's token to the proxy as `Proxy-Authorization`.",
    ours: "The proxy gets none.",
    applies: ({ golden }) =>
      golden.requests.some(({ headers }) => headers["proxy-authorization"] !== undefined),
    change: (expectation) =>
      mapRequests(expectation, (request) => {
        const { "proxy-authorization": _token, ...headers } = request.headers;
        return { ...request, headers };
      }),
  },
  {
    code: null,
    title: "arguments by position",
    python: "`InferenceClient(model)` takes the model by position.",
    ours: "The constructor takes one object of options.",
    applies: ({ golden }) => golden.call.class === null && textAt(golden.client, "$args") !== undefined,
  },
];
