import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ErrorCode, type ImageSource, InvalidInputFormatError } from "@inference-ts/sdk";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ENTRIES } from "../rig/entries.ts";
import { allOf, failureOf } from "../rig/failures.ts";
import { NO_PICTURE, onceReadable, PIXEL, PIXEL_BASE64 } from "../rig/images.ts";
import { MODEL, startServer, type TestServer } from "../rig/server.ts";

let server: TestServer;
/** A second server, which images are fetched from. */
let images: TestServer;
let folder: string;
beforeAll(async () => {
  server = await startServer();
  images = await startServer({
    infer: (request, response) => {
      const page = request.path.startsWith("/page/");
      response.writeHead(page ? 200 : 404, { "content-type": "text/html" }).end("<p>no picture here</p>");
    },
  });
  folder = await mkdtemp(join(tmpdir(), "inference-bad-input-"));
  await writeFile(join(folder, "empty.jpg"), "");
  await writeFile(join(folder, "words.jpg"), NO_PICTURE);
  await writeFile(join(folder, "cut.png"), PIXEL.slice(0, -20));
  await writeFile(join(folder, "unknown.ending"), PIXEL);
  await mkdir(join(folder, "folder.jpg"));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await images[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

interface BadImage {
  readonly name: string;
  readonly image: () => ImageSource;
  readonly code: ErrorCode;
  /** What the message must name: the value, the rule, the way out. */
  readonly says: readonly (string | RegExp)[];
}

/** Refused by both entries. */
const EVERYWHERE: readonly BadImage[] = [
  {
    name: "no bytes",
    image: () => new Uint8Array(),
    code: "INVALID_INPUT_FORMAT",
    says: [/empty/],
  },
  {
    name: "an empty Blob",
    image: () => new Blob([]),
    code: "INVALID_INPUT_FORMAT",
    says: [/empty/],
  },
  {
    name: "bytes that are no picture",
    image: () => NO_PICTURE,
    code: "INVALID_INPUT_FORMAT",
    says: [/no picture|not an image/, /text/, /JPEG.*PNG/],
  },
  {
    name: "a PNG that was cut off",
    image: () => PIXEL.slice(0, -20),
    code: "INVALID_INPUT_FORMAT",
    says: [/truncated/, /png/i, /again/],
  },
  {
    name: "a stream of no picture",
    image: () => onceReadable(NO_PICTURE),
    code: "INVALID_INPUT_FORMAT",
    says: [/stream/],
  },
  {
    name: "a stream that breaks off",
    image: () =>
      new ReadableStream({
        pull() {
          throw new Error("the camera is gone");
        },
      }),
    code: "INVALID_INPUT_FORMAT",
    says: [/stream/, /the camera is gone/],
  },
  {
    name: "text that is no path, URL or base64",
    image: () => "what a nice day",
    code: "INVALID_INPUT_FORMAT",
    says: [/what a nice day/, /neither/],
  },
  {
    name: "base64 of no picture",
    image: () => Buffer.from("this is no picture, only text").toString("base64"),
    code: "INVALID_INPUT_FORMAT",
    says: [/neither/],
  },
  {
    name: "long text, which is not repeated whole",
    image: () => `${"blah ".repeat(400)}end`,
    code: "INVALID_INPUT_FORMAT",
    says: [/blah blah.*2003 characters|2003/],
  },
  {
    name: "empty text",
    image: () => "",
    code: "INVALID_INPUT_FORMAT",
    says: [/neither|empty/],
  },
  {
    name: "a data URL that is damaged",
    image: () => "data:image/png;base64,%%%",
    code: "INVALID_INPUT_FORMAT",
    says: [/data URL/],
  },
  {
    name: "a URL of an unknown scheme",
    image: () => "ftp://images.test/a.jpg",
    code: "INVALID_INPUT_FORMAT",
    says: [/ftp:\/\/images\.test\/a\.jpg/, /http/],
  },
  {
    name: "a URL that is not found",
    image: () => `${images.url}/missing/picture.jpg?token=abcdef`,
    code: "INVALID_URL_INPUT",
    says: [/missing\/picture\.jpg/, /404/],
  },
  {
    name: "a URL of a page",
    image: () => new URL(`${images.url}/page/one`),
    code: "INVALID_URL_INPUT",
    says: [/page\/one/, /HTML|text/],
  },
  {
    name: "a URL on which nothing listens",
    image: () => "http://127.0.0.1:9/a.jpg",
    code: "INVALID_URL_INPUT",
    says: [/127\.0\.0\.1:9\/a\.jpg/],
  },
  {
    name: "raw pixels of the wrong length",
    image: () => ({ data: new Uint8Array(11), width: 2, height: 2, channels: 3 }),
    code: "INVALID_INPUT_FORMAT",
    says: [/11/, /2 x 2 x 3/],
  },
  {
    name: "raw pixels without a size",
    image: () => ({ data: new Uint8Array(12), width: Number.NaN, height: -2, channels: 3 }),
    code: "INVALID_INPUT_FORMAT",
    says: [/NaN x -2/],
  },
];

/** Values that only untyped programs pass. */
const UNTYPED: readonly (readonly [string, unknown])[] = [
  ["a number", 7],
  ["null", null],
  ["undefined", undefined],
  ["an object", { picture: "street.jpg" }],
  ["a function", () => "street.jpg"],
];

/** What the Node entry says of files. */
const FILES: readonly BadImage[] = [
  {
    name: "a missing file",
    image: () => join(folder, "missing.jpg"),
    code: "INVALID_INPUT_FORMAT",
    says: [/missing\.jpg/, /neither an existing file/, /path|working directory/i],
  },
  {
    name: "a missing file by URL",
    image: () => new URL("file:///nowhere/at/all.jpg"),
    code: "INVALID_INPUT_FORMAT",
    says: [/nowhere\/at\/all\.jpg/, /does not exist|no.*file/],
  },
  {
    name: "a directory",
    image: () => join(folder, "folder.jpg"),
    code: "INVALID_INPUT_FORMAT",
    says: [/folder\.jpg/, /directory/, /file/],
  },
  {
    name: "an empty file",
    image: () => join(folder, "empty.jpg"),
    code: "INVALID_INPUT_FORMAT",
    says: [/empty\.jpg/, /empty/],
  },
  {
    name: "a file of words",
    image: () => join(folder, "words.jpg"),
    code: "INVALID_INPUT_FORMAT",
    says: [/words\.jpg/, /text/],
  },
  {
    name: "a truncated file",
    image: () => join(folder, "cut.png"),
    code: "INVALID_INPUT_FORMAT",
    says: [/cut\.png/, /truncated/],
  },
];

const check = (error: Error, says: readonly (string | RegExp)[]) => {
  for (const part of says) expect(error.message).toMatch(part);
  expect(error.message.length).toBeLessThan(600);
};

describe.each(ENTRIES)("$name", ({ name, open }) => {
  const table = name.endsWith("/node") ? [...EVERYWHERE, ...FILES] : EVERYWHERE;
  let before = 0;
  beforeEach(() => {
    before = server.inferences.length;
  });

  test.each(table)("$name: $code, nothing is sent", async ({ image, code, says }) => {
    for (const apiMode of ["v0", "v1"] as const) {
      await using client = open({
        apiUrl: server.url,
        apiMode,
        apiKey: "test-key-0123456789",
        modelId: MODEL,
      });
      const error = await failureOf(client.infer(image()));
      expect(error.code).toBe(code);
      check(error, says);
      const [item] = await allOf(client.inferEach([image()]));
      expect(item?.ok === false && item.error.code).toBe(code);
    }
    expect(server.inferences).toHaveLength(before);
  });

  test.each(UNTYPED)(
    "%s where an image is meant: INVALID_INPUT_FORMAT that says what is taken",
    async (_name, value) => {
      await using client = open({ apiUrl: server.url, modelId: MODEL });
      const infer: (image: never) => Promise<unknown> = (image) => client.infer(image);
      const error = await failureOf(Reflect.apply(infer, undefined, [value]));
      expect(error).toBeInstanceOf(InvalidInputFormatError);
      expect(error.message).toMatch(/path|URL/);
      expect(server.inferences).toHaveLength(before);
    },
  );

  test("too many bytes, too many pixels: IMAGE_TOO_LARGE with the count, the limit and its option", async () => {
    await using bytes = open({ apiUrl: server.url, modelId: MODEL, maxImageBytes: 60 });
    await using area = open({ apiUrl: server.url, modelId: MODEL, maxImagePixels: 1_000 });
    const wide = PIXEL.slice();
    // Width of a PNG: bytes 16 to 19.
    wide.set([0, 0, 8, 0], 16);
    for (const [client, image, says] of [
      [bytes, PIXEL, [/70 bytes|70/, /60/, /raise/i]],
      [bytes, PIXEL_BASE64, [/60/]],
      [bytes, onceReadable(PIXEL), [/60/]],
      [bytes, new Blob([PIXEL]), [/60/]],
      [area, wide, [/2048 x 1/, /1000/, /raise/i]],
    ] as const) {
      const error = await failureOf(client.infer(image));
      expect(error.code).toBe("IMAGE_TOO_LARGE");
      check(error, says);
    }
    expect(server.inferences).toHaveLength(before);
  });

  test("a file name that says nothing, with good bytes, is fine", async () => {
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const image = name.endsWith("/node")
      ? join(folder, "unknown.ending")
      : new File([PIXEL], "unknown.ending");
    expect((await client.infer(image)).task).toBe("object-detection");
  });

  test("a URL that the policy forbids is refused without asking for it", async () => {
    await using client = open({
      apiUrl: server.url,
      modelId: MODEL,
      urlPolicy: { allowNonGlobalAddresses: false },
    });
    const asked = images.seen.length;
    const error = await failureOf(client.infer(`${images.url}/a.jpg`));
    expect(error.code).toBe("INVALID_URL_INPUT");
    check(error, [/127\.0\.0\.1/]);
    expect(images.seen).toHaveLength(asked);
  });
});
