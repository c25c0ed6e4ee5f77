import { inspect } from "node:util";
import type { InferenceHTTPClientOptions } from "@inference-ts/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AT_ONCE, type Client, ENTRIES } from "../rig/entries.ts";
import { allOf } from "../rig/failures.ts";
import { NO_PICTURE, PIXEL } from "../rig/images.ts";
import { detect, type Handler, json, MODEL, silent, startServer, type TestServer } from "../rig/server.ts";

const KEYS = ["test-key-0123456789", "k&y=1 2/3+#%é"];
const SECRET = "service-secret-0987654321";

/** Says everything back that it was sent, in the forms in which servers, proxies and frameworks do. */
const echo: Handler = (request, response) => {
  const url = `${request.path}?${request.query}`;
  const said = `${url} ${decodeURIComponent(url.replaceAll("+", " "))} ${inspect(request.headers)} ${request.text}`;
  json(response, { message: said, error_type: said, inner_error_message: JSON.stringify({ said }) }, 418, {
    "x-request-id": String(request.headers.authorization ?? "none").replaceAll(/[^\x20-\x7e]/g, "?"),
  });
};

/** Servers' failures, by the header that asks for them. */
const BEHAVIOURS: Readonly<Record<string, Handler>> = {
  echo,
  "echo in a 200 of the wrong shape": (request, response) =>
    json(response, { predictions: `${request.query} ${request.headers.authorization} ${request.text}` }),
  "echo in a 200 that is not JSON": (request, response) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.end(`${request.query} ${request.headers.authorization} ${request.text}`);
  },
  "echo in an HTML page": (request, response) => {
    response.writeHead(502, { "content-type": "text/html" });
    const said = `${request.query} ${request.headers.authorization} ${request.text}`;
    response.end(`<html><title>${said.replaceAll("&", "&amp;")}</title></html>`);
  },
  "echo in FastAPI's list": (request, response) =>
    json(
      response,
      {
        detail: [{ loc: ["query", String(request.query)], msg: `bad ${request.query}`, input: request.text }],
      },
      422,
    ),
  "a redirect that repeats the query": (request, response) => {
    response.writeHead(307, { location: `http://elsewhere.test/?${request.query}` }).end();
  },
  "a refusal": (_request, response) => json(response, { message: "Unauthorized" }, 401),
  "a reset": (_request, response) => {
    response.socket?.resetAndDestroy();
  },
  "a truncated body": (_request, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": 900 });
    response.write("{", () => response.socket?.end());
  },
  silence: silent,
  "no HTTP": (_request, response) => {
    response.socket?.end("garbage\r\n\r\n");
  },
};

/** Every public method that sends something. */
const METHODS: Readonly<Record<string, (client: Client) => Promise<unknown>>> = {
  infer: (client) => client.infer(PIXEL).withMeta(),
  "infer of a list": (client) => client.infer([PIXEL, PIXEL], { maxBatchSize: 2 }),
  "infer of no picture": (client) => client.infer(NO_PICTURE),
  inferFromApiV0: (client) => client.inferFromApiV0(PIXEL),
  inferFromApiV1: (client) => client.inferFromApiV1(PIXEL),
  inferEach: async (client) => allOf(client.inferEach([PIXEL, NO_PICTURE])),
  useModel: (client) => client.useModel("other/2", (derived) => derived.infer(PIXEL)),
  getServerInfo: (client) => client.getServerInfo().withMeta(),
  getModelDescription: (client) => client.getModelDescription(),
  listLoadedModels: (client) => client.listLoadedModels(),
  loadModel: (client) => client.loadModel(MODEL),
  unloadModel: (client) => client.unloadModel(MODEL),
  unloadAllModels: (client) => client.unloadAllModels(),
};

/** Whatever a program could print of a value: own and hidden properties, getters, causes, stacks, JSON. */
function everythingShownBy(value: unknown): string {
  const whole = {
    depth: Number.POSITIVE_INFINITY,
    showHidden: true,
    maxArrayLength: null,
    maxStringLength: null,
  } as const;
  const views = [inspect(value, whole), inspect(value, { ...whole, getters: true }), String(value)];
  views.push(JSON.stringify(value) ?? "");
  for (let at = value; at instanceof Error; at = at.cause)
    views.push(at.message, at.stack ?? "", JSON.stringify(at));
  return views.join("\n");
}

/** The ways in which a key can be written. */
function spellings(key: string): string[] {
  const encoded = encodeURIComponent(key);
  return [
    key,
    encoded,
    encoded.replaceAll("%20", "+"),
    encoded.toLowerCase(),
    encodeURIComponent(encoded),
    key.replaceAll("&", "&amp;"),
    JSON.stringify(key).slice(1, -1),
    Buffer.from(key).toString("base64").replace(/=+$/, ""),
    Buffer.from(key).toString("hex"),
    [...Buffer.from(key)].join(", "),
    [...Buffer.from(key)].join(","),
  ];
}

/** The places where a key stands in a text, without showing it. */
function leaksIn(text: string, secrets: readonly string[]): string[] {
  return secrets.flatMap((secret, which) =>
    spellings(secret).flatMap((spelling, form) => {
      const at = text.indexOf(spelling);
      if (at === -1) return [];
      const around = text.slice(Math.max(0, at - 80), at + spelling.length + 40);
      return [`secret ${which} in form ${form}: ${around.replaceAll(spelling, "<secret>")}`];
    }),
  );
}

let server: TestServer;
const warnings: Error[] = [];
const note = (warning: Error) => warnings.push(warning);
beforeAll(async () => {
  const behave =
    (healthy: Handler): Handler =>
    (request, response) =>
      (BEHAVIOURS[String(request.headers["x-behaviour"] ?? "")] ?? healthy)(request, response);
  const registry = {
    models: [
      { model_id: MODEL, task_type: "object-detection" },
      { model_id: "other/2", task_type: "object-detection" },
    ],
  };
  server = await startServer({
    "/info": behave((_request, response) => json(response, { name: "n", version: "v", uuid: "u" })),
    "/model/registry": behave((_request, response) => json(response, registry)),
    "/model/add": behave((_request, response) => json(response, registry)),
    "/model/remove": behave((_request, response) => json(response, registry)),
    "/model/clear": behave((_request, response) => json(response, registry)),
    infer: behave(detect),
  });
  process.on("warning", note);
});
afterAll(async () => {
  process.off("warning", note);
  await server[Symbol.asyncDispose]();
});

const matrix = KEYS.flatMap((apiKey, which) =>
  (["v0", "v1"] as const).flatMap((apiMode) =>
    (["auto", "header", "legacy", "both"] as const).map((apiKeyTransport) => ({
      apiKey,
      which,
      apiMode,
      apiKeyTransport,
    })),
  ),
);

describe.each(ENTRIES)("$name", ({ open }) => {
  /** Runs every method against a server's behaviour and gives everything that could be seen of it. */
  const observe = async (options: InferenceHTTPClientOptions, behaviour: string, warmUp: boolean) => {
    const seen: unknown[] = [];
    const client = open({
      retry: { ...AT_ONCE, maxAttempts: 2 },
      modelId: MODEL,
      timeoutMs: behaviour === "silence" ? 40 : 10_000,
      onEvent: (event) => seen.push(event),
      ...options,
    });
    // With the model known already, the failure is that of the inference itself.
    if (warmUp) await client.getModelDescription().catch(() => undefined);
    const derived = client.with({});
    const outcomes = await Promise.allSettled(Object.values(METHODS).map((run) => run(derived)));
    await client.close();
    return {
      failures: outcomes.filter(({ status }) => status === "rejected").length,
      seen: [seen, outcomes, client, derived],
    };
  };

  test.each(matrix)(
    "key $which by $apiKeyTransport in $apiMode: in no error, result, event or client",
    async ({ apiKey, apiMode, apiKeyTransport }) => {
      const configuration = { apiKeyTransport, serviceSecret: SECRET, countInference: false };
      for (const behaviour of ["", ...Object.keys(BEHAVIOURS)]) {
        const headers = { "x-behaviour": behaviour };
        const { failures, seen } = await observe(
          { apiUrl: server.url, apiKey, apiMode, configuration, headers },
          behaviour,
          false,
        );
        expect(failures).toBeGreaterThan(0);
        const [events, outcomes, ...clients] = seen;
        const shown = [
          events,
          outcomes,
          ...Object(outcomes).map((outcome: object) => Reflect.get(outcome, "reason")),
        ]
          .map(everythingShownBy)
          .join("\n");
        expect(leaksIn(shown, [apiKey, SECRET]), behaviour).toEqual([]);
        // The configuration is the caller's own and may be read back, so a client is looked at without calling its getters.
        const printed = clients.map(
          (client) =>
            `${inspect(client, { depth: 9, showHidden: true })} ${JSON.stringify(client)} ${client}`,
        );
        expect(leaksIn(printed.join("\n"), [apiKey, SECRET])).toEqual([]);
      }
    },
  );

  test("v1: not in the errors of the inference route itself", async () => {
    for (const apiKey of KEYS) {
      for (const [behaviour, handler] of Object.entries(BEHAVIOURS)) {
        await using inferring = await startServer({ infer: handler });
        const options = {
          apiUrl: inferring.url,
          apiKey,
          configuration: { serviceSecret: SECRET, countInference: false },
        };
        const { seen } = await observe(options, behaviour, true);
        const [events, outcomes] = seen;
        expect(
          leaksIn([events, outcomes].map(everythingShownBy).join("\n"), [apiKey, SECRET]),
          behaviour,
        ).toEqual([]);
      }
    }
  });

  test("nor are the credentials among headers of the caller's own", async () => {
    const secrets = ["gateway-token-0123456789", "cookie-value-987654", "open sesame 42"];
    const headers = {
      "X-Api-Key": "gateway-token-0123456789",
      Cookie: "lang=en; session=cookie-value-987654",
      "Proxy-Authorization": `Basic ${btoa("me:open sesame 42")}`,
    };
    // Says the headers one by one, as their owners know them.
    const said: Handler = (request, response) => {
      const { cookie = "", "x-api-key": key = "" } = request.headers;
      const message = `${key} | ${cookie.replaceAll(/[^;]*=/g, "")} | open sesame 42 | ${inspect(request.headers)}`;
      if (request.headers["x-behaviour"] === "200") {
        response.writeHead(200, { "content-type": "text/plain", "x-request-id": String(key) });
        response.end(message);
      } else json(response, { message }, 418, { "x-request-id": String(key) });
    };
    await using echoing = await startServer({ infer: said, "/info": said, "/model/registry": said });
    for (const behaviour of ["418", "200"]) {
      const { seen } = await observe(
        { apiUrl: echoing.url, headers: { ...headers, "x-behaviour": behaviour } },
        "",
        false,
      );
      expect(leaksIn(everythingShownBy(seen.slice(0, 2)), secrets), behaviour).toEqual([]);
    }
    await using client = open({ apiUrl: echoing.url, modelId: MODEL });
    const [outcome] = await Promise.allSettled([client.getServerInfo({ headers })]);
    expect(outcome?.status).toBe("rejected");
    expect(leaksIn(everythingShownBy(outcome), secrets)).toEqual([]);
  });

  test("not when nothing listens, nor when an image's address holds a token", async () => {
    for (const apiKey of KEYS) {
      const { seen } = await observe(
        { apiUrl: "http://127.0.0.1:9", apiKey, configuration: { apiKeyTransport: "both" } },
        "",
        false,
      );
      expect(leaksIn(everythingShownBy(seen.slice(0, 2)), [apiKey])).toEqual([]);
    }
    await using client = open({ apiUrl: server.url, modelId: MODEL });
    const events: unknown[] = [];
    client.observe((event) => events.push(event));
    const token = "token-of-an-image-0123";
    for (const address of [
      `http://127.0.0.1:9/a.jpg?api_key=${token}`,
      `http://user:${token}@127.0.0.1:9/a.jpg`,
      `${server.url}/a/b.jpg?X-Amz-Signature=${token}`,
      `ftp://server/a.jpg?token=${token}`,
    ]) {
      const [outcome] = await Promise.allSettled([client.infer(address)]);
      expect(outcome?.status).toBe("rejected");
      expect(leaksIn(everythingShownBy([outcome, events]), [token])).toEqual([]);
    }
  });

  test("a refused key is not shown", () => {
    for (const apiKey of ["test-key-0123456789\n", "test-key-0123456789\u{1f511}"]) {
      let error: unknown;
      try {
        open({ apiUrl: "http://127.0.0.1:9", apiKey });
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toMatchObject({ code: "INVALID_PARAMETER" });
      expect(leaksIn(everythingShownBy(error), ["test-key-0123456789"])).toEqual([]);
    }
  });
});

test("no warning of the process was caused on the way", () => {
  expect(warnings.map(String)).toEqual([]);
});
