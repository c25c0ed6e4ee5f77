import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { isRecord, recordAt } from "./json.ts";
import { type GoldenCase, type RecordedRequest, readCase } from "./read-case.ts";
import { runCase } from "./run-case.ts";

const FIXTURES = resolve(import.meta.dirname, "../../fixtures/golden");
const INPUTS = resolve(FIXTURES, "inputs");
const load = (name: string) => readCase(resolve(FIXTURES, "cases", `${name}.json`));

/** The problems of a case that was made wrong on purpose. */
async function problemsOf(golden: GoldenCase): Promise<string> {
  const report = await runCase(golden, INPUTS);
  expect(report.status).toBe("failed");
  return report.problems.join("\n");
}

const lastRequest = (
  golden: GoldenCase,
  change: (request: RecordedRequest) => RecordedRequest,
): GoldenCase => ({
  ...golden,
  requests: golden.requests.map((request, index) =>
    index === golden.requests.length - 1 ? change(request) : request,
  ),
});
const withBody = (request: RecordedRequest, fields: object): RecordedRequest => ({
  ...request,
  body: { ...request.body, value: { ...recordAt(request.body, "value"), ...fields } },
});

const v0 = load("infer-v0/v0-od-infer-path-single");
const v1 = load("infer-v1/v1-od-infer-path-single");
const shrunk = load("infer-v1/downsize-v1-path-to-model-input");

describe("the replay of an unchanged case passes", () => {
  test.each([v0, v1, shrunk])("$id", async (golden) => {
    expect(await runCase(golden, INPUTS)).toMatchObject({ status: "passed", problems: [] });
  });
});

describe("a case that does not fit fails", () => {
  test("other image bytes", async () => {
    const image = { $image: { same_bytes_as: "images/blue-64x48.png" } };
    const wrongV1 = lastRequest(v1, (request) =>
      withBody(request, { image: { type: "base64", value: image } }),
    );
    expect(await problemsOf(wrongV1)).toContain("body.image.value: bytes differ from images/blue-64x48.png");
    const wrongV0 = lastRequest(v0, (request) => ({
      ...request,
      body: { kind: "base64-raw", value: image },
    }));
    expect(await problemsOf(wrongV0)).toContain("body: bytes differ");
  });

  test("another size or other colours of a picture that is encoded anew", async () => {
    const recorded = (shrunk.requests.at(-1)?.body.value ?? {}) as { image: { value: { $image: object } } };
    const change = (fields: object) =>
      lastRequest(shrunk, (request) =>
        withBody(request, {
          image: { type: "base64", value: { $image: { ...recorded.image.value.$image, ...fields } } },
        }),
      );
    expect(await problemsOf(change({ width: 49 }))).toContain("size is 50x25, expected 49x25");
    const black = Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => [0, 0, 0]));
    expect(await problemsOf(change({ rgb_grid_4x4: black }))).toContain("colour of cell 0,0");
  });

  test("a missing, an additional and another query parameter", async () => {
    const query = (change: (pairs: RecordedRequest["query"]) => RecordedRequest["query"]) =>
      lastRequest(v0, (request) => ({ ...request, query: change(request.query) }));
    expect(await problemsOf(query((pairs) => [...pairs, ["confidence", "0.5"]]))).toContain(
      "query has no confidence=0.5",
    );
    expect(
      await problemsOf(query((pairs) => pairs.filter(([name]) => name !== "disable_active_learning"))),
    ).toContain("query has disable_active_learning=False, which is not expected");
    const changed = query((pairs) =>
      pairs.map(([name, value]) => [name, value === "False" ? "True" : value]),
    );
    expect(await problemsOf(changed)).toContain("query has no allow_reduced_mask_resolution=True");
  });

  test("another path, method, host or header", async () => {
    expect(
      await problemsOf(lastRequest(v1, (request) => ({ ...request, path: "/infer/classification" }))),
    ).toContain("path is /infer/object_detection");
    expect(
      await problemsOf(lastRequest(v1, (request) => ({ ...request, path: "//infer/object_detection" }))),
    ).toContain("path is /infer/object_detection");
    expect(await problemsOf(lastRequest(v1, (request) => ({ ...request, method: "PUT" })))).toContain(
      "method is POST",
    );
    const elsewhere = { ...v0, apiUrl: "https://classify.roboflow.com" };
    expect(await problemsOf(elsewhere)).toContain("host is https://classify.roboflow.com");
    const header = lastRequest(v1, (request) => ({
      ...request,
      headers: { ...request.headers, "x-more": "1" },
    }));
    expect(await problemsOf(header)).toContain("header x-more is missing");
  });

  test("a missing, an additional and another body field", async () => {
    expect(await problemsOf(lastRequest(v1, (request) => withBody(request, { confidence: 0.4 })))).toContain(
      "body.confidence: missing, expected 0.4",
    );
    expect(
      await problemsOf(lastRequest(v1, (request) => withBody(request, { model_id: "other/1" }))),
    ).toContain("body.model_id: expected other/1, got proj/1");
    const fewer = lastRequest(v1, (request) => {
      const { visualize_predictions: _, ...rest } = recordAt(request.body, "value");
      return { ...request, body: { kind: "json", value: rest } };
    });
    expect(await problemsOf(fewer)).toContain("body.visualize_predictions: not recorded, got false");
  });

  test("a request that is not made, and one that is too many", async () => {
    const [first] = v1.requests;
    if (first === undefined) throw new Error("The case has no request.");
    const answer = v1.responses[0];
    if (answer === undefined) throw new Error("The case has no answer.");
    const more = { ...v1, requests: [...v1.requests, first], responses: [...v1.responses, answer] };
    expect(await problemsOf(more)).toContain("request 3 is missing: GET /model/registry");
    const fewer = { ...v1, requests: v1.requests.slice(0, 1), responses: v1.responses.slice(0, 1) };
    expect(await problemsOf(fewer)).toContain("not expected: POST /infer/object_detection");
  });

  test("the key in another place than configured", async () => {
    const legacy = load("auth/auth-v1-infer-legacy");
    const asHeader = {
      ...legacy,
      setup: [{ method: "configure", context: undefined, args: { api_key_transport: "header" } }],
    };
    const problems = await problemsOf(asHeader);
    expect(problems).toContain("header authorization is not expected");
    expect(problems).toContain("body.api_key: missing");
  });

  test("another result, a result for an error, an error for a result", async () => {
    const [outcome] = v1.outcomes;
    const value = outcome?.kind === "result" && isRecord(outcome.value) ? outcome.value : {};
    expect(
      await problemsOf({ ...v1, outcomes: [{ kind: "result", value: { ...value, time: 1 } }] }),
    ).toContain("time: expected 1, got 0.021");
    expect(
      await problemsOf({ ...v1, outcomes: [{ kind: "result", value: { ...value, extra: null } }] }),
    ).toContain("extra: missing");
    const error = { class: "WrongClientModeError", sdk_bases: ["HTTPClientError"] };
    expect(await problemsOf({ ...v1, outcomes: [{ kind: "error", error }] })).toContain(
      "expected an error WRONG_CLIENT_MODE, got the result",
    );
    expect(await problemsOf({ ...load("infer-v1/v1-no-model-selected"), outcomes: v1.outcomes })).toContain(
      "expected a result, got MODEL_NOT_SELECTED",
    );
    expect(
      await problemsOf({ ...load("infer-v1/v1-no-model-selected"), outcomes: [{ kind: "error", error }] }),
    ).toContain("error is MODEL_NOT_SELECTED");
  });

  test("another status and another server message", async () => {
    const golden = load("errors/error-v1-infer-message");
    const [registry] = golden.responses;
    if (registry === undefined) throw new Error("The case has no answer.");
    const answered = (status: number, json: unknown): GoldenCase => ({
      ...golden,
      responses: [registry, { status, headers: {}, body: { json }, delayMs: 0, for: {} }],
    });
    // The recorded outcome says 400; an answer of 404 is another error.
    expect(await problemsOf(answered(404, { message: "the message" }))).toContain(
      "error.status is 404, expected 400",
    );
    expect((await runCase(answered(400, { message: "said otherwise" }), INPUTS)).status).toBe("passed");
  });

  test("another state afterwards, another number of open requests", async () => {
    expect(await problemsOf({ ...v1, stateAfter: { client_mode: "v0", selected_model: null } })).toContain(
      "clientMode is v1 afterwards, expected v0",
    );
    expect(await problemsOf({ ...v1, stateAfter: { client_mode: "v1", selected_model: "a/1" } })).toContain(
      "selectedModel is null afterwards, expected a/1",
    );
    const concurrent = load("batching/concurrency-v1-4-with-five-images");
    expect(await problemsOf({ ...concurrent, maxInFlight: 5 })).toContain(
      "4 requests were open at once, expected 5",
    );
  });

  test("a wait that the server did not ask for", async () => {
    const golden = load("retry/retry-v0-retry-after-seconds-is-ignored");
    expect((await runCase(golden, INPUTS)).status).toBe("passed");
    const silent = golden.responses.map((response) => ({ ...response, headers: {} }));
    // Without the header nothing is waited for that could be checked; the deviation is then settled by no rule.
    expect(await problemsOf({ ...golden, responses: silent })).toBe("no rule settles D-retry-after");
  });

  test("a deviation without a rule, a field without a meaning, a method that nobody knows", async () => {
    expect(await problemsOf({ ...v1, deviationCodes: ["D-unheard-of"] })).toBe(
      "no rule settles D-unheard-of",
    );
    expect(await problemsOf({ ...v1, unsupported: ["weather"] })).toContain("gives no meaning to weather");
    const calls = [{ method: "predict_rain", context: undefined, args: {} }];
    expect(await problemsOf({ ...v1, calls })).toContain('The runner knows no method "predict_rain"');
  });
});

test("neither the global fetch nor the global timer stays replaced", async () => {
  const before = [globalThis.fetch, globalThis.setTimeout];
  await runCase(load("inputs/inputs-v1-url"), INPUTS);
  expect([globalThis.fetch, globalThis.setTimeout]).toEqual(before);
});
