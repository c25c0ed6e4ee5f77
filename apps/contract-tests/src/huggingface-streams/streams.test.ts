import { InferenceClient, type InferenceClientOptions } from "@inference-ts/sdk/huggingface/node";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type EventServer, inPieces, startEventServer, thenSilence } from "./event-server.ts";

let server: EventServer;
const clients: InferenceClient[] = [];

beforeAll(async () => {
  server = await startEventServer();
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

afterAll(() => server[Symbol.asyncDispose]());

/** The two ways in which bytes reach the client: over `node:http`, and over the system's `fetch`. */
const WAYS: Readonly<Record<string, Partial<InferenceClientOptions>>> = {
  "node:http": {},
  fetch: { fetch: (...given) => fetch(...given) },
};

function open(options: Partial<InferenceClientOptions> = {}): InferenceClient {
  const client = new InferenceClient({ model: server.url, token: false, timeout: 10, ...options });
  clients.push(client);
  return client;
}

const messages = [{ role: "user", content: "Say hello" }];
const chunk = (content: string) =>
  JSON.stringify({ id: "", created: 0, model: "m", choices: [{ index: 0, delta: { content } }] });
const token = (text: string, index: number) =>
  JSON.stringify({ index, token: { id: index, text, logprob: 0, special: false } });

async function chatText(client: InferenceClient): Promise<string[]> {
  const texts: string[] = [];
  for await (const { choices } of await client.chatCompletion(messages, { stream: true }))
    texts.push(choices[0]?.delta.content ?? "");
  return texts;
}

async function generated(client: InferenceClient): Promise<string[]> {
  const texts: string[] = [];
  for await (const text of await client.textGeneration("The", { stream: true })) texts.push(text);
  return texts;
}

/** Letters of one, two, three and four bytes: a cut may fall into any of them. */
const TEXTS = ["H", "ü ", "漢", "😀"];
const BOM = "\u{feff}";

/** The same events as different servers write them. */
const FORMS: Readonly<Record<string, string>> = {
  "a blank after the colon": `${TEXTS.map((text) => `data: ${chunk(text)}\n\n`).join("")}data: [DONE]\n\n`,
  "no blank after the colon": `${TEXTS.map((text) => `data:${chunk(text)}\n\n`).join("")}data:[DONE]\n\n`,
  "a byte order mark": `${BOM}${TEXTS.map((text) => `data: ${chunk(text)}\n\n`).join("")}data: [DONE]\n\n`,
  "CR LF, comments and other fields": `: hello\r\n${TEXTS.map((text) => `event: x\r\nid: 1\r\ndata: ${chunk(text)}\r\n\r\n`).join("")}`,
  "CR alone, and no end": TEXTS.map((text) => `data: ${chunk(text)}`).join("\r\r"),
};

describe.each(Object.entries(WAYS))("over %s", (_, way) => {
  test.each(Object.entries(FORMS))(
    "events with %s are whole wherever the bytes are cut",
    async (_form, text) => {
      const client = open(way);
      const bytes = new TextEncoder().encode(text);
      for (let cut = 0; cut <= bytes.length; cut += 1) {
        server.play(inPieces(bytes.subarray(0, cut), bytes.subarray(cut)));
        expect(await chatText(client), `cut at byte ${cut}`).toEqual(TEXTS);
      }
      server.play(inPieces(...Array.from(bytes, (byte) => Uint8Array.of(byte))));
      expect(await chatText(client)).toEqual(TEXTS);
    },
    60_000,
  );

  test("tokens of generated text, byte by byte", async () => {
    const bytes = new TextEncoder().encode(TEXTS.map((text, at) => `data:${token(text, at)}\n\n`).join(""));
    server.play(inPieces(...Array.from(bytes, (byte) => Uint8Array.of(byte))));
    expect(await generated(open(way))).toEqual(TEXTS);
  });

  test.each([
    [
      "of generation",
      `data:{"error":"Out of memory","error_type":"overloaded"}\n\n`,
      "Out of memory",
      "overloaded",
    ],
    [
      "of chat",
      `data: {"error":{"message":"Model is overloaded","http_status_code":429,"type":"overloaded"}}\n\n`,
      "Model is overloaded",
      "overloaded",
    ],
  ])(
    "an error event %s inside a 200 comes after the items before it, and frees the connection",
    async (_kind, event, message, errorType) => {
      const texts: string[] = [];
      // The server would send more: only the client can end this answer.
      server.play(thenSilence(`data: ${chunk("a")}\n\ndata: ${chunk("b")}\n\n`, event));
      const before = server.ends.length;
      const reading = (async () => {
        for await (const { choices } of await open(way).chatCompletion(messages, { stream: true }))
          texts.push(choices[0]?.delta.content ?? "");
      })();
      await expect(reading).rejects.toMatchObject({
        name: "TextGenerationError",
        serverMessage: message,
        errorType,
      });
      expect(texts).toEqual(["a", "b"]);
      expect(await server.ends[before]).toBe("left");
    },
  );

  test("a reader that leaves its loop closes the answer", async () => {
    server.play(thenSilence(`data: ${chunk("a")}\n\n`));
    const before = server.ends.length;
    for await (const _piece of await open(way).chatCompletion(messages, { stream: true })) break;
    expect(await server.ends[before]).toBe("left");
  });

  test("a signal ends a reader that waits, with a typed error, and closes the answer", async () => {
    server.play(thenSilence(`data: ${chunk("a")}\n\n`));
    const before = server.ends.length;
    const leaving = new AbortController();
    const stream = await open(way).chatCompletion(messages, { stream: true, signal: leaving.signal });
    const reading = (async () => {
      for await (const _piece of stream) leaving.abort();
    })();
    await expect(reading).rejects.toMatchObject({ code: "ABORTED" });
    expect(await server.ends[before]).toBe("left");
  });

  test("a stream that nobody reads is ended by close", async () => {
    server.play(thenSilence(`data: ${chunk("a")}\n\n`));
    const before = server.ends.length;
    const stream = await open(way).chatCompletion(messages, { stream: true });
    stream.close();
    expect(await server.ends[before]).toBe("left");
  });

  test("closing the client ends its streams", async () => {
    server.play(thenSilence(`data: ${chunk("a")}\n\n`));
    const before = server.ends.length;
    const client = open(way);
    const stream = await client.chatCompletion(messages, { stream: true });
    const reading = (async () => {
      for await (const _piece of stream) await client.close();
    })();
    await expect(reading).rejects.toMatchObject({ code: expect.stringMatching(/CLOSED|ABORTED/) });
    expect(await server.ends[before]).toBe("left");
  });

  test("silence longer than the limit is a time-out that closes the answer", async () => {
    server.play(thenSilence(`data: ${chunk("a")}\n\n`));
    const before = server.ends.length;
    await expect(chatText(open({ ...way, timeout: 0.2 }))).rejects.toMatchObject({
      name: "InferenceTimeoutError",
    });
    expect(await server.ends[before]).toBe("left");
  });

  test("a connection that breaks inside an event is no end", async () => {
    server.play((response) => {
      response.write(`data: ${chunk("a")}\n\ndata: {"id`, () => response.socket?.resetAndDestroy());
    });
    await expect(chatText(open(way))).rejects.toMatchObject({ code: "CONNECTION_FAILED" });
  });

  test.each([
    ["an event that is no JSON", "data: {oops\n\n", "text/event-stream", "InvalidResponseError"],
    ["a page", "<html>no</html>", "text/html", "InvalidResponseError"],
    [
      "an error in place of the stream",
      '{"error":"Model too busy"}',
      "application/json",
      "TextGenerationError",
    ],
  ])("%s is a typed error", async (_what, body, type, name) => {
    server.play(inPieces(body), type);
    await expect(chatText(open(way))).rejects.toMatchObject({ name });
  });
});
