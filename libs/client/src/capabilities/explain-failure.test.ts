import { httpCallError, InvalidParameterError, RouteNotAvailableError } from "@inference-ts/errors";
import { expect, test } from "vitest";
import { explainFailure } from "./explain-failure.ts";

const BASE = "http://host:9001/prefix";

function failure(
  route: string,
  { status = 404, body = {}, modelId }: { status?: number; body?: object; modelId?: string },
) {
  const [method = "", path = ""] = route.split(" ");
  return httpCallError({
    method,
    url: `${BASE}${path}?api_key=0123456789abcdef`,
    status,
    header: (name) => (name === "x-model-id" ? (modelId ?? null) : null),
    body: JSON.stringify(body),
  });
}

const NOT_FOUND = { body: { detail: "Not Found" } };

test.each([
  ["POST /infer/embeddings", NOT_FOUND, "POST /infer/embeddings", "1.7.4", "1.5.0 has it not"],
  [
    "POST /infer/embeddings",
    { status: 401, modelId: "infer/embeddings" },
    "POST /infer/embeddings",
    "1.7.4",
    "1.5.0",
  ],
  ["POST /model/add", { modelId: "model/add" }, "POST /model/add", "0.51.10", "hosted servers leave it out"],
  [
    "POST /lab/workflows/mine/describe_workload",
    { status: 405, body: { detail: "Method Not Allowed" } },
    "POST /{workspace_name}/workflows/{workflow_id}/describe_workload",
    "1.7.4",
    "1.5.0",
  ],
  [
    "GET /inference_pipelines/list",
    { status: 400, body: { message: "Content-Type header not provided with request." } },
    "GET /inference_pipelines/list",
    "0.51.10",
    "switched on",
  ],
] as const)("%s, answered with %j, is a missing route", async (request, answer, route, since, text) => {
  const error = await explainFailure(failure(request, answer), BASE);
  expect(error).toBeInstanceOf(RouteNotAvailableError);
  expect(error).toMatchObject({
    code: "ROUTE_NOT_AVAILABLE",
    route,
    since,
    status: "status" in answer ? answer.status : 404,
    message: expect.stringContaining(text),
  });
  expect(String(error)).not.toContain("0123456789abcdef");
});

test.each([
  [
    "a model that is not there",
    "POST /infer/object_detection",
    { modelId: "never/1", body: { message: "nope" } },
  ],
  ["a model of v0", "POST /colours/1", { modelId: "colours/1", body: { message: "nope" } }],
  ["a path of no known route", "POST /made/up/path", NOT_FOUND],
  ["another failure", "POST /infer/embeddings", { status: 500, body: { message: "Internal error." } }],
])("%s stays the error that it is", async (_name, request, answer) => {
  const error = failure(request, answer);
  expect(await explainFailure(error, BASE)).toBe(error);
});

test("what is no answer of a server is left alone", async () => {
  const error = new TypeError("x");
  expect(await explainFailure(error, BASE)).toBe(error);
});

test.each([
  new TypeError("Failed to fetch dynamically imported module: https://page.test/infer.js"),
  new TypeError("error loading dynamically imported module: https://page.test/infer.js"),
  new TypeError("Importing a module script failed."),
  Object.assign(new Error("Loading chunk 7 failed."), { name: "ChunkLoadError" }),
])("%s: code that cannot be loaded is a connection failure", async (cause) => {
  expect(await explainFailure(cause, BASE)).toMatchObject({ code: "CONNECTION_FAILED", cause });
});

test("an error of this package that speaks of modules stays what it is", async () => {
  const error = new InvalidParameterError("dynamically imported module");
  expect(await explainFailure(error, BASE)).toBe(error);
});
