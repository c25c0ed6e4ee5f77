import { join } from "node:path";
import { isRecord, recordAt, textAt } from "../../golden/json.ts";
import type { RecordedRequest } from "../case.ts";
import { mediaNameOf, typeOfFile } from "./build-request.ts";
import { mapRequests, type Rule } from "./rule.ts";

/** A request with the media type that its bytes have; JSON stays as it is. */
function withTypeOfBytes(request: RecordedRequest, inputs: string): RecordedRequest {
  if (request.body.kind !== "bytes") return request;
  const file = textAt(request.body, "same_bytes_as");
  const type = file === undefined ? "application/octet-stream" : typeOfFile(join(inputs, file));
  return { ...request, headers: { ...request.headers, "content-type": type } };
}

/** What is sent otherwise, because the containers of Inference Endpoints need it. */
export const REQUEST_RULES: readonly Rule[] = [
  {
    code: "H-no-content-type",
    title: "bytes have a media type",
    python:
      "Sends bytes without a content type, which the container of Inference Endpoints refuses with 400.",
    ours: "Recognises pictures and sounds by their first bytes and sends the exact type; `application/octet-stream` for anything else.",
    change: (expectation, { inputs }) => {
      mapRequests(expectation, (request) =>
        request.headers["content-type"] === undefined ? withTypeOfBytes(request, inputs) : request,
      );
    },
  },
  {
    code: null,
    title: "the exact media type",
    python: "The async client sends `application/octet-stream`, or a type by the name of the file.",
    ours: "The type that the bytes have, as everywhere.",
    applies: ({ golden }) => {
      const given = Object.keys(recordAt(golden.client, "headers")).map((name) => name.toLowerCase());
      return mediaNameOf(golden.call.method) !== undefined && !given.includes("content-type");
    },
    change: (expectation, { golden, inputs }) => {
      if (golden.call.method === "post") return;
      mapRequests(expectation, (request) =>
        request.headers["content-type"] === undefined ? request : withTypeOfBytes(request, inputs),
      );
    },
  },
  {
    code: "H-vqa-shape",
    title: "questions about pictures",
    python: "Sends `{question, image}`, which the container refuses.",
    ours: "Sends `{inputs: {question, image}}`, the only form that works there.",
    change: (expectation) => {
      mapRequests(expectation, (request) => {
        const value = recordAt(request.body, "value");
        if (!Object.hasOwn(value, "question") || !Object.hasOwn(value, "image")) return request;
        const { question, image, ...rest } = value;
        return { ...request, body: { kind: "json", value: { inputs: { question, image }, ...rest } } };
      });
    },
  },
  {
    code: "H-embed-parameters",
    title: "options of embeddings",
    python: "Puts `normalize` and the others under `parameters`, where the embedding server does not look.",
    ours: "Puts them beside `inputs`.",
    change: (expectation) => {
      mapRequests(expectation, (request) => {
        const { parameters, ...rest } = recordAt(request.body, "value");
        if (!isRecord(parameters)) return request;
        return { ...request, body: { kind: "json", value: { ...rest, ...parameters } } };
      });
    },
  },
  {
    code: null,
    title: "names of the client",
    python: "Sends `User-Agent: unknown/None; hf_hub/...; python/...` and a random `X-Amzn-Trace-Id`.",
    ours: "Sends neither of its own; a `User-Agent` of the caller is sent as it is.",
    applies: () => false,
  },
  {
    code: null,
    title: "requests side by side",
    python: "`list_deployed_models` asks for one framework after the other (sync).",
    ours: "Asks for all at once, so which request gets which scripted answer is open.",
    applies: ({ golden }) => golden.unordered && isRecord(golden.outcome.result) && golden.answers.length > 1,
    change: (expectation, { golden }) => {
      expectation.outcome = { kind: "lists", value: recordAt(golden.outcome, "result") };
    },
  },
  {
    code: null,
    title: "arguments of later versions",
    python:
      "Refuses names that it does not know with a `TypeError`, such as `bill_to`, `extra_body`, `max_completion_tokens`.",
    ours: "The compiler refuses names that are not declared; at run time further parameters are sent on, so that a newer server gets what a newer caller means. `billTo` exists.",
    applies: ({ golden }) => {
      const message = textAt(recordAt(golden.outcome, "error"), "message") ?? "";
      return /unexpected keyword argument/.test(message) && !("provider" in golden.client);
    },
    change: (expectation, { golden }) => {
      expectation.outcome = { kind: "ours" };
      expectation.anyRequests = golden.call.method !== "$construct";
    },
  },
];
