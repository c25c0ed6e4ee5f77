import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTarget, type Target } from "./target.ts";

let target: Target;

beforeAll(async () => {
  target = await openTarget();
});

beforeEach(() => target.forget());
afterAll(() => target[Symbol.asyncDispose]());

/** What each server says to the same question. */
const CHAT = { "real server": "Hello! How can I help you today?", sandbox: "[sandbox echo] Say hello" };
const GENERATED = { "real server": " Italy is Rome.", sandbox: "[sandbox echo] The capital of" };
const messages = [{ role: "user", content: "Say hello" }];
const model = () => target.client({ model: `${target.url}/llm` });

describe("chat", () => {
  test("answers", async () => {
    const answer = await model().chatCompletion(messages);
    expect(answer.choices[0]?.message).toMatchObject({ role: "assistant", content: CHAT[target.kind] });
    expect(answer.choices[0]?.finish_reason).toBe("stop");
    expect(answer.usage?.total_tokens).toBeGreaterThan(2);
    expect(await target.requests()).toMatchObject([{ path: "/llm/v1/chat/completions" }]);
  });

  test("answers in pieces, with usage at the end where it is asked for", async () => {
    const stream = await model().chatCompletion(messages, {
      stream: true,
      streamOptions: { include_usage: true },
    });
    let text = "";
    let usage: unknown;
    let pieces = 0;
    for await (const { choices, ...piece } of stream) {
      text += choices[0]?.delta.content ?? "";
      usage = piece.usage ?? usage;
      pieces += 1;
    }
    expect(text).toBe(CHAT[target.kind]);
    expect(pieces).toBeGreaterThan(3);
    expect(usage).toMatchObject({ completion_tokens: pieces - 1 });
  });

  test("under the name that OpenAI's client has", async () => {
    const client = target.client({ baseUrl: `${target.url}/llm/v1` });
    const answer = await client.chat.completions.create({ messages, max_tokens: 1 });
    expect(answer.choices[0]?.finish_reason).toBe("length");
  });

  test("says what is wrong with a request", async () => {
    await expect(model().chatCompletion([])).rejects.toMatchObject({
      status: 422,
      serverMessage: expect.stringContaining("messages must not be empty"),
    });
  });
});

describe("text generation", () => {
  test("gives text, and details where they are asked for", async () => {
    expect(await model().textGeneration("The capital of")).toBe(GENERATED[target.kind]);
    const output = await model().textGeneration("The capital of", { details: true, maxNewTokens: 2 });
    expect(output.details).toMatchObject({ finish_reason: "length", generated_tokens: 2 });
    expect(output.details?.tokens).toHaveLength(2);
  });

  test("gives text in pieces", async () => {
    const pieces: string[] = [];
    for await (const piece of await model().textGeneration("The capital of", { stream: true }))
      pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.join("").replace("</s>", "")).toBe(GENERATED[target.kind]);
    const last: unknown[] = [];
    const detailed = await model().textGeneration("The capital of", { stream: true, details: true });
    for await (const piece of detailed) last.push(piece.generated_text);
    expect(last.at(-1)).toBe(GENERATED[target.kind]);
  });

  test("a reader that leaves ends the answer on the server", async () => {
    const prompt = "Counting: one two three four";
    const stream = await model().textGeneration(prompt, {
      stream: true,
      maxNewTokens: 200,
      doSample: true,
      seed: 7,
    });
    for await (const _ of stream) break;
    await expect
      .poll(() => target.requests(), { timeout: 5_000 })
      .toMatchObject([{ path: "/llm", left: true }]);
  });

  test.each([
    [{ maxNewTokens: 400 }, "<= 256"],
    [{ topP: 1 }, "top_p"],
  ])("%j is refused by the server with a reason", async (options, reason) => {
    await expect(model().textGeneration("The", options)).rejects.toMatchObject({
      status: 422,
      serverMessage: expect.stringContaining(reason),
    });
  });

  test("the model tells about itself", async () => {
    expect(await model().getEndpointInfo()).toMatchObject({
      model_id: "tiny/talk-llama",
      max_total_tokens: 256,
    });
    expect(await model().healthCheck()).toBe(true);
  });
});

describe("other texts", () => {
  test("a gap is filled", async () => {
    const client = target.client({ model: target.endpoint("fill-mask") });
    const fillings = await client.fillMask("I like this [MASK].");
    expect(fillings).toHaveLength(5);
    for (const { sequence, score, token_str } of fillings) {
      expect(sequence).toContain(token_str.replace("##", ""));
      expect(score).toBeGreaterThan(0);
    }
    expect(await client.fillMask("I like this [MASK].", { topK: 2 })).toHaveLength(2);
    await expect(client.fillMask("no gap")).rejects.toMatchObject({ status: 400 });
  });

  test("words have vectors", async () => {
    const client = target.client({ model: target.endpoint("feature-extraction") });
    const vectors = await client.featureExtraction("I like this");
    expect(vectors).toEqual([
      Array.from({ length: 5 }, () => Array.from({ length: 32 }, () => expect.any(Number))),
    ]);
  });

  test("a text has a class", async () => {
    const client = target.client({ model: target.endpoint("text-classification") });
    const labels = await client.textClassification("I like this", { topK: 2 });
    expect(labels.map(({ label }) => label).sort()).toEqual(["NEGATIVE", "POSITIVE"]);
  });
});
