import { InvalidParameterError, InvalidResponseError } from "@inference-ts/errors";
import { describe, expect, test } from "vitest";
import { jsonOf, PNG, type Script, scriptedClient } from "../testing/scripted-client.ts";

const URL = "http://127.0.0.1:1/predict";
const objects = [{ label: "cat", score: 0.9, box: { xmin: 1, ymin: 2, xmax: 3, ymax: 4 } }];
const setUp = (...scripts: Script[]) => scriptedClient(scripts, { model: URL });

describe("what containers refuse from other clients", () => {
  const WAV = new TextEncoder().encode("RIFF\0\0\0\0WAVEfmt ");

  test("bytes have their media type", async () => {
    const { client, requests } = setUp({ json: objects });
    await client.objectDetection(PNG);
    await client.objectDetection(new Blob([PNG]));
    await client.objectDetection(`data:application/octet-stream;base64,${btoa(String.fromCharCode(...PNG))}`);
    await client.audioClassification(WAV);
    await client.imageClassification(new Uint8Array([1, 2, 3]));
    await client.imageClassification(new Uint8Array());
    expect(requests.map(({ headers }) => headers["content-type"])).toEqual([
      ...["image/png", "image/png", "image/png"],
      ...["audio/wav", "application/octet-stream", undefined],
    ]);
    expect(requests[0]?.body).toEqual(PNG);
  });

  test("bytes with parameters are JSON, and no parameter is lost", async () => {
    const { client, requests } = setUp({ json: objects });
    await client.objectDetection(PNG, { threshold: 0, parameters: { future_name: null } });
    expect(requests[0]?.headers["content-type"]).toBe("application/json");
    const inputs = btoa(String.fromCharCode(...PNG));
    expect(jsonOf(requests[0])).toEqual({ inputs, parameters: { threshold: 0, future_name: null } });
  });

  test("questions stand inside inputs", async () => {
    const { client, requests } = setUp({ json: [{ answer: "2", score: 1 }] });
    await client.visualQuestionAnswering(PNG, "how many?", { topK: 2 });
    const image = btoa(String.fromCharCode(...PNG));
    expect(jsonOf(requests[0])).toEqual({
      inputs: { question: "how many?", image },
      parameters: { top_k: 2 },
    });
  });

  test("options of embeddings stand beside inputs", async () => {
    const { client, requests } = setUp({ json: [[1, 2]] });
    expect(await client.featureExtraction("a", { promptName: "query", truncate: true })).toEqual([[1, 2]]);
    expect(jsonOf(requests[0])).toEqual({ inputs: "a", prompt_name: "query", truncate: true });
  });
});

describe("answers of other forms", () => {
  test.each<[string, Script, RegExp]>([
    ["no JSON", { text: "<html>ok</html>" }, /is no JSON: it begins with "<html>/],
    ["nothing", { text: "" }, /it is empty/],
    ["NaN", { text: '[{"score": NaN}]' }, /is no JSON/],
    ["an object", { json: {} }, /an? ?object where a list|object where a list/],
    ["a list of numbers", { json: [1] }, /number at \[0\] where an object/],
    ["null", { json: null }, /null where a list/],
    ["bytes that are no UTF-8", { bytes: new Uint8Array([0x5b, 0x22, 0xfc, 0x22, 0x5d]) }, /is no JSON/],
  ])("%s", async (_what, script, message) => {
    const error = await setUp(script)
      .client.objectDetection(PNG)
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(`${error}`).toMatch(message);
  });

  test("labels and scores of different numbers are refused", async () => {
    const { client } = setUp({ json: { labels: ["a", "b"], scores: [1] } });
    await expect(client.zeroShotClassification("x", ["a", "b"])).rejects.toMatchObject({ path: "scores" });
  });

  test("an error with status 200 is that error", async () => {
    const { client } = setUp({ json: { error: "went wrong" } });
    await expect(client.objectDetection(PNG)).rejects.toMatchObject({
      code: "HTTP_ERROR",
      serverMessage: "went wrong",
    });
  });

  test("such an error hides the token", async () => {
    const options = { model: URL, token: "hf_secret0123456789" };
    const { client } = scriptedClient([{ json: { error: "bad hf_secret0123456789" } }], options);
    const error = await client.objectDetection(PNG).catch((caught: unknown) => caught);
    expect(`${error}`).toContain("bad hf***89");
  });

  test("fields that are missing or new do not fail a call", async () => {
    const { client } = setUp({ json: [{ label: "cat", extra: 1 }] });
    expect(await client.objectDetection(PNG)).toEqual([{ label: "cat", extra: 1 }]);
  });
});

test("masks are decoded; a missing one is undefined, a broken one is an error that says where", async () => {
  const mask = btoa(String.fromCharCode(...PNG));
  const good = setUp({
    json: [{ label: "a", mask }, { label: "b", mask: `data:image/png;base64,${mask}` }, { label: "c" }],
  });
  const segments = await good.client.imageSegmentation(PNG);
  expect(segments.map((segment) => segment.mask)).toEqual([PNG, PNG, undefined]);
  const bad = setUp({ json: [{ label: "a", mask: "iVBORw0KGgo=" }] });
  await expect(bad.client.imageSegmentation(PNG)).rejects.toMatchObject({
    code: "INVALID_RESPONSE",
    path: "[0].mask",
  });
});

test("pictures of other formats than PNG must be whole, too", async () => {
  const gif = new TextEncoder().encode("GIF89a\u0001\0\u0001\0\0\0\0;");
  const json = [{ label: "a", mask: btoa(String.fromCharCode(...gif)) }];
  const { client } = setUp({ json }, { bytes: gif }, { bytes: gif.subarray(0, 9) });
  expect((await client.imageSegmentation(PNG))[0]?.mask).toEqual(gif);
  expect((await client.textToImage("a")).type).toBe("image/gif");
  await expect(client.textToImage("a")).rejects.toBeInstanceOf(InvalidResponseError);
});

test("depth is decoded", async () => {
  const { client } = setUp({ json: { depth: btoa(String.fromCharCode(...PNG)), predicted_depth: [[1]] } });
  expect(await client.depthEstimation(PNG)).toEqual({ depth: PNG, predicted_depth: [[1]] });
});

test("generated pictures and sounds are blobs of their kind", async () => {
  const { client, requests } = setUp(
    { bytes: PNG },
    { bytes: new TextEncoder().encode("fLaC"), headers: { "content-type": "x/y" } },
  );
  const picture = await client.textToImage("a cat", { targetSize: { width: 8, height: 8 } });
  expect([picture.type, new Uint8Array(await picture.arrayBuffer())]).toEqual(["image/png", PNG]);
  expect(requests[0]?.headers.accept).toBe("image/png");
  expect(jsonOf(requests[0])).toEqual({
    inputs: "a cat",
    parameters: { target_size: { width: 8, height: 8 } },
  });
  expect((await client.textToSpeech("hello")).type).toBe("audio/flac");
  const broken = setUp({ bytes: PNG.subarray(0, 20) });
  await expect(broken.client.textToImage("a")).rejects.toBeInstanceOf(InvalidResponseError);
});

describe("one text and several", () => {
  test.each([
    ["summarization", "summary_text"],
    ["translation", "translation_text"],
  ] as const)("%s", async (method, field) => {
    const [one, two] = [{ [field]: "A" }, { [field]: "B" }];
    expect(await setUp({ json: [one] }).client[method]("a")).toEqual(one);
    expect(await setUp({ json: one }).client[method]("a")).toEqual(one);
    expect(await setUp({ json: [one, two] }).client[method](["a", "b"])).toEqual([one, two]);
  });

  test("labels", async () => {
    const labels = [{ label: "a", score: 1 }];
    expect(await setUp({ json: [labels] }).client.textClassification("a")).toEqual(labels);
    expect(await setUp({ json: labels }).client.textClassification("a")).toEqual(labels);
    expect(await setUp({ json: [labels, labels] }).client.textClassification(["a", "b"])).toEqual([
      labels,
      labels,
    ]);
  });
});

describe("arguments that are refused before anything is sent", () => {
  const { client, requests } = setUp({ json: [] });
  test.each<[string, () => Promise<unknown>]>([
    ["bytes as text", () => Reflect.apply(client.fillMask, client, [PNG])],
    ["no question", () => Reflect.apply(client.visualQuestionAnswering, client, [PNG])],
    ["one language", () => client.translation("a", { srcLang: "en" })],
    ["one label", () => client.zeroShotImageClassification(PNG, ["a"])],
    ["both names of the labels", () => client.zeroShotClassification("a", ["a"], { labels: ["b"] })],
    ["no messages", () => Reflect.apply(client.chatCompletion, client, [])],
    ["a list as a table", () => Reflect.apply(client.tabularRegression, client, [[1]])],
    ["a time limit of 0", () => client.fillMask("a", { timeout: 0 })],
  ])("%s", async (_what, call) => {
    await expect(call()).rejects.toBeInstanceOf(InvalidParameterError);
    expect(requests).toHaveLength(0);
  });
});

describe("chat", () => {
  const answer: Script = { json: { id: "1", created: 1, model: "m", choices: [] } };

  test("pictures are sent inside the request, addresses as they are", async () => {
    const { client, requests } = setUp(answer);
    const url = "https://files.example.com/cat.jpg";
    await client.chatCompletion([
      {
        role: "user",
        content: [
          { type: "text", text: "What is this?" },
          { type: "image_url", image_url: { url: PNG, detail: "low" } },
          { type: "image_url", image_url: { url } },
        ],
      },
    ]);
    const data = `data:image/png;base64,${btoa(String.fromCharCode(...PNG))}`;
    expect(jsonOf(requests[0])).toEqual({
      model: "tgi",
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "What is this?" },
            { type: "image_url", image_url: { url: data, detail: "low" } },
            { type: "image_url", image_url: { url } },
          ],
        },
      ],
      stream: false,
    });
  });

  test("the names of OpenAI's client", async () => {
    const { client, requests } = scriptedClient([answer], {
      baseUrl: "https://a.example.com/v1",
      model: null,
    });
    await client.chat.completions.create({
      model: "m",
      messages: [],
      max_tokens: 5,
      extra_body: { top_k: 3 },
    });
    expect(requests[0]?.url).toBe("https://a.example.com/v1/chat/completions");
    expect(jsonOf(requests[0])).toEqual({ model: "m", messages: [], max_tokens: 5, top_k: 3, stream: false });
  });

  test.each([
    ["auto", "https://router.huggingface.co/v1/chat/completions"],
    ["hf-inference", "https://router.huggingface.co/hf-inference/models/user/model/v1/chat/completions"],
  ] as const)("over the router as %s", async (provider, url) => {
    const { client, requests } = scriptedClient([answer], { provider, model: "user/model", billTo: "us" });
    await client.chatCompletion([{ role: "user", content: "a" }]);
    expect(requests[0]).toMatchObject({ url, headers: { "x-hf-bill-to": "us" } });
    expect(jsonOf(requests[0])).toMatchObject({ model: "user/model" });
  });

  test("auto is for chat alone", async () => {
    const { client } = scriptedClient([answer], { provider: "auto", model: "user/model" });
    await expect(client.fillMask("a")).rejects.toBeInstanceOf(InvalidParameterError);
  });
});

test("what a server refuses is not asked of it again, by address", async () => {
  const refusal: Script = {
    status: 400,
    json: { error: "The following `model_kwargs` are not used by the model: ['stop', 'details']" },
  };
  const good: Script = { json: [{ generated_text: "x" }] };
  const { client, requests } = setUp(refusal, good, good, good);
  await client.textGeneration("a", { stop: ["."], details: true });
  await client.textGeneration("b", { stop: ["."] });
  await client.textGeneration("c", { stop: ["."], model: "http://127.0.0.1:1/other" });
  const stops = requests.map((request) =>
    Object.keys(Object(Object(jsonOf(request)).parameters)).includes("stop"),
  );
  expect(stops).toEqual([true, false, false, true]);
  await expect(client.textGeneration("d", { stream: true })).rejects.toBeInstanceOf(InvalidParameterError);
});

test("a server may refuse further parameters later, but not the same again", async () => {
  const refusal = (name: string): Script => ({
    status: 400,
    json: { error: `The following \`model_kwargs\` are not used by the model: ['${name}']` },
  });
  const good: Script = { json: [{ generated_text: "x" }] };
  const { client, requests } = setUp(refusal("details"), refusal("stop"), good, refusal("stop"));
  expect(await client.textGeneration("a", { details: true })).toEqual("x");
  expect(jsonOf(requests[2])).toMatchObject({ parameters: { do_sample: false, return_full_text: false } });
  expect(jsonOf(requests[2])).not.toHaveProperty("parameters.stop");
  await expect(client.textGeneration("b")).rejects.toMatchObject({ code: "HTTP_ERROR" });
  expect(requests).toHaveLength(4);
});

test("null leaves a default of generated text out", async () => {
  const { client, requests } = setUp({ json: [{ generated_text: "x" }] });
  await client.textGeneration("a", { doSample: null, returnFullText: null });
  expect(jsonOf(requests[0])).toMatchObject({ parameters: { details: false, stop: [] } });
  expect(jsonOf(requests[0])).not.toHaveProperty("parameters.do_sample");
});

test("post sends no body for null", async () => {
  const { client, requests } = setUp({ json: {} });
  await client.post({ json: null });
  expect(requests[0]?.headers["content-type"]).toBeUndefined();
  expect(requests[0]?.body?.byteLength).toBe(0);
});

test("a framework that is named twice is asked once", async () => {
  const { client, requests } = setUp({ json: [{ model_id: "a", task: "t" }] });
  expect(await client.listDeployedModels({ frameworks: ["keras", "keras"] })).toEqual({ t: ["a"] });
  expect(requests).toHaveLength(1);
});
