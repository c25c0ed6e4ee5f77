import {
  AbortedError,
  ClosedError,
  HTTPCallError,
  InferenceTimeoutError,
  InvalidResponseError,
  TextGenerationError,
} from "@inference-ts/errors";
import { describe, expect, test } from "vitest";
import { type Script, scriptedClient } from "../testing/scripted-client.ts";

const token = (text: string) =>
  `data:${JSON.stringify({ index: 1, token: { id: 1, text, logprob: 0, special: false } })}\n\n`;
const open = (script: Script, options: { signal?: AbortSignal; timeout?: number } = {}) => {
  const scripted = scriptedClient([script], { model: "http://127.0.0.1:1" });
  return { ...scripted, stream: scripted.client.textGeneration("a", { ...options, stream: true }) };
};

async function read(stream: AsyncIterable<string>): Promise<{ items: string[]; error: unknown }> {
  const items: string[] = [];
  try {
    for await (const item of stream) items.push(item);
    return { items, error: null };
  } catch (error) {
    return { items, error };
  }
}

describe("a stream", () => {
  test("gives its items and releases the connection", async () => {
    const { stream, open: left } = open({ pieces: [token("a"), token("b"), "data: [DONE]\n\n", token("c")] });
    expect(await read(await stream)).toEqual({ items: ["a", "b"], error: null });
    expect(left()).toBe(0);
  });

  test("that is left releases the connection", async () => {
    const { stream, open: left } = open({ pieces: [token("a"), token("b")], stalls: true });
    for await (const item of await stream) {
      expect(item).toBe("a");
      break;
    }
    await new Promise((resolve) => setImmediate(resolve));
    expect(left()).toBe(0);
  });

  test("that is not read is released by close, and by its scope", async () => {
    const first = open({ pieces: [token("a")], stalls: true });
    (await first.stream).close();
    expect(first.open()).toBe(0);
    const second = open({ pieces: [token("a")], stalls: true });
    {
      await using _stream = await second.stream;
    }
    expect(second.open()).toBe(0);
  });

  test("ends with the caller's abort", async () => {
    const controller = new AbortController();
    const { stream, open: left } = open(
      { pieces: [token("a")], stalls: true },
      { signal: controller.signal },
    );
    const reading = read(await stream);
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    const { items, error } = await reading;
    expect(items).toEqual(["a"]);
    expect(error).toBeInstanceOf(AbortedError);
    await new Promise((resolve) => setImmediate(resolve));
    expect(left()).toBe(0);
  });

  test("ends with the client", async () => {
    const { client, stream, open: left } = open({ pieces: [token("a")], stalls: true });
    const reading = read(await stream);
    await new Promise((resolve) => setImmediate(resolve));
    await client.close();
    const { items, error } = await reading;
    expect(items).toEqual(["a"]);
    expect(error).toBeInstanceOf(ClosedError);
    expect(left()).toBe(0);
  });

  test("in which nothing comes ends in InferenceTimeoutError", async () => {
    const { stream } = open({ pieces: [token("a")], stalls: true }, { timeout: 0.02 });
    const { items, error } = await read(await stream);
    expect(items).toEqual(["a"]);
    expect(error).toBeInstanceOf(InferenceTimeoutError);
  });

  test.each<[string, string, Partial<TextGenerationError>]>([
    [
      "of TGI",
      '{"error": "Model is overloaded", "error_type": "overloaded"}',
      { errorType: "overloaded", serverMessage: "Model is overloaded" },
    ],
    [
      "of the chat route",
      '{"error": {"message": "too long", "http_status_code": 422}}',
      { status: 422, serverMessage: "too long" },
    ],
    ["without a type", '{"error": "odd"}', { errorType: undefined, serverMessage: "odd" }],
  ])("with an error %s inside gives what came before, then the error", async (_from, event, facts) => {
    const { stream, open: left } = open({ pieces: [token("a"), `data: ${event}\n\n`, token("b")] });
    const { items, error } = await read(await stream);
    expect(items).toEqual(["a"]);
    expect(error).toBeInstanceOf(TextGenerationError);
    expect(error).toMatchObject(facts);
    expect(left()).toBe(0);
  });

  test("whose events miss the empty lines between them is still read", async () => {
    const { stream } = open({ pieces: [token("a").trimEnd(), "\n", token("b").trimEnd(), "\n"] });
    expect(await read(await stream)).toEqual({ items: ["a", "b"], error: null });
  });

  test.each([
    ["JSON", '[{"generated_text": "a"}]'],
    ["a page", "<html>busy</html>"],
    ["a list as an event", "data: []\n\n"],
    ["broken JSON as an event", 'data: {"a":\n\n'],
    ["an event without text", 'data: {"index": 1}\n\n'],
  ])("that is %s is an InvalidResponseError", async (_what, text) => {
    const { stream } = open({ text });
    expect((await read(await stream)).error).toBeInstanceOf(InvalidResponseError);
  });

  test("that is an error in JSON is that error", async () => {
    const { stream } = open({ json: { error: "went wrong" } });
    expect((await read(await stream)).error).toMatchObject({ serverMessage: "went wrong" });
  });

  test("fails at once when the request is refused", async () => {
    const { stream } = open({ status: 422, json: { error: "no", error_type: "validation" } });
    await expect(stream).rejects.toBeInstanceOf(HTTPCallError);
  });
});

test("post gives lines as bytes", async () => {
  const { client } = scriptedClient([{ pieces: ["one\ntw", "o\n\nthree"] }], { model: "http://127.0.0.1:1" });
  const lines: string[] = [];
  for await (const line of await client.post({ json: {}, stream: true }))
    lines.push(new TextDecoder().decode(line));
  expect(lines).toEqual(["one", "two", "", "three"]);
});
