import { isRecord, type JsonRecord, recordAt, textAt } from "../../golden/json.ts";
import { ourError } from "../expectation.ts";
import { namedArguments } from "../methods.ts";
import { mediaInputOf, mediaNameOf, mediaRequests, resultOf } from "./build-request.ts";
import type { Rule } from "./rule.ts";

/** Everything is sent as the same bytes are, and comes to the same result. */
const likeBytes: Rule["change"] = (expectation, { golden, inputs }) => {
  if (mediaInputOf(golden) === null) return;
  expectation.requests = mediaRequests(golden, inputs);
  expectation.outcome = { kind: "result", value: resultOf(golden) };
};

/** Kinds of inputs that Python refuses here and there, and that are taken everywhere here. */
const FURTHER_KINDS: readonly string[] = [
  "base64",
  "data-url",
  "bytearray",
  "memoryview",
  "pil",
  "bytesio",
  "file-object",
];

/** Pictures and sounds as arguments. */
export const INPUT_RULES: readonly Rule[] = [
  {
    code: "H-file-object",
    title: "streams and file objects",
    python: "Documents them and refuses them.",
    ours: "Takes `Blob`, `File`, `ReadableStream` and Node streams everywhere.",
    change: likeBytes,
  },
  {
    code: null,
    title: "more kinds of inputs",
    python: "Refuses base64 text, data URLs, byte arrays and pictures, some with a raw error.",
    ours: "Takes them everywhere: base64 text and data URLs are decoded, pixels are sent as PNG.",
    applies: ({ golden }) =>
      isRecord(golden.outcome.error) &&
      FURTHER_KINDS.includes(mediaInputOf(golden)?.kind ?? "") &&
      golden.requests.length === 0,
    change: likeBytes,
  },
  {
    code: "H-consumed-file",
    title: "every attempt sends the input",
    python: "A file object is at its end on the second attempt, so an empty body is sent.",
    ours: "The bytes are kept.",
    change: (expectation) => {
      const first = expectation.requests.find(({ method }) => method === "POST");
      if (first === undefined) return;
      expectation.requests = expectation.requests.map((request) =>
        request.method === "POST"
          ? {
              ...request,
              body: first.body,
              headers: { ...request.headers, ...pick(first.headers, "content-type") },
            }
          : request,
      );
    },
  },
  {
    code: "H-none-input",
    title: "no input",
    python: "Sends a request without an input for `None`.",
    ours: "Refuses it before anything is sent.",
    change: (expectation) => {
      expectation.outcome = ourError(["INVALID_INPUT_FORMAT", "INVALID_PARAMETER"]);
      expectation.requests = [];
    },
  },
  {
    code: "H-download-status",
    title: "downloads are checked",
    python: "Sends on whatever an address answers, also the page of a 404.",
    ours: "Fails when the status is not good.",
    change: (expectation) => {
      expectation.outcome = ourError(["INVALID_URL_INPUT"]);
      // All before the input would be sent: redirects of the download, too.
      const end = expectation.requests.findIndex(({ method }) => method === "POST");
      if (end >= 0) expectation.requests = expectation.requests.slice(0, end);
    },
  },
  {
    code: "H-download-again",
    title: "downloads happen once",
    python: "Downloads the input again for every attempt.",
    ours: "Downloads it once.",
    change: (expectation) => {
      let downloads = 0;
      expectation.requests = expectation.requests.filter(({ method, path }) => {
        if (method !== "GET" || path === "/api/tasks") return true;
        downloads += 1;
        return downloads === 1;
      });
    },
  },
  {
    code: "H-download-private",
    title: "private addresses",
    python: "Are downloaded without asking.",
    ours: "Too, unless `urlPolicy` forbids it.",
  },
  {
    code: null,
    title: "arguments of another kind",
    python:
      "Sends numbers, `None` and other values in the place of texts, and anything in the place of messages, tables, labels and pictures.",
    ours: "The compiler refuses them; at run time an error of ours, before anything is sent.",
    applies: ({ golden }) =>
      golden.call.class === null && isOfAnotherKind(golden.call.method, golden.call.args),
    change: (expectation) => {
      expectation.outcome = ourError(["INVALID_PARAMETER", "INVALID_INPUT_FORMAT"]);
      expectation.requests = [];
    },
  },
  {
    code: null,
    title: "data URLs",
    python: "Are taken for paths.",
    ours: "Are decoded, whatever kind of data they name.",
    applies: ({ golden }) => {
      const name = mediaNameOf(golden.call.method);
      const given =
        name === undefined ? undefined : namedArguments(golden.call.method, golden.call.args)[name];
      return typeof given === "string" && given.startsWith("data:");
    },
    change: (expectation) => {
      expectation.anyRequests = true;
      expectation.outcome = { kind: "ours" };
    },
  },
  {
    code: null,
    title: "more arguments by position",
    python: "Raises `TypeError` for options by position.",
    ours: "The compiler refuses them; options are one object.",
    applies: ({ golden }) =>
      golden.call.method !== "$construct" &&
      /takes (from \d+ to )?\d+ positional arguments?/.test(
        textAt(recordAt(golden.outcome, "error"), "message") ?? "",
      ),
    change: (expectation) => {
      expectation.anyRequests = true;
      expectation.outcome = { kind: "ours" };
    },
  },
  {
    code: null,
    title: "a missing argument",
    python: "Raises `TypeError`.",
    ours: "The compiler says so; at run time an error of ours, before anything is sent.",
    applies: ({ golden }) =>
      /missing \d+ required positional/.test(textAt(recordAt(golden.outcome, "error"), "message") ?? ""),
    change: (expectation) => {
      expectation.outcome = ourError(["INVALID_PARAMETER", "INVALID_INPUT_FORMAT", "INVALID_MODEL_ID"]);
    },
  },
];

function pick(headers: Readonly<Record<string, string>>, name: string): Record<string, string> {
  const value = headers[name];
  return value === undefined ? {} : { [name]: value };
}

const TEXTS: readonly string[] = ["text", "prompt", "question", "context", "query", "sentence"];

/** Whether a call that went well in Python has a value of a kind that the declarations do not allow. */
function isOfAnotherKind(method: string, args: JsonRecord): boolean {
  const named = namedArguments(method, args);
  const isText = (value: unknown): boolean => typeof value === "string";
  return Object.entries(named).some(([name, value]) => {
    if (isRecord(value) && Object.hasOwn(value, "$input")) return false;
    if (TEXTS.includes(name)) return !isText(value) && !(Array.isArray(value) && value.every(isText));
    // Nothing at all is another matter.
    if (name === mediaNameOf(method)) return value !== null && !isText(value);
    if (name === "candidate_labels" || name === "labels") {
      return value !== null && !(Array.isArray(value) && value.every(isText));
    }
    if (name === "messages") return !Array.isArray(value);
    return name === "table" && !isRecord(value);
  });
}
