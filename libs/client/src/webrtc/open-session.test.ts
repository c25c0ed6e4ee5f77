import { encodeBase64Into } from "@inference-ts/images";
import type { Transport } from "@inference-ts/transport";
import {
  type LiveChannelEvents,
  type LivePeer,
  type LivePeerOptions,
  type LiveSource,
  manualFrames,
  rtspCamera,
} from "@inference-ts/webrtc";
import { expect, test, vi } from "vitest";
import { clientSeed } from "../client-core.ts";
import type { InferenceHTTPClientOptions } from "../client-options.ts";
import { ServerMethods } from "../server-methods.ts";
import type { WebRTCStreamOptions } from "./stream-options.ts";

class Client extends ServerMethods {
  constructor(seed: ReturnType<typeof clientSeed>) {
    super(seed);
  }
}

type Answer = { readonly status?: number; readonly json: unknown };

/** A client whose server, and platform, is one function; peers connect at once. */
function setUp(
  options: Partial<InferenceHTTPClientOptions> = {},
  answer: (path: string) => Answer | Promise<Answer> = () => ({ json: { type: "answer", sdp: "v=0" } }),
) {
  const requests: { url: URL; headers: Readonly<Record<string, string>>; body: unknown }[] = [];
  const peers: { options: LivePeerOptions; closes: number }[] = [];
  const transport: Transport = {
    name: "in memory",
    send: async ({ url, headers, body }, signal) => {
      const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : "null";
      requests.push({ url: new URL(url), headers, body: JSON.parse(text) });
      const { status = 200, json } = await Promise.race([
        answer(new URL(url).pathname),
        new Promise<never>((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason), { once: true });
        }),
      ]);
      const bytes = new TextEncoder().encode(JSON.stringify(json));
      return {
        status,
        header: () => null,
        bytes: async () => bytes,
        stream: async function* () {
          yield bytes;
        },
        discard: () => undefined,
      };
    },
    close: async () => undefined,
  };
  const livePeers = async () => (peerOptions: LivePeerOptions) => fakePeer(peerOptions, peers);
  const client = new Client(
    clientSeed(
      {
        apiUrl: "http://server.test:9001",
        apiKey: "key-0123456789",
        transport,
        retry: { maxAttempts: 1 },
        ...options,
      },
      {
        createTransport: () => transport,
        createImageRuntime: () => ({
          codec: null,
          files: null,
          urls: { fetch: () => Promise.reject(new Error("no network")) },
        }),
        writeBase64: encodeBase64Into,
        livePeers,
      },
    ),
  );
  const stream = (more: Partial<WebRTCStreamOptions> = {}) =>
    client.webrtc.stream(rtspCamera("rtsp://camera/1"), { workflow: { version: "1.0" }, ...more });
  return { client, requests, peers, stream };
}

function fakePeer(options: LivePeerOptions, peers: { options: LivePeerOptions; closes: number }[]): LivePeer {
  const channels: LiveChannelEvents[] = [];
  const noted = { options, closes: 0 };
  peers.push(noted);
  return {
    openChannel: (_label, events) => {
      channels.push(events);
      return { isOpen: true, bufferedBytes: 0, send: () => undefined };
    },
    receiveVideo: () => undefined,
    sendFrames: () => ({ dropped: 0, sent: 0, send: async () => true, finish: async () => undefined }),
    sendTrack: () => undefined,
    createOffer: async () => ({ type: "offer", sdp: "v=0" }),
    acceptAnswer: async () => {
      for (const { opened } of channels) opened();
    },
    report: () => ({
      connectionState: "new",
      iceState: "new",
      dtlsState: "new",
      localCandidates: {},
      remoteCandidates: {},
      notes: [],
    }),
    stats: () => ({
      framesSent: 0,
      framesDropped: 0,
      picturesReceived: 0,
      packetsLost: 0,
      keyFramesRequested: 0,
      keyFramesSent: 0,
      bytesSent: 0,
      bytesReceived: 0,
      roundTripMs: null,
    }),
    close: async () => {
      noted.closes += 1;
    },
  };
}

test("nothing is sent and no peer is opened before the start", async () => {
  const { stream, requests, peers } = setUp();
  await using session = await stream();
  expect([requests.length, peers.length, session.phase]).toEqual([0, 0, "new"]);
  await session.start();
  expect([requests.length, peers.length, session.phase]).toEqual([1, 1, "streaming"]);
  expect(requests[0]).toMatchObject({
    url: { pathname: "/initialise_webrtc_worker" },
    headers: { authorization: "Bearer key-0123456789" },
    body: { api_key: "key-0123456789", rtsp_url: "rtsp://camera/1", webrtc_offer: { sdp: "v=0" } },
  });
});

test.each<[string, Partial<WebRTCStreamOptions>]>([
  ["both workflow and model", { modelId: "a/1" }],
  ["a task that cannot be streamed", { workflow: undefined, modelId: "a/1", taskType: "lmm" }],
  ["an unknown setting", { config: JSON.parse('{"streamOutputs":[]}') }],
  ["a TURN server without credentials", { config: { turnServer: { urls: "turn:t.example" } } }],
  ["an image input without a name", { imageInput: "" }],
])("%s is refused before anything is sent", async (_what, options) => {
  const { stream, requests, peers } = setUp();
  await expect(stream(options)).rejects.toMatchObject({ code: "INVALID_PARAMETER" });
  expect([requests.length, peers.length]).toEqual([0, 0]);
});

test("what is no source is refused", async () => {
  const { client } = setUp();
  for (const source of [
    null,
    "rtsp://camera",
    {},
    { plan: { kind: "rtsp", url: "http://x" }, close: () => null },
  ]) {
    const call = Reflect.apply(client.webrtc.stream, undefined, [source, { workflow: {} }]);
    await expect(call).rejects.toMatchObject({ code: "INVALID_PARAMETER" });
  }
});

test("a source that downloads is told the URL policy of the client before anything is sent", async () => {
  const urlPolicy = { allowNonHttps: false };
  const { client, requests } = setUp({ urlPolicy });
  const told: unknown[] = [];
  const source: LiveSource = {
    plan: { kind: "file" },
    useUrlPolicy: (policy) => void told.push(policy, requests.length),
    close: async () => undefined,
  };
  await using _session = await client.webrtc.stream(source, { workflow: { version: "1.0" } });
  expect(told).toEqual([urlPolicy, 0]);
});

test("headers of the client go to its server, not to the platform, which gets the key in a header", async () => {
  const { stream, requests } = setUp({ headers: { "X-Gateway": "secret" } }, (path) => ({
    json: path.includes("stat")
      ? { modelMetadata: { taskType: "object-detection" } }
      : { type: "answer", sdp: "v=0" },
  }));
  await using session = await stream({ workflow: undefined, modelId: "a/1", headers: { "x-call": "1" } });
  await session.start();
  const [lookup, start] = requests;
  expect(lookup?.url.href).toBe("https://api.roboflow.com/models/v1/external/stat?modelId=a%2F1");
  expect(lookup?.headers).toEqual({ authorization: "Bearer key-0123456789" });
  expect(start?.headers).toMatchObject({ "x-gateway": "secret", "x-call": "1" });
});

test("a hosted address brings TURN servers; without them the session starts and says so", async () => {
  for (const [json, status] of [
    [{ urls: "turn:t.example", username: "u", credential: "c" }, 200],
    [{ nothing: 1 }, 200],
    [{ message: "no" }, 500],
  ] as const) {
    const { stream, peers, requests } = setUp({ apiUrl: "https://serverless.roboflow.com" }, (path) =>
      path.includes("turn") ? { json, status } : { json: { type: "answer", sdp: "v=0" } },
    );
    await using session = await stream();
    const notes: string[] = [];
    session.onError((problem) => {
      if (problem.kind === "note") notes.push(problem.message);
    });
    await session.start();
    expect(requests).toHaveLength(2);
    const has = "urls" in json;
    expect(peers[0]?.options.iceServers).toEqual(
      has ? [{ urls: ["turn:t.example"], username: "u", credential: "c" }] : [],
    );
    expect(notes).toHaveLength(has ? 0 : 1);
    expect(JSON.stringify(notes)).not.toContain("key-0123456789");
  }
});

test("closing the client ends its sessions, while they start and while they stream", async () => {
  for (const hangs of [true, false]) {
    const { client, stream, peers, requests } = setUp({}, () =>
      hangs ? new Promise<Answer>(() => undefined) : { json: { type: "answer", sdp: "v=0" } },
    );
    const session = await stream();
    const run = session.run();
    const failed = expect(run).rejects.toMatchObject({ code: "CLOSED" });
    if (!hangs) await session.start();
    else await vi.waitFor(() => expect(requests).toHaveLength(1));
    await client.close();
    // Whoever ends the process now has told the worker.
    expect(peers.map(({ closes }) => closes)).toEqual([1]);
    await failed;
  }
});

test("an aborted signal ends the start with its reason, and the peer is closed", async () => {
  const { stream, peers, requests } = setUp({}, () => new Promise<Answer>(() => undefined));
  const abort = new AbortController();
  const session = await stream({ signal: abort.signal });
  const run = expect(session.run()).rejects.toMatchObject({ code: "ABORTED", cause: "enough" });
  await vi.waitFor(() => expect(requests).toHaveLength(1));
  abort.abort("enough");
  await run;
  expect(peers.map(({ closes }) => closes)).toEqual([1]);
});

test("the deadline of the start is timeoutMs, and the error is that of any request", async () => {
  const slow = setUp({}, () => new Promise<Answer>(() => undefined));
  const session = await slow.stream({ timeoutMs: 20 });
  await expect(session.run()).rejects.toMatchObject({ code: "TIMEOUT", timeoutMs: 20 });
  const events: string[] = [];
  const refusing = setUp({ onEvent: ({ station }) => events.push(station) }, () => ({
    status: 402,
    json: { message: "quota" },
  }));
  await expect((await refusing.stream()).run()).rejects.toMatchObject({
    code: "HTTP_ERROR",
    status: 402,
    serverMessage: "quota",
  });
  expect(events).toEqual(["call", "endpoint", "send", "fail"]);
  expect(refusing.peers.map(({ closes }) => closes)).toEqual([1]);
});

test("a peer of the caller's own is used", async () => {
  const { client, peers } = setUp();
  const own: { options: LivePeerOptions; closes: number }[] = [];
  await using session = await client.webrtc.stream(manualFrames(), {
    modelId: "a/1",
    taskType: "classification",
    peer: (options) => fakePeer(options, own),
  });
  await session.start();
  expect([own.length, peers.length]).toEqual([1, 0]);
});
