import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../sandbox.ts";
import { drawShapes, encodeShapes } from "../shape-pictures.ts";
import { greyPixels } from "../testing/masks.ts";
import { PRIVATE_TOKEN } from "./state.ts";

const RED = { kind: "rectangle", colour: "red", x: 6, y: 4, width: 20, height: 24 } as const;
const BLUE = { kind: "rectangle", colour: "blue", x: 36, y: 18, width: 22, height: 24 } as const;
const picture = Buffer.from(
  await encodeShapes(drawShapes({ width: 64, height: 48, shapes: [RED, BLUE] }), { format: "png" }),
);
const base64 = picture.toString("base64");

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});

afterAll(() => sandbox.close());

interface Reply {
  readonly status: number;
  readonly json: unknown;
  readonly headers: Headers;
}

async function call(path: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(`${sandbox.url}/huggingface${path}`, init);
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
  return { status: response.status, json: isJson ? JSON.parse(text) : text, headers: response.headers };
}

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  call(path, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
  });
const upload = (path: string, type: string, headers: Record<string, string> = {}) =>
  call(path, {
    method: "POST",
    body: new Uint8Array(picture),
    headers: { "content-type": type, ...headers },
  });

describe("a container", () => {
  test.each([
    ["image/png", 200, ""],
    ["application/octet-stream", 400, 'Content type "application/octet-stream" not supported'],
    ["application/json; charset=utf-8", 400, "not supported"],
    ["application/json; charset=UTF-8", 400, "Body needs to provide a inputs key"],
    ["", 400, "Content-Type header is missing"],
  ])("looks the content type %j up exactly", async (type, status, error) => {
    const reply = await upload("/endpoints/object-detection", type);
    expect(reply.status).toBe(status);
    if (error !== "") expect(reply.json).toEqual({ error: expect.stringContaining(error) });
  });

  test.each([
    ["*/*", 200],
    ["application/json", 200],
    ["application/json, text/plain, */*", 400],
    ["image/png", 400],
  ])("looks the accepted type %j up exactly", async (accept, status) => {
    const reply = await upload("/endpoints/image-classification", "image/png", { accept });
    expect(reply.status).toBe(status);
  });

  test("finds the shapes where they are", async () => {
    const { json } = await upload("/endpoints/object-detection", "image/png");
    expect(json).toEqual(
      expect.arrayContaining([
        { label: "red", score: expect.any(Number), box: { xmin: 6, ymin: 4, xmax: 26, ymax: 28 } },
        { label: "blue", score: expect.any(Number), box: { xmin: 36, ymin: 18, xmax: 58, ymax: 42 } },
      ]),
    );
  });

  test("reads integers from the query, everything else from JSON, and lists of pictures", async () => {
    const path = "/endpoints/image-classification";
    expect((await upload(`${path}?top_k=1`, "image/png")).json).toHaveLength(1);
    const two = await post(path, { inputs: [base64, base64], parameters: { top_k: 2 } });
    expect(two.json).toEqual([
      [expect.objectContaining({ label: "blue" }), expect.anything()],
      [expect.objectContaining({ label: "blue" }), expect.anything()],
    ]);
    const none = await post("/endpoints/object-detection", { inputs: base64, parameters: { threshold: 1 } });
    expect(none.json).toEqual([]);
  });

  test("paints a mask for every colour and for the ground", async () => {
    const { json } = await post("/endpoints/image-segmentation", { inputs: base64 });
    if (!Array.isArray(json)) throw new Error("not a list");
    expect(json.map((area) => area.label).sort()).toEqual(["background", "blue", "red"]);
    const areas = Object.fromEntries(json.map((area) => [area.label, area.mask]));
    const red = await greyPixels(String(areas.red));
    expect([red.at(10, 10), red.at(40, 30), red.at(0, 0)]).toEqual([255, 0, 0]);
    const byShape = await post("/endpoints/image-segmentation", {
      inputs: base64,
      parameters: { subtask: "instance", threshold: 0.5 },
    });
    expect(byShape.json).toHaveLength(2);
  });

  test.each([
    ["a picture by address", { inputs: "http://127.0.0.1/a.png" }, "switched off"],
    ["what is no picture", { inputs: "AAAA" }, "cannot identify image file"],
    ["a number", { inputs: 3 }, "Incorrect format used for image"],
  ])("refuses %s with 400", async (_, body, error) => {
    expect(await post("/endpoints/object-detection", body)).toMatchObject({
      status: 400,
      json: { error: expect.stringContaining(error) },
    });
  });
});

describe("text", () => {
  test("is a marked echo, also in a stream of events", async () => {
    const messages = [{ role: "user", content: "Say hello" }];
    const whole = await post("/llm/v1/chat/completions", { messages });
    expect(whole.json).toMatchObject({
      choices: [{ message: { content: "[sandbox echo] Say hello" }, finish_reason: "stop" }],
      usage: { completion_tokens: 3 },
    });
    const { json, headers } = await post("/llm/v1/chat/completions", {
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    expect(headers.get("content-type")).toBe("text/event-stream");
    const events = String(json).split("\n\n").filter(Boolean);
    expect(events).toHaveLength(5);
    expect(events.at(-1)).toBe("data: [DONE]");
    const first = JSON.parse(String(events[0]).slice("data: ".length));
    expect(first).toMatchObject({ choices: [{ delta: { content: "[sandbox echo]" } }] });
  });

  test("generation answers an object, a list at the root, and events without a space", async () => {
    const body = { inputs: "one two three", parameters: { max_new_tokens: 2, details: true } };
    expect((await post("/llm/generate", body)).json).toMatchObject({
      generated_text: "[sandbox echo] one",
      details: { finish_reason: "length", generated_tokens: 2 },
    });
    expect((await post("/llm", body)).json).toMatchObject([{ generated_text: "[sandbox echo] one" }]);
    const events = String((await post("/llm/generate_stream", body)).json);
    expect(events.startsWith("data:{")).toBe(true);
    expect(events).toContain('"generated_text":"[sandbox echo] one"');
  });

  test.each([
    ["/llm/generate", { inputs: "" }, "cannot be empty", "validation"],
    ["/llm/generate", { inputs: "a", parameters: { max_new_tokens: 300 } }, "<= 256", "validation"],
    ["/llm/generate", { inputs: "a", parameters: { top_p: 1 } }, "top_p", "validation"],
    ["/llm/v1/chat/completions", { messages: [] }, "must not be empty", "template_error"],
  ])("%s refuses %j with 422", async (path, body, error, type) => {
    expect(await post(path, body)).toMatchObject({
      status: 422,
      json: { error: expect.stringContaining(error), error_type: type },
    });
  });

  test("gaps, vectors and classes say what they are or are repeatable", async () => {
    const gap = await post("/endpoints/fill-mask", { inputs: "I am a [MASK].", parameters: { top_k: 1 } });
    expect(gap.json).toEqual([expect.objectContaining({ sequence: "I am a sandbox." })]);
    expect(await post("/endpoints/fill-mask", { inputs: "no gap" })).toMatchObject({ status: 400 });
    const vectors = (await post("/endpoints/feature-extraction", { inputs: "two words" })).json;
    expect(vectors).toEqual([[expect.any(Array), expect.any(Array), expect.any(Array), expect.any(Array)]]);
    expect((await post("/endpoints/feature-extraction", { inputs: "two words" })).json).toEqual(vectors);
    const both = await post("/endpoints/text-classification", { inputs: "x", parameters: { top_k: 2 } });
    expect(both.json).toHaveLength(2);
  });
});

describe("the serverless routes", () => {
  const model = "/models/tiny/colour-vit";

  test("load a model when it is asked for", async () => {
    await call("/_test/unload?seconds=0.2", { method: "POST" });
    expect((await call("/status/tiny/colour-vit")).json).toMatchObject({ loaded: false, state: "Loadable" });
    const early = await upload(model, "");
    expect(early).toMatchObject({ status: 503, json: { estimated_time: expect.any(Number) } });
    // Waits for the model on the server's side.
    expect((await upload(model, "", { "x-wait-for-model": "1" })).status).toBe(200);
    expect((await call("/status/tiny/colour-vit")).json).toMatchObject({ loaded: true, state: "Loaded" });
    expect((await upload(model, "")).status).toBe(200);
    await call("/_test/unload?seconds=0", { method: "POST" });
  });

  test("know their models", async () => {
    expect((await post("/models/tiny/none", { inputs: "a" })).status).toBe(404);
    expect((await call("/status/tiny/none")).json).toHaveProperty("error");
    expect((await call("/api/tasks")).json).toHaveProperty(["fill-mask", "widgetModels"]);
    expect((await call("/api/models/tiny/random-bert")).json).toHaveProperty("pipeline_tag", "fill-mask");
    expect((await call("/framework/transformers")).json).toHaveLength(6);
    const vectors = await post("/pipeline/feature-extraction/tiny/random-bert", { inputs: "a" });
    expect(vectors.status).toBe(200);
    expect((await post("/models/tiny/random-bert", {})).json).toEqual({ error: [expect.any(String)] });
  });

  test("a fault asks for the answer of a model that loads", async () => {
    const header = { "x-sandbox-fault": "loading=3;times=1;id=hf" };
    const reply = await upload("/endpoints/object-detection", "image/png", header);
    expect(reply).toMatchObject({ status: 503, json: { estimated_time: 3 } });
    expect((await upload("/endpoints/object-detection", "image/png", header)).status).toBe(200);
  });
});

test("the private routes want the token, and requests are noted", async () => {
  await call("/_test/requests", { method: "DELETE" });
  const denied = await post("/private/llm", { inputs: "a" });
  expect(denied).toMatchObject({ status: 401, json: "" });
  const allowed = await post("/private/llm", { inputs: "a" }, { authorization: `Bearer ${PRIVATE_TOKEN}` });
  expect(allowed.status).toBe(200);
  expect((await call("/_test/requests")).json).toEqual([
    expect.objectContaining({ path: "/private/llm", left: false }),
    expect.objectContaining({ headers: expect.objectContaining({ authorization: expect.any(String) }) }),
  ]);
  expect(sandbox.requests.byRoute).toHaveProperty(["/huggingface/llm"]);
});

test("a reader that leaves a stream is noticed", async () => {
  await call("/_test/requests", { method: "DELETE" });
  const leaving = new AbortController();
  const response = await fetch(`${sandbox.url}/huggingface/llm/generate_stream`, {
    method: "POST",
    body: JSON.stringify({ inputs: "word ".repeat(200), parameters: { max_new_tokens: 50 } }),
    signal: leaving.signal,
  });
  await response.body?.getReader().read();
  leaving.abort();
  const left = async () => (await call("/_test/requests")).json;
  await expect.poll(left).toEqual([expect.objectContaining({ left: true })]);
});
