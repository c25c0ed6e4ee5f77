import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { InferenceHTTPClient as PortableClient } from "@inference-ts/sdk";
import { type InferenceEvent, InferenceHTTPClient } from "@inference-ts/sdk/node";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { failureOf } from "../suite/results.ts";
import { CLIP_ANSWER, type ClipServer, type SeenUpload, startClipServer } from "./clip-server.ts";

const KEY = "test-key-of-clips-0123456789";
/** Begins like an MP4, so that its base64 text is taken for a clip. */
const CLIP = Uint8Array.from({ length: 1000 }, (_, index) =>
  index < 12 ? (Buffer.from("\0\0\0\x18ftypisom", "latin1")[index] ?? 0) : index % 251,
);

let folder: string;
let server: ClipServer;
const closers: (() => Promise<void>)[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "clips-"));
  await writeFile(join(folder, "clip.mp4"), CLIP);
  server = await startClipServer();
});
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

type Options = Partial<ConstructorParameters<typeof InferenceHTTPClient>[0]>;

function clientOf(
  options: Options = {},
  Client: typeof InferenceHTTPClient | typeof PortableClient = InferenceHTTPClient,
) {
  const client = new Client({ apiUrl: server.url, apiKey: KEY, modelId: "actions/1", ...options });
  closers.push(() => client.close());
  return client;
}

function lastUpload(): SeenUpload {
  const upload = server.uploads.at(-1);
  if (upload === undefined) throw new Error("Nothing was uploaded.");
  return upload;
}

/** The bytes of a clip that came as base64, as a form, or in a JSON request. */
function clipIn({ body, contentType }: SeenUpload): Buffer {
  const text = body?.toString("latin1") ?? "";
  if (contentType.startsWith("multipart/")) {
    const boundary = contentType.split("boundary=")[1] ?? "";
    const [empty, part = "", end] = text.split(`--${boundary}`);
    expect([empty, end]).toEqual(["", "--\r\n"]);
    expect(part).toMatch(/^\r\nContent-Disposition: form-data; name="file"; filename="clip"\r\n/);
    return Buffer.from(part.slice(part.indexOf("\r\n\r\n") + 4, -2), "latin1");
  }
  if (!contentType.startsWith("application/json")) return Buffer.from(text, "base64");
  const json: { video?: { type?: string; value?: string } } = JSON.parse(text);
  expect(json.video?.type).toBe("base64");
  return Buffer.from(json.video?.value ?? "", "base64");
}

describe.each(["v0", "v1"] as const)("in %s", (apiMode) => {
  test("every kind of clip arrives byte for byte", async () => {
    const path = join(folder, "clip.mp4");
    const base64 = Buffer.from(CLIP).toString("base64");
    const sources = [
      path,
      pathToFileURL(path),
      CLIP,
      Buffer.from(CLIP),
      CLIP.buffer.slice(0),
      new Blob([CLIP.slice()]),
      new File([CLIP.slice()], "clip.mp4"),
      base64,
      `data:video/mp4;base64,${base64}`,
    ];
    const client = clientOf({ apiMode });
    for (const source of sources) {
      expect(await client.inferOnVideo(source)).toEqual(CLIP_ANSWER);
      expect(clipIn(lastUpload()).equals(CLIP)).toBe(true);
    }
  });

  test("the entry for browsers sends bytes and blobs", async () => {
    const client = clientOf({ apiMode }, PortableClient);
    for (const source of [CLIP, new Blob([CLIP.slice()])]) {
      expect(await client.inferOnVideo(source)).toEqual(CLIP_ANSWER);
      expect(clipIn(lastUpload()).equals(CLIP)).toBe(true);
    }
    expect(await failureOf(client.inferOnVideo("clip.mp4"))).toMatchObject({ code: "INVALID_INPUT_FORMAT" });
  });

  test("a URL is handed on as it is", async () => {
    const url = "https://videos.example.com/a.mp4?signature=a%2Fb&c=d";
    await clientOf({ apiMode }).inferOnVideo(url);
    const { path, body } = lastUpload();
    if (apiMode === "v1") expect(JSON.parse(String(body)).video).toEqual({ type: "url", value: url });
    else expect([new URL(path, server.url).searchParams.get("image"), String(body)]).toEqual([url, ""]);
  });

  test("parameters of the call and of the configuration are sent", async () => {
    const client = clientOf({ apiMode, configuration: { confidenceThreshold: 0.25, classFilter: ["wave"] } });
    const parameters = async (options: Parameters<typeof client.inferOnVideo>[1]) => {
      await client.inferOnVideo(CLIP, options);
      const { path, body } = lastUpload();
      if (apiMode === "v0") return Object.fromEntries(new URL(path, server.url).searchParams);
      return { ...JSON.parse(String(body)), video: undefined };
    };
    expect(await parameters({})).toMatchObject(
      apiMode === "v0"
        ? { api_key: KEY, confidence: "0.25", class_filter: "wave" }
        : { api_key: KEY, confidence: 0.25, class_filter: ["wave"], model_id: "actions/1" },
    );
    const options = { confidence: 0, classFilter: ["a", "b"], includeCandidates: true } as const;
    expect(await parameters(options)).toMatchObject(
      apiMode === "v0"
        ? { confidence: "0", class_filter: "a,b", include_candidates: "True" }
        : { confidence: 0, class_filter: ["a", "b"], include_candidates: true },
    );
  });

  test("tags go into the query and the body, with what the configuration says of the source", async () => {
    const client = clientOf({ configuration: { source: "mine", sourceInfo: "info" } });
    await client.inferOnVideo(CLIP, { usageTags: { source: "workflow", team: "blue" } });
    const { path, body } = lastUpload();
    const tags = { source: "workflow", source_info: "info", team: "blue" };
    expect(Object.fromEntries(new URL(path, server.url).searchParams)).toEqual(tags);
    expect(JSON.parse(body?.toString() ?? "")).toMatchObject(tags);
  });

  test("what is no clip is refused before anything is sent", async () => {
    const client = clientOf({ apiMode });
    const before = server.uploads.length;
    const empty = join(folder, "empty.mp4");
    await writeFile(empty, "");
    const wrong: readonly [unknown, string][] = [
      ["no-such-clip.mp4", "neither an existing file"],
      [folder, "is a directory"],
      [empty, "is empty"],
      [new Uint8Array(0), "is empty"],
      ["ftp://host/clip.mp4", "scheme"],
      [`data:video/mp4;base64,${"*"}`, "data URL"],
      [[CLIP], "A list is not one clip"],
      [5, "A number is not one clip"],
      [null, "is not one clip"],
    ];
    for (const [source, message] of wrong) {
      const error = await failureOf(Reflect.apply(client.inferOnVideo, client, [source]));
      expect(error).toMatchObject({
        code: "INVALID_INPUT_FORMAT",
        message: expect.stringContaining(message),
      });
    }
    expect(await failureOf(client.inferOnVideo("http://["))).toMatchObject({ code: "INVALID_URL_INPUT" });
    expect(server.uploads).toHaveLength(before);
  });

  test("wrong parameters are refused", async () => {
    const client = clientOf({ apiMode });
    for (const options of [
      { confidence: 2 },
      { confidence: Number.NaN },
      { confidence: "most" },
      { upload: "fax" },
    ]) {
      const error = await failureOf(Reflect.apply(client.inferOnVideo, client, [CLIP, options]));
      expect(error).toMatchObject({ code: "INVALID_PARAMETER" });
    }
  });

  test("an answer of another form is an error that names the place", async () => {
    const strange = await startClipServer({
      status: 200,
      body: { ...CLIP_ANSWER, timeline: [{ class: 3 }] },
    });
    closers.push(() => strange.close());
    const error = await failureOf(clientOf({ apiMode, apiUrl: strange.url }).inferOnVideo(CLIP));
    expect(error).toMatchObject({ code: "INVALID_RESPONSE", path: "timeline[0].class" });
  });

  test("a busy server is asked again, one that worked too long is not", async () => {
    for (const [status, attempts] of [
      [503, 2],
      [504, 1],
    ] as const) {
      const failing = await startClipServer({ status, body: { detail: "no" } });
      closers.push(() => failing.close());
      const client = clientOf({ apiMode, apiUrl: failing.url, retry: { maxAttempts: 2, baseDelayMs: 0 } });
      expect(await failureOf(client.inferOnVideo(CLIP))).toMatchObject({
        code: "HTTP_ERROR",
        status,
        attempts,
      });
      expect(failing.uploads).toHaveLength(attempts);
      expect(failing.uploads.every((upload) => clipIn(upload).equals(CLIP))).toBe(true);
    }
  });
});

test("v0 sends short clips as base64 and long ones as a form, unless told", async () => {
  const client = clientOf({ apiMode: "v0" });
  const typeOf = async (bytes: number, upload?: "multipart" | "base64") => {
    await client.inferOnVideo(new Uint8Array(bytes), upload === undefined ? {} : { upload });
    return lastUpload().contentType.split(";")[0];
  };
  const MB = 1024 * 1024;
  expect(await typeOf(8 * MB)).toBe("application/x-www-form-urlencoded");
  expect(await typeOf(8 * MB + 1)).toBe("multipart/form-data");
  expect(await typeOf(1, "multipart")).toBe("multipart/form-data");
  expect(await typeOf(9 * MB, "base64")).toBe("application/x-www-form-urlencoded");
  expect(lastUpload().receivedBytes).toBe(Math.ceil((9 * MB) / 3) * 4);
});

test("what only one mode can carry is refused in the other", async () => {
  const v1 = clientOf({ apiMode: "v1" });
  expect(await failureOf(v1.inferOnVideo(CLIP, { upload: "multipart" }))).toMatchObject({
    code: "INVALID_PARAMETER",
  });
  const v0 = clientOf({ apiMode: "v0" });
  const comma = await failureOf(v0.inferOnVideo(CLIP, { classFilter: ["a,b"] }));
  expect(comma).toMatchObject({ code: "INVALID_PARAMETER", message: expect.stringContaining('"a,b"') });
  expect(await failureOf(v0.inferOnVideoFromApiV1(CLIP))).toMatchObject({ code: "WRONG_CLIENT_MODE" });
  await v1.inferOnVideoFromApiV0(CLIP);
  expect(lastUpload().path).toMatch(/^\/actions\/1\?/);
});

test("tells how far an upload has come, and what happens at every station", async () => {
  const stations: string[] = [];
  const client = clientOf({ onEvent: (event: InferenceEvent) => stations.push(event.station) });
  const told: number[] = [];
  await client.inferOnVideo(CLIP, {
    onUploadProgress: ({ sentBytes, totalBytes }) => {
      told.push(sentBytes / totalBytes);
      throw new Error("a listener");
    },
  });
  expect(told.at(-1)).toBe(1);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect(stations).toEqual(["call", "endpoint", "send", "plan", "load", "endpoint", "send", "decode"]);
});

test("a clip that changes while it is sent is the caller's error", async () => {
  const path = join(folder, "changing.mp4");
  const file = await open(path, "w");
  await file.truncate(30 * 1024 * 1024);
  const client = clientOf({ apiMode: "v0" });
  let cut: Promise<void> | undefined;
  const call = client.inferOnVideo(path, {
    onUploadProgress: () => {
      cut ??= file.truncate(1024 * 1024);
    },
  });
  const error = await failureOf(call);
  await cut;
  await file.close();
  expect(error).toMatchObject({
    code: "INVALID_INPUT_FORMAT",
    message: expect.stringContaining("was changed"),
  });
});

test("aborting an upload ends it", async () => {
  const path = join(folder, "long.mp4");
  const file = await open(path, "w");
  await file.truncate(200 * 1024 * 1024);
  await file.close();
  const abort = new AbortController();
  const call = clientOf({ apiMode: "v0" }).inferOnVideo(path, {
    signal: abort.signal,
    onUploadProgress: ({ sentBytes }) => {
      if (sentBytes > 1024 * 1024) abort.abort();
    },
  });
  expect(await failureOf(call)).toMatchObject({ code: "ABORTED" });
});

test("clips of any length arrive unchanged in every form", async () => {
  const client = clientOf({ apiMode: "v0" });
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 5000 }),
      fc.constantFrom("multipart" as const, "base64" as const),
      async (bytes, upload) => {
        await client.inferOnVideo(bytes, { upload });
        expect(clipIn(lastUpload()).equals(bytes)).toBe(true);
        expect(lastUpload().contentLength).toBe(lastUpload().receivedBytes);
      },
    ),
    { numRuns: 60 },
  );
});
