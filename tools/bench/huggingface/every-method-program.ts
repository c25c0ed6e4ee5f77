/**
 * Runs a bundled page that puts the client into `globalThis.page`, calls every method of the client with text and bytes, reads its
 * streams, sees it fail in each way, and prints the names of the files that were loaded, as JSON. Its only argument is the page's file.
 */
import assert from "node:assert/strict";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { InferenceClient } from "@inference-ts/sdk/huggingface";
import { openPage, PICTURE } from "./open-page.ts";

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const json =
  (value: unknown, status = 200): Answer =>
  (response) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));

const picture: Answer = (response) => response.writeHead(200, { "content-type": "image/png" }).end(PICTURE);

const events =
  (...values: readonly unknown[]): Answer =>
  (response) =>
    response
      .writeHead(200, { "content-type": "text/event-stream" })
      .end(values.map((value) => `data: ${JSON.stringify(value)}\n\n`).join(""));

const LABELS = [{ label: "car", score: 0.9 }];
const MASK = PICTURE.toString("base64");
const QUESTION = "How many?";
const TABLE = { Stars: ["1", "2"] };
const CHAT = [{ role: "user", content: "Hello" }];
const PICTURE_CHAT = [
  { role: "user", content: [{ type: "image_url", image_url: { url: PICTURE } }] },
] as const;

async function read(stream: AsyncIterable<unknown>): Promise<void> {
  let items = 0;
  for await (const item of stream) items += item === undefined ? 0 : 1;
  assert.ok(items > 0, "the stream has no items");
}

/** What a server answers, and the call. The name begins with that of the method. */
const CALLS: Readonly<Record<string, readonly [Answer, (client: InferenceClient) => Promise<unknown>]>> = {
  objectDetection: [json([]), (client) => client.objectDetection(PICTURE)],
  "objectDetection with parameters": [
    json([]),
    (client) => client.objectDetection(PICTURE, { threshold: 0.5 }),
  ],
  imageClassification: [json(LABELS), (client) => client.imageClassification(PICTURE)],
  imageSegmentation: [
    json([{ label: "car", score: 1, mask: MASK }]),
    (client) => client.imageSegmentation(PICTURE),
  ],
  zeroShotImageClassification: [
    json(LABELS),
    (client) => client.zeroShotImageClassification(PICTURE, ["car", "bus"]),
  ],
  zeroShotObjectDetection: [json([]), (client) => client.zeroShotObjectDetection(PICTURE, ["car"])],
  depthEstimation: [json({ depth: MASK, predicted_depth: [] }), (client) => client.depthEstimation(PICTURE)],
  imageToText: [json([{ generated_text: "a car" }]), (client) => client.imageToText(PICTURE)],
  imageToImage: [picture, (client) => client.imageToImage(PICTURE, { prompt: "red" })],
  textToImage: [picture, (client) => client.textToImage("a car")],
  visualQuestionAnswering: [
    json([{ answer: "2" }]),
    (client) => client.visualQuestionAnswering(PICTURE, QUESTION),
  ],
  documentQuestionAnswering: [
    json([{ answer: "2" }]),
    (client) => client.documentQuestionAnswering(PICTURE, QUESTION),
  ],
  automaticSpeechRecognition: [
    json({ text: "hello" }),
    (client) => client.automaticSpeechRecognition(PICTURE),
  ],
  audioClassification: [json(LABELS), (client) => client.audioClassification(PICTURE)],
  audioToAudio: [json([{ label: "a", blob: "AAAA" }]), (client) => client.audioToAudio(PICTURE)],
  textToSpeech: [picture, (client) => client.textToSpeech("Hello")],
  fillMask: [json([{ sequence: "a", score: 1 }]), (client) => client.fillMask("[MASK]")],
  tokenClassification: [json([{ word: "a", score: 1 }]), (client) => client.tokenClassification("a")],
  questionAnswering: [json({ answer: "a", score: 1 }), (client) => client.questionAnswering(QUESTION, "a")],
  zeroShotClassification: [json(LABELS), (client) => client.zeroShotClassification("a", ["car"])],
  sentenceSimilarity: [json([1]), (client) => client.sentenceSimilarity("a", ["a"])],
  featureExtraction: [json([[0.5]]), (client) => client.featureExtraction("a")],
  summarization: [json([{ summary_text: "a" }]), (client) => client.summarization("a")],
  translation: [json([{ translation_text: "a" }]), (client) => client.translation("a")],
  textClassification: [json([LABELS]), (client) => client.textClassification("a")],
  tableQuestionAnswering: [json({ answer: "2" }), (client) => client.tableQuestionAnswering(TABLE, QUESTION)],
  tabularClassification: [json([1]), (client) => client.tabularClassification(TABLE)],
  tabularRegression: [json([1]), (client) => client.tabularRegression(TABLE)],
  chatCompletion: [json({ choices: [] }), (client) => client.chatCompletion(PICTURE_CHAT)],
  "chatCompletion with stream": [
    events({ choices: [] }),
    async (client) => read(await client.chatCompletion(CHAT, { stream: true })),
  ],
  "chat.completions.create": [
    json({ choices: [] }),
    (client) => client.chat.completions.create({ messages: CHAT }),
  ],
  textGeneration: [json([{ generated_text: "a" }]), (client) => client.textGeneration("a")],
  "textGeneration with stream": [
    events({ token: { text: "a" } }),
    async (client) => read(await client.textGeneration("a", { stream: true })),
  ],
  post: [json({}), (client) => client.post({ json: { inputs: "a" } })],
  "post with stream": [json({}), async (client) => read(await client.post({ data: PICTURE, stream: true }))],
  getModelStatus: [
    json({ loaded: true, state: "Loaded", compute_type: "cpu", framework: "transformers" }),
    (client) => client.getModelStatus({ model: "user/model" }),
  ],
  healthCheck: [json({}), (client) => client.healthCheck()],
  getEndpointInfo: [json({}), (client) => client.getEndpointInfo()],
  listDeployedModels: [json([]), (client) => client.listDeployedModels()],
  getRecommendedModel: [
    json({ "fill-mask": { widgetModels: ["user/model"] } }),
    (client) => client.getRecommendedModel("fill-mask"),
  ],
  "fillMask of a model id, with headers": [
    json([{ sequence: "a", score: 1 }]),
    (client) => client.fillMask("[MASK]", { model: "user/model", headers: { "x-a": "b" } }),
  ],
};

/** Failures with the code of their error. */
const FAILURES: Readonly<
  Record<string, readonly [Answer, (client: InferenceClient) => Promise<unknown>, string]>
> = {
  refused: [json({ error: "no" }, 400), (client) => client.fillMask("a"), "HTTP_ERROR"],
  "refused inside a good answer": [json({ error: "no" }), (client) => client.fillMask("a"), "HTTP_ERROR"],
  "no JSON": [(response) => response.end("<html>"), (client) => client.fillMask("a"), "INVALID_RESPONSE"],
  "another form": [json({}), (client) => client.fillMask("a"), "INVALID_RESPONSE"],
  "failed inside a stream": [
    events({ error: "no" }),
    async (client) => read(await client.textGeneration("a", { stream: true })),
    "TEXT_GENERATION_FAILED",
  ],
  "connection lost": [
    (_response, request) => request.socket.destroy(),
    (client) => client.fillMask("a"),
    "CONNECTION_FAILED",
  ],
  "still loading": [
    json({ error: "loading", estimated_time: 20 }, 503),
    (client) => client.fillMask("a", { timeout: 0.5 }),
    "TIMEOUT",
  ],
  "redirect to another protocol": [
    (response) => response.writeHead(307, { location: "ftp://localhost/" }).end(),
    (client) => client.fillMask("a"),
    "HTTP_ERROR",
  ],
};

let answer: Answer = json({});
await using page = await openPage((request, response) => answer(response, request));
const { Client, url } = page;
// What goes to Hugging Face by a model's id is answered here, too.
const toServer: typeof fetch = (input, init) => {
  const asked = new URL(String(input));
  return fetch(new URL(asked.pathname + asked.search, url), init);
};
await using client = new Client({
  model: `${url.replace("//", "//user:password@")}/`,
  token: false,
  timeout: 10,
  fetch: toServer,
  cookies: { a: "b" },
  retry: { maxAttempts: 2, baseDelayMs: 1 },
});

const called = new Set(Object.keys(CALLS).map((name) => name.split(/\W/)[0]));
for (const [name, [given, call]] of Object.entries(CALLS)) {
  answer = given;
  await call(client).catch((cause: unknown) => {
    throw new Error(`The call failed: ${name}.`, { cause });
  });
}
for (const [name, [given, call, error]] of Object.entries(FAILURES)) {
  answer = given;
  await assert.rejects(call(client), { code: error }, name);
}

for (let layer = Client.prototype; layer !== Object.prototype; layer = Object.getPrototypeOf(layer)) {
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(layer))) {
    if (typeof value !== "function" || ["constructor", "run", "task", "close"].includes(name)) continue;
    assert.ok(called.has(name), `${name} is not called, so its code is not counted.`);
  }
}
console.log(JSON.stringify([...page.loaded]));
