import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { AbortedError, InvalidUrlInputError } from "@inference-ts/errors";
import { loadImage } from "@inference-ts/images";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeImageRuntime } from "./node-image-runtime.ts";

const red = readFileSync(join(import.meta.dirname, "../../images/test/fixtures/red-64x48.png"));
const server = createServer((request, response) => {
  if (request.url === "/red.png") response.end(red);
  else if (request.url === "/moved") response.writeHead(302, { location: "/red.png" }).end("moved");
  else if (request.url === "/reset") request.socket.destroy();
  else if (request.url === "/half") {
    response.writeHead(200, { "content-length": red.length });
    response.write(red.subarray(0, 40), () => response.destroy());
  } else if (request.url !== "/never") response.writeHead(404).end("no such image");
});
let base = "";

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

const load = (path: string, options: Parameters<typeof nodeImageRuntime>[0] = {}, signal?: AbortSignal) =>
  loadImage(base + path, { runtime: nodeImageRuntime(options), signal });

test("real downloads and redirects", async () => {
  for (const path of ["/red.png", "/moved"]) {
    expect(await load(path)).toMatchObject({ format: "png", size: { width: 64, height: 48 } });
  }
});

test.each([
  ["/none", /status 404 no such image/],
  ["/reset", /could not be fetched/],
  ["/half", /could not be fetched/],
])("%s is one of our errors", async (path, message) => {
  const error: unknown = await load(path).catch((reason) => reason);
  expect(error).toBeInstanceOf(InvalidUrlInputError);
  expect(error).toMatchObject({ message: expect.stringMatching(message) });
});

test("names are resolved where non-global addresses are refused", async () => {
  const policy = { allowNonGlobalAddresses: false };
  await expect(load("/red.png", { policy })).rejects.toThrow(/allowNonGlobalAddresses/);
  const lookup = async () => ["127.0.0.1"];
  const named = loadImage("http://images.example.com/a.png", {
    runtime: nodeImageRuntime({ policy, lookup }),
  });
  await expect(named).rejects.toThrow(/non-global address 127.0.0.1/);
});

test("abort ends a download that never answers", async () => {
  const controller = new AbortController();
  const asked = once(server, "request");
  const loading = load("/never", {}, controller.signal);
  await asked;
  controller.abort();
  await expect(loading).rejects.toBeInstanceOf(AbortedError);
});
