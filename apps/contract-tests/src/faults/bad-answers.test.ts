import { describe, expect, test } from "vitest";
import { ENTRIES } from "../rig/entries.ts";
import { failureOf } from "../rig/failures.ts";
import { PIXEL } from "../rig/images.ts";
import { DETECTION, type Handler, json, MODEL, startServer } from "../rig/server.ts";

const send =
  (body: string, status = 200, type = "application/json"): Handler =>
  (_request, response) => {
    response.writeHead(status, { "content-type": type });
    response.end(body);
  };
const page = "<html><head><title>502 Bad Gateway</title></head><body><h1>nginx</h1></body></html>";

describe.each(ENTRIES)("$name", ({ open }) => {
  test.each([
    [502, 3],
    [503, 3],
    [500, 1],
    [404, 1],
  ])(
    "an HTML page with status %i is an HTTP error with the page's title, after %i attempts",
    async (status, attempts) => {
      await using server = await startServer({ infer: send(page, status, "text/html") });
      await using client = open({ apiUrl: server.url, modelId: MODEL });
      const error = await failureOf(client.infer(PIXEL));
      expect(error).toMatchObject({ code: "HTTP_ERROR", status, attempts, serverMessage: "502 Bad Gateway" });
      expect(error.message).toContain(MODEL);
      expect(error.message).not.toContain("<h1>");
      expect(error.hint).toBeTruthy();
      expect(server.inferences).toHaveLength(attempts);
    },
  );

  test.each([
    ["an HTML page", page, "text/html"],
    ["text declared as JSON", "it works!", "application/json"],
    ["half a JSON text", '{"predictions": [', "application/json"],
    ["nothing", "", "application/json"],
    ["null", "null", "application/json"],
  ])("status 200 and %s: INVALID_RESPONSE that shows what came, one attempt", async (_name, body, type) => {
    await using server = await startServer({ infer: send(body, 200, type) });
    for (const apiMode of ["v0", "v1"] as const) {
      await using client = open({
        apiUrl: server.url,
        modelId: MODEL,
        apiMode,
        apiKey: "test-key-0123456789",
      });
      const error = await failureOf(client.infer(PIXEL));
      expect(error.code).toBe("INVALID_RESPONSE");
      expect(error.message).toMatch(/JSON|null|empty|should|object/);
    }
    expect(server.inferences).toHaveLength(2);
  });

  test.each([
    ["a text", '"hello"'],
    ["a list", "[1, 2]"],
    ["an object without predictions", '{"hello": "world"}'],
    ["predictions that are a number", '{"predictions": 7, "image": {"width": 1, "height": 1}}'],
    ["a box without a width", JSON.stringify({ ...DETECTION, predictions: [{ x: 1, y: 1, height: 1 }] })],
    [
      "a coordinate that is text",
      JSON.stringify({ ...DETECTION, predictions: [{ x: "1", y: 1, width: 1, height: 1 }] }),
    ],
  ])("status 200 and %s: INVALID_RESPONSE that names the place", async (_name, body) => {
    await using server = await startServer({ infer: send(body) });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const error = await failureOf(client.infer(PIXEL));
    expect(error.code).toBe("INVALID_RESPONSE");
    expect(error.message.length).toBeGreaterThan(20);
    expect(server.inferences).toHaveLength(1);
  });

  test("a batch answered with too few results is refused: nobody knows whose they are", async () => {
    await using server = await startServer({ infer: (_request, response) => json(response, [DETECTION]) });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const error = await failureOf(client.infer([PIXEL, PIXEL, PIXEL], { maxBatchSize: 3 }));
    expect(error).toMatchObject({ code: "INVALID_RESPONSE" });
    expect(error.message).toMatch(/3 images with 1 result.*maxBatchSize/s);
  });

  test.each(["{}", '{"models": 1}', '{"models": [{"task_type": "classification"}]}', "[]"])(
    "a registry that answers %s is INVALID_RESPONSE",
    async (body) => {
      await using server = await startServer({ "/model/registry": send(body) });
      await using client = open({ apiUrl: server.url, modelId: MODEL });
      const calls = [client.listLoadedModels(), client.infer(PIXEL), client.getModelDescription()];
      const errors = await Promise.all(calls.map(failureOf));
      expect(errors.map((error) => error.code)).toEqual(Array(3).fill("INVALID_RESPONSE"));
    },
  );

  test("an answer longer than maxResponseBytes is refused without reading on", async () => {
    await using server = await startServer({ infer: send(JSON.stringify({ pad: "x".repeat(10_000) })) });
    await using client = open({ apiUrl: server.url, modelId: MODEL, maxResponseBytes: 5_000 });
    const error = await failureOf(client.infer(PIXEL));
    expect(error.code).toBe("INVALID_RESPONSE");
    expect(error.message).toMatch(/5000 bytes.*maxResponseBytes/s);
  });

  test("a redirect is refused with the host that it leads to, where the runtime tells it", async () => {
    await using server = await startServer({
      infer: (_request, response) => {
        response.writeHead(302, { location: "https://login.test/?next=api_key%3Dsecret" }).end();
      },
    });
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const error = await failureOf(client.infer(PIXEL));
    expect(error).toMatchObject({ code: "HTTP_ERROR", attempts: 1 });
    expect(error.message).toMatch(/redirect.*apiUrl/s);
    expect(error.message).not.toContain("secret");
  });
});
