import {
  type AbortedError,
  InvalidInputFormatError,
  InvalidParameterError,
  isInferenceError,
} from "@inference-ts/errors";
import {
  encodeBase64Into,
  type ImageSource,
  type OpenVideoOptions,
  type SourceReader,
} from "@inference-ts/images";
import type { Transport } from "@inference-ts/transport";
import { expect, test } from "vitest";
import { clientSeed } from "../client-core.ts";
import { StreamMethods } from "../stream-methods.ts";
import type { InferOnStreamOptions, StreamItem, StreamProgress, StreamSource } from "./stream-options.ts";

const PIXEL = { data: new Uint8Array(3), width: 1, height: 1, channels: 3 } as const;
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

class Client extends StreamMethods {
  constructor(seed: ReturnType<typeof clientSeed>) {
    super(seed);
  }
}

/** A camera without an end whose third frame fails, and a server that answers at once. */
function setUp({ failAt = Number.POSITIVE_INFINITY } = {}) {
  const seen = { decoded: 0, closed: 0, sent: 0, options: undefined as OpenVideoOptions | undefined };
  const sources: SourceReader = {
    isVideo: async (source) => source.startsWith("rtsp:"),
    findImages: async function* () {
      yield* [PNG, "no picture", PNG];
    },
    openVideo: async function* (_source, options) {
      seen.options = options;
      try {
        for (let index = 0; ; index += options.stride ?? 1) {
          if (options.signal?.aborted === true) throw new Error("aborted");
          if (seen.decoded === failAt) throw new InvalidInputFormatError("The video is damaged.");
          seen.decoded += 1;
          yield { image: PIXEL, index, timestampMs: index * 40 };
        }
      } finally {
        seen.closed += 1;
      }
    },
  };
  const transport: Transport = {
    name: "instant",
    send: async () => {
      seen.sent += 1;
      const body = new TextEncoder().encode('{"image":{"width":1,"height":1},"predictions":[]}');
      return {
        status: 200,
        header: () => null,
        bytes: async () => body,
        stream: async function* () {
          yield body;
        },
        discard: () => undefined,
      };
    },
    close: async () => undefined,
  };
  const open = (withSources: boolean): Client =>
    new Client(
      clientSeed(
        { apiUrl: "http://server", apiKey: "test-key", apiMode: "v0", modelId: "shapes/1" },
        {
          createTransport: () => transport,
          createImageRuntime: () => ({
            codec: {
              name: "fake",
              resize: async (bytes) => bytes,
              encode: async () => Uint8Array.from(atob(PNG), (letter) => letter.charCodeAt(0)),
              decode: async () => PIXEL,
            },
            files: null,
            urls: { fetch: () => Promise.reject(new Error("no network")) },
          }),
          writeBase64: encodeBase64Into,
          ...(withSources ? { sources } : {}),
        },
      ),
    );
  return { seen, client: open(true), portable: open(false) };
}

async function failure(work: AsyncIterable<unknown>): Promise<unknown> {
  try {
    for await (const _ of work);
  } catch (error) {
    return error;
  }
  return undefined;
}

test("frames carry their number and time, come in order, and are closed when the loop is left", async () => {
  const { client, seen } = setUp();
  const items: StreamItem[] = [];
  for await (const item of client.inferOnStream("rtsp://camera", { stride: 3, maxFps: 5 })) {
    items.push(item);
    if (items.length === 4) break;
  }
  expect(items.map(({ index, timestampMs, ok, input }) => [index, timestampMs, ok, input])).toEqual(
    [0, 3, 6, 9].map((index) => [index, index * 40, true, PIXEL]),
  );
  expect(seen.options).toMatchObject({ stride: 3, maxFps: 5 });
  expect(seen.closed).toBe(1);
});

test.each([1, 4])(
  "with a window of %i no more frames are decoded than it holds, none after leaving",
  async (window) => {
    const { client, seen } = setUp();
    const frames = client.inferOnStream(0, { maxConcurrentRequests: window });
    await frames.next();
    expect(seen.decoded).toBeGreaterThanOrEqual(1);
    expect(seen.decoded).toBeLessThanOrEqual(window + 1);
    await frames.return?.();
    const { decoded, sent } = seen;
    await new Promise((resolve) => setImmediate(resolve));
    expect([seen.decoded, seen.sent, seen.closed]).toEqual([decoded, sent, 1]);
  },
);

test("an abort ends the stream as AbortedError, with nothing decoded after it", async () => {
  const { client, seen } = setUp();
  const leaving = new AbortController();
  const error = await failure(
    (async function* () {
      for await (const item of client.inferOnStream("rtsp://camera", { signal: leaving.signal })) {
        if (item.index === 2) leaving.abort();
        yield item;
      }
    })(),
  );
  const decoded = seen.decoded;
  expect(isInferenceError(error) && error.code).toBe("ABORTED" satisfies AbortedError["code"]);
  expect([seen.closed, decoded]).toEqual([1, 3]);
});

test("a source that fails ends the stream after the items before it", async () => {
  const { client, seen } = setUp({ failAt: 3 });
  const indexes: number[] = [];
  const error = await failure(
    (async function* () {
      for await (const { index } of client.inferOnStream("rtsp://camera", { maxConcurrentRequests: 8 })) {
        yield indexes.push(index);
      }
    })(),
  );
  expect(error).toBeInstanceOf(InvalidInputFormatError);
  expect([indexes, seen.closed]).toEqual([[0, 1, 2], 1]);
});

test("a folder gives one item for each file, and progress after each", async () => {
  const { client } = setUp();
  const progress: StreamProgress[] = [];
  const items: StreamItem[] = [];
  for await (const item of client.inferOnStream("folder", { onProgress: (each) => progress.push(each) })) {
    items.push(item);
  }
  expect(items.map(({ index, ok, input }) => [index, ok, input])).toEqual([
    [0, true, PNG],
    [1, false, "no picture"],
    [2, true, PNG],
  ]);
  expect(progress.map(({ finished, failed, total }) => [finished, failed, total])).toEqual([
    [1, 0, undefined],
    [2, 1, undefined],
    [3, 1, undefined],
  ]);
  expect(progress.at(-1)?.found).toBe(3);
});

test("lists and async iterables need no reader; a listener that throws breaks nothing", async () => {
  const { portable } = setUp();
  const seen: unknown[] = [];
  const onProgress = ({ total }: StreamProgress): never => {
    seen.push(total);
    throw new Error("of the listener");
  };
  const stream = async function* (): AsyncGenerator<ImageSource> {
    yield* [PNG, PIXEL];
  };
  for (const source of [[PNG, PIXEL], stream()]) {
    for await (const { index, timestampMs } of portable.inferOnStream(source, { onProgress })) {
      seen.push([index, timestampMs]);
    }
  }
  expect(seen).toEqual([
    2,
    [0, undefined],
    2,
    [1, undefined],
    undefined,
    [0, undefined],
    undefined,
    [1, undefined],
  ]);
});

test("without a reader a path or a camera is refused with the way out", async () => {
  const { portable, seen } = setUp();
  for (const items of [portable.inferOnStream("folder"), portable.inferOnStream(0)]) {
    const error = await failure(items);
    expect(error).toBeInstanceOf(InvalidInputFormatError);
    expect(isInferenceError(error) && error.hint).toContain("./node");
  }
  expect(seen.sent).toBe(0);
});

test.each<[StreamSource | Uint8Array, InferOnStreamOptions]>([
  ["rtsp://camera", { stride: 0 }],
  ["rtsp://camera", { stride: 1.5 }],
  ["rtsp://camera", { maxFps: 0 }],
  ["rtsp://camera", { maxFps: Number.NaN }],
  [-1, {}],
  [new Uint8Array(3), {}],
])("%s with %o is refused before anything is opened", async (source, options) => {
  const { client, seen } = setUp();
  expect(await failure(Reflect.apply(client.inferOnStream, client, [source, options]))).toBeInstanceOf(
    InvalidParameterError,
  );
  expect([seen.decoded, seen.sent]).toEqual([0, 0]);
});
