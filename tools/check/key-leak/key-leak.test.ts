import { createServer } from "node:http";
import { inspect } from "node:util";
import {
  type InferenceEvent,
  type InferenceHTTPClientOptions,
  isInferenceError,
  InferenceHTTPClient as PortableClient,
} from "@inference-ts/sdk";
import { InferenceHTTPClient as NodeClient } from "@inference-ts/sdk/node";
import { drawShapes, encodeShapes, FAULT_HEADER, type Sandbox, startSandbox } from "@inference-ts/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeLeak, findLeaks, TEST_KEY } from "./secrets.ts";

/** Servers that misbehave, and what a call to them is expected to end in. */
const FAULTS = [
  "status=400",
  "status=401",
  "status=404",
  "status=500",
  "status=503;retry-after=0",
  "html",
  "not-json",
  "wrong-shape",
  "empty",
  "reset",
  "truncate",
  "stall",
] as const;

const CLIENTS = { "fetch adapter": PortableClient, "node:http adapter": NodeClient };
const KEY_TRANSPORTS = ["auto", "header", "legacy", "both"] as const;
const MODES = ["v0", "v1"] as const;

let sandbox: Sandbox;
let echo: { readonly url: string; close(): void };
let picture: Uint8Array;

beforeAll(async () => {
  sandbox = await startSandbox({ apiKey: TEST_KEY });
  echo = await startEchoServer();
  const shapes = [{ kind: "rectangle", colour: "red", x: 10, y: 10, width: 20, height: 20 }] as const;
  picture = await encodeShapes(drawShapes({ width: 64, height: 64, shapes }));
});
afterAll(async () => {
  await sandbox?.close();
  echo?.close();
});

/** A server that answers with an error that repeats everything it was sent, keys included, as careless servers do. */
async function startEchoServer() {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const said = `${request.url} ${JSON.stringify(request.headers)} ${Buffer.concat(chunks).toString()}`;
      response.writeHead(418, { "content-type": "application/json", "x-request-id": "r-1" });
      response.end(JSON.stringify({ message: `cannot handle ${said}`, error_type: "Echo" }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Everything a program could print of a value: own and hidden properties, causes, getters, JSON. */
function everythingIn(value: unknown): string {
  const views = [
    inspect(value, {
      depth: Number.POSITIVE_INFINITY,
      showHidden: true,
      getters: true,
      maxArrayLength: null,
      maxStringLength: null,
    }),
    String(value),
  ];
  try {
    views.push(JSON.stringify(value) ?? "");
  } catch {
    // Not every value can be written as JSON; the other views hold it.
  }
  if (value instanceof Error) views.push(value.stack ?? "", everythingIn(value.cause));
  return views.join("\n");
}

/** Makes a client, lets it fail or succeed, and collects its events, result or error, and the client itself. */
async function observed(
  Client: typeof PortableClient | typeof NodeClient,
  options: Omit<InferenceHTTPClientOptions, "onEvent">,
  fault: string | undefined,
) {
  const events: InferenceEvent[] = [];
  const client = new Client({
    retry: { maxAttempts: 2, baseDelayMs: 1, maxDelayMs: 1 },
    timeoutMs: fault === "stall" ? 150 : 10_000,
    ...options,
    ...(fault === undefined ? {} : { headers: { [FAULT_HEADER]: fault } }),
    apiKey: TEST_KEY,
    onEvent: (event) => events.push(event),
  });
  const outcome = await client
    .infer(picture, { modelId: "colours/1" })
    .withMeta()
    .then(
      (result) => ({ result, error: undefined }),
      (error: unknown) => ({ result: undefined, error }),
    );
  await client.close();
  return { ...outcome, events, text: everythingIn([outcome, events]) + everythingIn(outcome.error) };
}

const matrix = Object.entries(CLIENTS).flatMap(([adapter, Client]) =>
  MODES.flatMap((apiMode) =>
    KEY_TRANSPORTS.map((apiKeyTransport) => ({ adapter, Client, apiMode, apiKeyTransport })),
  ),
);

test.each(matrix)(
  "no fault makes the key appear: $adapter, $apiMode, key by $apiKeyTransport",
  async ({ Client, apiMode, apiKeyTransport }) => {
    for (const fault of FAULTS) {
      const options = { apiUrl: sandbox.url, apiMode, configuration: { apiKeyTransport } };
      const { error, events, text } = await observed(Client, options, fault);
      expect(isInferenceError(error), `${fault}: ${inspect(error)}`).toBe(true);
      expect(events.length).toBeGreaterThan(0);
      expect(findLeaks(text, [TEST_KEY]).map(describeLeak), fault).toEqual([]);
    }
  },
);

test.each(matrix)(
  "a server that repeats the request does not make it appear: $adapter, $apiMode, key by $apiKeyTransport",
  async ({ Client, apiMode, apiKeyTransport }) => {
    const options = { apiUrl: echo.url, apiMode, configuration: { apiKeyTransport } };
    const { error, text } = await observed(Client, options, undefined);
    expect(error).toMatchObject({ status: 418 });
    expect(findLeaks(text, [TEST_KEY]).map(describeLeak)).toEqual([]);
  },
);

test.each(matrix)(
  "a success does not hold it: $adapter, $apiMode, key by $apiKeyTransport",
  async ({ Client, apiMode, apiKeyTransport }) => {
    const options = { apiUrl: sandbox.url, apiMode, configuration: { apiKeyTransport } };
    const { result, error, text } = await observed(Client, options, undefined);
    expect(error).toBeUndefined();
    expect(result).toBeDefined();
    expect(findLeaks(text, [TEST_KEY]).map(describeLeak)).toEqual([]);
  },
);

test("nothing listens: the error does not hold it", async () => {
  for (const Client of Object.values(CLIENTS)) {
    const options = { apiUrl: "http://127.0.0.1:9", configuration: { apiKeyTransport: "both" as const } };
    const { error, text } = await observed(Client, options, undefined);
    expect(error).toMatchObject({ code: "CONNECTION_FAILED" });
    expect(findLeaks(text, [TEST_KEY]).map(describeLeak)).toEqual([]);
  }
});

test("a client that is printed does not show it", async () => {
  for (const Client of Object.values(CLIENTS)) {
    const client = new Client({ apiUrl: sandbox.url, apiKey: TEST_KEY });
    const derived = client.with({ modelId: "colours/1" });
    expect(findLeaks(everythingIn([client, derived]), [TEST_KEY]).map(describeLeak)).toEqual([]);
    await client.close();
  }
});
