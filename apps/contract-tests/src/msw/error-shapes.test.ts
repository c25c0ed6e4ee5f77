import { HTTPCallError } from "@inference-ts/sdk";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENTRIES } from "../rig/entries.ts";
import { failureOf } from "../rig/failures.ts";
import { PIXEL, PIXEL_BASE64 } from "../rig/images.ts";

const KEY = "test-key-0123456789";
const API_URL = "http://inference.test:9001";
let answer = (): Response => new Response();
const server = setupServer(http.post("*/boxes/1", () => answer()));
beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterAll(() => server.close());

/** Every shape of the error bodies of servers 1.5 to 1.8.3 and of the hosted ones, and what is read from it. */
const SHAPES: readonly (readonly [name: string, body: unknown, expected: object])[] = [
  ["message", { message: "Bad image." }, { serverMessage: "Bad image." }],
  [
    "message and help_url",
    { message: "No package.", help_url: "https://help.test/a" },
    { serverMessage: "No package.", helpUrl: "https://help.test/a" },
  ],
  [
    "five fields",
    {
      message: "Failed to run.",
      error_type: "RuntimeInputError",
      context: "workflow_execution | runtime_input",
      inner_error_type: "ValueError",
      inner_error_message: "not an image",
    },
    {
      serverMessage: "Failed to run.. More details: not an image",
      errorType: "RuntimeInputError",
      innerErrorType: "ValueError",
    },
  ],
  [
    "five fields without an inner error",
    { message: "Wrong reference.", error_type: "ReferenceTypeError", inner_error_message: "None" },
    { serverMessage: "Wrong reference.", errorType: "ReferenceTypeError" },
  ],
  [
    "blocks_errors",
    {
      message: "A step failed.",
      error_type: "StepExecutionError",
      blocks_errors: [{ block_id: "$steps.model", block_type: "roboflow_core/x@v1", block_details: "boom" }],
    },
    {
      serverMessage: "A step failed.",
      blockErrors: [{ blockId: "$steps.model", blockType: "roboflow_core/x@v1", blockDetails: "boom" }],
    },
  ],
  ["detail as text", { detail: "Not Found" }, { serverMessage: "Not Found" }],
  [
    "detail as FastAPI's list",
    {
      detail: [
        {
          type: "missing",
          loc: ["body", "image"],
          msg: "Field required",
          input: { api_key: KEY, image: { value: PIXEL_BASE64 } },
        },
        {
          type: "float_type",
          loc: ["body", "confidence"],
          msg: "Input should be a valid number",
          input: "x",
        },
      ],
    },
    { serverMessage: "body.image: Field required\nbody.confidence: Input should be a valid number" },
  ],
  [
    "detail as an object",
    { detail: { status: "error", message: "session is over" } },
    { serverMessage: "session is over" },
  ],
  [
    "status and message",
    { status: 401, message: "Unauthorized api_key" },
    { serverMessage: "Unauthorized api_key" },
  ],
  ["error and hint", { error: "no socket", hint: "mount it" }, { serverMessage: "no socket (mount it)" }],
  ["error", { error: "bad id" }, { serverMessage: "bad id" }],
  ["status and reason", { status: "unhealthy", reason: "cuda_error" }, { serverMessage: "cuda_error" }],
  ["plain text", "Internal Server Error", { serverMessage: "Internal Server Error" }],
];

describe.each(ENTRIES)("$name", ({ open }) => {
  const failWith = async (response: () => Response) => {
    answer = response;
    await using client = open({ apiUrl: API_URL, apiMode: "v0", apiKey: KEY, modelId: "boxes/1" });
    const error = await failureOf(client.infer(PIXEL));
    if (!(error instanceof HTTPCallError)) throw error;
    return error;
  };

  test.each(SHAPES)("%s", async (_name, body, expected) => {
    const error = await failWith(() =>
      typeof body === "string"
        ? new Response(body, { status: 400, headers: { "content-type": "text/plain" } })
        : HttpResponse.json(Object(body), { status: 400 }),
    );
    expect(error).toMatchObject({
      code: "HTTP_ERROR",
      status: 400,
      method: "POST",
      url: `${API_URL}/boxes/1`,
    });
    expect(error).toMatchObject(expected);
    expect(error.message).toContain(error.serverMessage?.replace(/\.$/, ""));
    expect(JSON.stringify(error) + error.message).not.toContain(PIXEL_BASE64);
    expect((JSON.stringify(error) + error.message).includes(KEY)).toBe(false);
  });

  test("an empty body, a request id, attempts", async () => {
    const error = await failWith(
      () => new Response(null, { status: 413, headers: { "x-request-id": "abc123" } }),
    );
    expect(error).toMatchObject({ status: 413, serverMessage: undefined, requestId: "abc123", attempts: 1 });
    expect(error.message).toMatch(/413 for model boxes\/1: no message\. .*maxBatchSize/);
  });

  test.each([401, 402, 403, 404, 413, 422, 423, 500, 501, 507])(
    "status %i has a hint of its own",
    async (status) => {
      const error = await failWith(() => HttpResponse.json({ message: "no" }, { status }));
      expect(error.hint).toMatch(/\w{4}/);
      expect(error.message.endsWith(error.hint ?? "-")).toBe(true);
    },
  );
});
