import {
  HTTPCallError,
  InferenceHTTPClient,
  InvalidParameterError,
  InvalidResponseError,
  RouteNotAvailableError,
  type Transport,
  type WireRequest,
} from "@inference-ts/sdk/node";
import { describe, expect, test } from "vitest";

const KEY = "key-0123456789";
const SPECIFICATION = { version: "1.4.0", inputs: [], steps: [], outputs: [] };
const INTERFACE = { inputs: {}, outputs: {}, typing_hints: {}, kinds_schemas: {} };
const KIND_OF_ALL = { name: "a", kind: [{ name: "*" }] };

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: unknown;
  readonly authorization: string | undefined;
}

function answering(body: unknown, status = 200, type: string | null = "application/json") {
  const seen: Seen[] = [];
  const bytes = Buffer.from(JSON.stringify(body));
  const transport: Transport = {
    name: "answering",
    send: async (request: WireRequest) => {
      const url = new URL(request.url);
      const { body: sent } = request;
      seen.push({
        method: request.method,
        path: url.pathname,
        query: url.search,
        body: sent instanceof Uint8Array ? JSON.parse(Buffer.from(sent).toString()) : sent,
        authorization: request.headers.authorization,
      });
      return {
        status,
        header: (name) => (name.toLowerCase() === "content-type" ? type : null),
        bytes: async () => bytes,
        stream: async function* () {
          yield bytes;
        },
        discard: () => {},
      };
    },
    close: async () => {},
  };
  const client = (apiKeyTransport: "auto" | "header" | "legacy" = "auto", apiKey: string | null = KEY) =>
    new InferenceHTTPClient({
      apiUrl: "http://server.test",
      apiKey,
      transport,
      retry: { maxAttempts: 1 },
      configuration: { apiKeyTransport },
    });
  return { seen, client };
}

describe("where the key stands", () => {
  test.each([
    ["auto", "", `Bearer ${KEY}`, { api_key: KEY }],
    ["header", "", `Bearer ${KEY}`, {}],
    ["legacy", "", undefined, { api_key: KEY }],
  ] as const)("%s, of a stored workflow", async (transport, query, authorization, key) => {
    const { seen, client } = answering(INTERFACE);
    const workflow = { workspaceName: "my team", workflowId: "a", workflowVersionId: "7" };
    await client(transport).describeWorkflowInterface(workflow, { useCache: false });
    expect(seen).toEqual([
      {
        method: "POST",
        path: "/my%20team/workflows/a/describe_interface",
        query,
        body: { ...key, use_cache: false, workflow_version_id: "7" },
        authorization,
      },
    ]);
  });

  test.each([
    ["auto", "", `Bearer ${KEY}`],
    ["header", "", `Bearer ${KEY}`],
    ["legacy", `?api_key=${KEY}`, undefined],
  ] as const)("%s, where the body is the definition", async (transport, query, authorization) => {
    const { seen, client } = answering({ status: "ok" });
    expect(await client(transport).validateWorkflow(SPECIFICATION)).toEqual({ status: "ok" });
    expect(seen).toEqual([
      { method: "POST", path: "/workflows/validate", query, body: SPECIFICATION, authorization },
    ]);
  });

  test("nowhere without a key", async () => {
    const { seen, client } = answering(INTERFACE);
    await client("auto", null).describeWorkflowInterface({ specification: SPECIFICATION });
    expect(seen[0]).toMatchObject({ query: "", body: { specification: SPECIFICATION } });
    expect(seen[0]?.authorization).toBeUndefined();
  });
});

test("the questions about blocks carry what was asked", async () => {
  const { seen, client } = answering([KIND_OF_ALL], 200, null);
  const step = { type: "roboflow_core/json_parser@v1", name: "p" };
  expect(await client().describeDynamicBlockOutputs(step)).toEqual([KIND_OF_ALL]);
  await expect(
    client("header").describeBlocks({ airGapped: true, executionEngineVersion: "1.17.0" }),
  ).rejects.toThrow(InvalidResponseError);
  expect(seen.map(({ path, query, body }) => [path, query, body])).toEqual([
    ["/workflows/blocks/dynamic_outputs", "", step],
    ["/workflows/blocks/describe", "?air_gapped=True", { execution_engine_version: "1.17.0" }],
  ]);
});

test.each([
  ["a text", (c: InferenceHTTPClient) => c.validateWorkflow(Object("text"))],
  ["no steps", (c: InferenceHTTPClient) => c.describeWorkload({ version: "1.0" })],
  ["no steps inside", (c: InferenceHTTPClient) => c.describeWorkload({ specification: {} })],
  ["half a name", (c: InferenceHTTPClient) => c.describeWorkload({ workspaceName: "a" })],
  ["dots", (c: InferenceHTTPClient) => c.describeWorkflowInterface({ workspaceName: "..", workflowId: "a" })],
  ["a step without type", (c: InferenceHTTPClient) => c.describeDynamicBlockOutputs({ name: "a" })],
  ["a block without code", (c: InferenceHTTPClient) => c.describeBlocks({ dynamicBlocks: [{}] })],
])("%s is refused before anything is sent", async (_name, ask) => {
  const { seen, client } = answering({});
  await expect(ask(client())).rejects.toThrow(InvalidParameterError);
  expect(seen).toEqual([]);
});

test.each([
  [{ ...INTERFACE, outputs: { a: 1 } }, "outputs.a"],
  [{ ...INTERFACE, outputs: { a: { b: ["image", 1] } } }, "outputs.a.b[1]"],
  [{ ...INTERFACE, inputs: [] }, "inputs"],
  [{ ...INTERFACE, typing_hints: { image: 1 } }, "typing_hints.image"],
  [{ ...INTERFACE, kinds_schemas: "x" }, "kinds_schemas"],
  [[], ""],
])("the broken interface %j is refused at its place", async (body, path) => {
  const { client } = answering(body);
  const error = await client().describeWorkflowInterface(SPECIFICATION).catch(Object);
  expect(error).toBeInstanceOf(InvalidResponseError);
  expect(error).toMatchObject({ path });
});

test.each([
  [{ steps: [{ node_id: 1 }] }, "steps[0].node_id"],
  [{ edges: [{ source: "a" }] }, "edges[0].target"],
  [{ summary: { max_dimensionality: 1, steps_by_dimensionality: {}, models: {} } }, "summary.models.items"],
])("the broken workload %j is refused at its place", async (part, path) => {
  const whole = { execution_engine_version: "1", nodes: [], edges: [], steps: [], summary: {} };
  const { client } = answering({ ...whole, ...part });
  expect(await client().describeWorkload(SPECIFICATION).catch(Object)).toMatchObject({ path });
});

test("a server that takes the path for a model does not have the route", async () => {
  const { client } = answering({ message: "Content-Type header not provided with request." }, 400);
  const error = await client().describeWorkload(SPECIFICATION).catch(Object);
  expect(error).toBeInstanceOf(RouteNotAvailableError);
  expect(error).toMatchObject({ route: "POST /workflows/describe_workload", since: "1.7.4" });
});

test("a stored workflow that is not there is no missing route", async () => {
  const { client } = answering({ message: "Workflow not found", error_type: "NotFound" }, 404);
  const error = await client().describeWorkload({ workspaceName: "a", workflowId: "b" }).catch(Object);
  expect(error).toBeInstanceOf(HTTPCallError);
  expect(error).not.toBeInstanceOf(RouteNotAvailableError);
});
