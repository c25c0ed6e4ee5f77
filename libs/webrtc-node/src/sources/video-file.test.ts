import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  AbortedError,
  ClosedError,
  InvalidInputFormatError,
  InvalidParameterError,
  InvalidUrlInputError,
} from "@inference-ts/errors";
import type { LiveSource } from "@inference-ts/webrtc";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { cacheFolder, cacheName } from "./video-cache.ts";
import { videoFile } from "./video-file.ts";

const VIDEO = Buffer.from(Uint8Array.from({ length: 120_000 }, (_, at) => (at * 7) & 255));
const never = new AbortController().signal;
const requests: IncomingMessage[] = [];
let folder: string;
let server: Server;
let base: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "video-file-"));
  server = createServer((request, response) => {
    requests.push(request);
    const { pathname } = new URL(request.url ?? "", "http://x");
    if (pathname === "/missing.mp4") response.writeHead(404).end("no");
    else if (pathname === "/empty.mp4") response.end();
    else if (pathname === "/loop.mp4") response.writeHead(302, { location: "/loop.mp4" }).end();
    else if (pathname === "/moved.mp4") response.writeHead(302, { location: "/clip.mp4" }).end();
    else if (pathname === "/away.mp4") response.writeHead(302, { location: `${base}/clip.mp4` }).end();
    else if (pathname === "/file.mp4") response.writeHead(302, { location: "file:///etc/passwd" }).end();
    else if (pathname === "/cut.mp4") {
      response.writeHead(200, { "content-length": VIDEO.length });
      response.write(VIDEO.subarray(0, 1000), () => request.socket.destroy());
    } else if (pathname === "/slow.mp4") response.write(VIDEO.subarray(0, 1000));
    else response.end(VIDEO);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});
beforeEach(() => {
  requests.length = 0;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

async function upload(source: LiveSource): Promise<Buffer> {
  const body = await source.openUpload?.(never);
  if (body === undefined) throw new Error("no upload");
  const pieces: Uint8Array[] = [];
  for (let offset = 0; ; ) {
    const into = new Uint8Array(50_000);
    const read = await body.read(offset, into);
    if (read === 0) break;
    pieces.push(into.subarray(0, read));
    offset += read;
  }
  await body.close();
  const all = Buffer.concat(pieces);
  expect(all).toHaveLength(body.totalBytes);
  return all;
}

const failureOf = (work: Promise<unknown> | undefined): Promise<unknown> =>
  Promise.resolve(work).then(
    () => "no failure",
    (error: unknown) => error,
  );

describe("a file of this machine", () => {
  test("is read piece by piece, whole", async () => {
    const path = join(folder, "clip.mp4");
    await writeFile(path, VIDEO);
    for (const file of [path, pathToFileURL(path), pathToFileURL(path).href]) {
      const source = videoFile(file);
      await source.prepare?.(never);
      expect((await upload(source)).equals(VIDEO)).toBe(true);
      await source.close();
      await expect(source.openUpload?.(never)).rejects.toThrow(ClosedError);
    }
  });

  test("tells the plan and passes the progress on", () => {
    expect(videoFile("a.mp4").plan).toEqual({ kind: "file", pictures: "data", realtimeProcessing: false });
    expect(videoFile("a.mp4").onUploadProgress).toBeUndefined();
    const onProgress = () => undefined;
    const source = videoFile("a.mp4", { pictures: "track", realtimeProcessing: true, onProgress });
    expect(source.plan).toEqual({ kind: "file", pictures: "track", realtimeProcessing: true });
    expect(source.onUploadProgress).toBe(onProgress);
  });

  test("that is missing, a folder or empty is found out before the start", async () => {
    await writeFile(join(folder, "empty.mp4"), "");
    for (const [name, message] of [
      ["none.mp4", "ENOENT"],
      [".", "is no file"],
      ["empty.mp4", "is empty"],
    ] as const) {
      const source = videoFile(join(folder, name));
      const error = await failureOf(source.prepare?.(never));
      expect(error).toBeInstanceOf(InvalidInputFormatError);
      expect(error).toHaveProperty("message", expect.stringContaining(message));
      await source.close();
    }
  });

  test.each(["", "a\0b", "ftp://host/clip.mp4", "rtsp://host/live"])("%o is refused", (file) => {
    expect(() => videoFile(file)).toThrow(InvalidParameterError);
  });
});

describe("a file from an address", () => {
  test("is downloaded once and kept under the Python client's name", async () => {
    const cache = join(folder, "cache");
    const url = `${base}/clip.mp4?x=1`;
    for (let round = 0; round < 2; round++) {
      const source = videoFile(url, { cacheFolder: cache });
      expect((await upload(source)).equals(VIDEO)).toBe(true);
      await source.close();
    }
    expect(requests.map((request) => [request.method, request.url])).toEqual([["GET", "/clip.mp4?x=1"]]);
    const name = `${createHash("sha256").update(url).digest("hex").slice(0, 32)}.mp4`;
    expect(await readdir(cache)).toEqual([name]);
    expect((await readFile(join(cache, name))).equals(VIDEO)).toBe(true);
  });

  test("without the cache leaves nothing behind", async () => {
    const before = (await readdir(tmpdir())).filter((name) => name.startsWith("inference-ts-video-"));
    const source = videoFile(new URL(`${base}/clip.mp4`), { useCache: false });
    expect((await upload(source)).equals(VIDEO)).toBe(true);
    await source.close();
    const after = (await readdir(tmpdir())).filter((name) => name.startsWith("inference-ts-video-"));
    expect(after).toEqual(before);
  });

  test("without the cache leaves nothing behind either when it is closed while its folder is made", async () => {
    const own = await mkdtemp(join(folder, "temporary-"));
    vi.stubEnv("TMPDIR", own);
    try {
      const source = videoFile(new URL(`${base}/clip.mp4`), { useCache: false });
      const opening = expect(source.openUpload?.(never)).rejects.toThrow(ClosedError);
      await source.close();
      await opening;
      expect([await readdir(own), requests]).toEqual([[], []]);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test("follows redirects, asks about every address, and keeps credentials with their origin", async () => {
    const asked: string[] = [];
    const source = videoFile(`${base.replace("//", "//user:pass@")}/moved.mp4`, {
      cacheFolder: join(folder, "moved"),
      checkUrl: (url) => void asked.push(url.pathname),
    });
    expect((await upload(source)).equals(VIDEO)).toBe(true);
    await source.close();
    expect(asked).toEqual(["/moved.mp4", "/clip.mp4"]);
    const basic = `Basic ${Buffer.from("user:pass").toString("base64")}`;
    expect(requests.map(({ headers }) => headers.authorization)).toEqual([basic, basic]);
  });

  test("can be refused by the caller's own rule", async () => {
    const source = videoFile(`${base}/clip.mp4`, {
      cacheFolder: join(folder, "refused"),
      checkUrl: () => {
        throw new InvalidUrlInputError("Not from there.");
      },
    });
    await expect(source.openUpload?.(never)).rejects.toThrow("Not from there.");
    expect(requests).toEqual([]);
  });

  test("obeys the URL policy of the client and its own, before anything is asked or taken from the cache", async () => {
    const cache = join(folder, "policy");
    const url = `${base}/clip.mp4`;
    const kept = videoFile(url, { cacheFolder: cache });
    expect(await kept.prepare?.(never)).toEqual({});
    await upload(kept);
    await kept.close();
    requests.length = 0;
    const refusing = { allowNonGlobalAddresses: false };
    const byClient = videoFile(url, { cacheFolder: cache });
    byClient.useUrlPolicy?.(refusing);
    for (const source of [byClient, videoFile(url, { cacheFolder: cache, urlPolicy: refusing })]) {
      const message = "The video URL";
      for (const work of [source.prepare?.(never), source.openUpload?.(never)]) {
        const error = await failureOf(work);
        expect(error).toBeInstanceOf(InvalidUrlInputError);
        expect(error).toHaveProperty("message", expect.stringContaining(message));
        expect(error).toHaveProperty("message", expect.stringContaining("allowNonGlobalAddresses"));
      }
      await source.close();
    }
    expect(requests).toEqual([]);
    const own = videoFile(url, { cacheFolder: cache, urlPolicy: { allowNonGlobalAddresses: true } });
    own.useUrlPolicy?.(refusing);
    expect((await upload(own)).equals(VIDEO)).toBe(true);
    await own.close();
  });

  test("obeys the URL policy at redirects", async () => {
    for (const urlPolicy of [{ maxRedirects: 0 }, { blockedDestinations: ["127.0.0.1"] }]) {
      const source = videoFile(`${base.replace("127.0.0.1", "localhost")}/away.mp4`, {
        cacheFolder: join(folder, "redirects"),
        urlPolicy,
      });
      const error = await failureOf(source.openUpload?.(never));
      expect(error).toBeInstanceOf(InvalidUrlInputError);
      await source.close();
    }
    expect(requests.map(({ url }) => url)).toEqual(["/away.mp4", "/away.mp4"]);
  });

  test.each([
    ["missing.mp4", "status 404"],
    ["empty.mp4", "it is empty"],
    ["loop.mp4", "more than 30 times"],
    ["file.mp4", "neither http: nor https:"],
    ["cut.mp4", "could not be downloaded"],
  ])("%s is an error, and no half of it is kept", async (name, message) => {
    const cache = join(folder, `cache-${name}`);
    const source = videoFile(`${base.replace("//", "//user:secret-password@")}/${name}?api_key=secret-key`, {
      cacheFolder: cache,
    });
    const error = await failureOf(source.openUpload?.(never));
    await source.close();
    expect(error).toBeInstanceOf(InvalidUrlInputError);
    expect(error).toHaveProperty("message", expect.stringContaining(message));
    expect(String(error)).not.toContain("secret");
    expect(await readdir(cache).catch(() => [])).toEqual([]);
  });

  test.each(["abort", "close"] as const)("can be ended by %s", async (endBy) => {
    const cache = join(folder, `ended-by-${endBy}`);
    const stop = new AbortController();
    const source = videoFile(`${base}/slow.mp4`, { cacheFolder: cache });
    const opening = failureOf(source.openUpload?.(stop.signal));
    await expect.poll(() => requests.length).toBe(1);
    if (endBy === "abort") stop.abort();
    else await source.close();
    expect(await opening).toBeInstanceOf(AbortedError);
    await source.close();
    expect(await readdir(cache).catch(() => [])).toEqual([]);
  });
});

test("names and folders of videos that are kept", () => {
  const extension = (url: string) => cacheName(new URL(url)).slice(32);
  expect(extension("https://a/b.webm?x")).toBe(".webm");
  expect(extension("https://a/b")).toBe(".mp4");
  expect(extension("https://a/b.mp4%2f..")).toBe(".mp4");
  expect(cacheFolder({}, "linux")).toBe(join(homedir(), ".cache", "inference-ts", "videos"));
  expect(cacheFolder({ XDG_CACHE_HOME: "/c" }, "linux")).toBe(join("/c", "inference-ts", "videos"));
  expect(cacheFolder({}, "darwin")).toContain(join("Library", "Caches"));
  expect(cacheFolder({ LOCALAPPDATA: "/l" }, "win32")).toBe(join("/l", "inference-ts", "videos"));
});
