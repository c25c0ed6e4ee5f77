import { AbortedError, DeadlineExceededError } from "@inference-ts/sdk/node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { MODES } from "./models.ts";
import { asPng, ONLY_BLUE } from "./pictures.ts";
import { type Relay, startRelay } from "./relay.ts";
import { failureOf } from "./results.ts";
import { openTarget, type Target } from "./target.ts";

let target: Target;
let image: Uint8Array;
let relay: Relay;
beforeAll(async () => {
  target = await openTarget();
  image = await asPng(ONLY_BLUE);
});
afterAll(() => target.close());
beforeEach(async () => {
  relay = await startRelay(target.url);
});
afterEach(() => relay.close());

const INFER_PATHS = { v0: "/colours/1", v1: "/infer/object_detection" } as const;

describe.each(MODES)("in %s", (apiMode) => {
  /** A client that has used the model before, so that a call is one request. */
  const warmClient = async () => {
    const client = target.client({ apiUrl: relay.url, apiMode, modelId: "colours/1" });
    await client.infer(image);
    return client;
  };
  const inferRequests = () => relay.paths.filter((path) => path === INFER_PATHS[apiMode]).length - 1;

  test("timeoutMs ends a call that gets no answer, and its connection", async () => {
    const client = await warmClient();
    relay.hold([INFER_PATHS[apiMode]]);
    const error = await failureOf(client.infer(image, { timeoutMs: 100 }));
    expect(error).toBeInstanceOf(DeadlineExceededError);
    expect(error).toMatchObject({ code: "TIMEOUT", timeoutMs: 100 });
    await relay.left(1);
    expect(inferRequests()).toBe(1);
  });

  test("a client whose call timed out works on", async () => {
    const client = await warmClient();
    relay.hold([INFER_PATHS[apiMode]]);
    await failureOf(client.infer(image, { timeoutMs: 50 }));
    relay.hold(null);
    expect((await client.infer(image)).task).toBe("object-detection");
  });

  test("abort ends a running call, and its connection", async () => {
    const client = await warmClient();
    relay.hold([INFER_PATHS[apiMode]]);
    const abort = new AbortController();
    const failure = failureOf(client.infer(image, { signal: abort.signal }));
    await relay.held(1);
    const reason = new Error("no longer wanted");
    abort.abort(reason);
    const error = await failure;
    expect(error).toBeInstanceOf(AbortedError);
    expect(error).toMatchObject({ name: "AbortError", cause: reason });
    await relay.left(1);
  });

  test("abort ends a list: what waits is never sent", async () => {
    const client = await warmClient();
    relay.hold([INFER_PATHS[apiMode]]);
    const abort = new AbortController();
    const images = Array.from({ length: 6 }, () => image);
    const options = { signal: abort.signal, maxConcurrentRequests: 2 };
    const failure = failureOf(client.infer(images, options));
    await relay.held(2);
    abort.abort();
    expect(await failure).toBeInstanceOf(AbortedError);
    await relay.left(2);
    expect(inferRequests()).toBe(2);
  });

  test("a signal that is aborted already sends nothing", async () => {
    const client = await warmClient();
    const error = await failureOf((async () => client.infer(image, { signal: AbortSignal.abort() }))());
    expect(error).toBeInstanceOf(AbortedError);
    expect(inferRequests()).toBe(0);
  });
});

test("v1: abort while the model is being loaded", async () => {
  await target.unloadAllModels();
  relay.hold(["/model/add"]);
  const abort = new AbortController();
  const client = target.client({ apiUrl: relay.url, modelId: "colours/1" });
  const failure = failureOf(client.infer(image, { signal: abort.signal }));
  await relay.held(1);
  abort.abort();
  expect(await failure).toBeInstanceOf(AbortedError);
  relay.hold(null);
  expect((await client.infer(image)).task).toBe("object-detection");
});
