/** Where code may run: `any` = browsers and Node, `node` = Node alone, `mixed` = decided per entry file. */
export type Runtime = "any" | "node" | "mixed";

/** One library of the workspace and what it may import. */
export interface Room {
  readonly runtime: Runtime;
  /** Libraries of the workspace. */
  readonly libs: readonly string[];
  /** npm packages. */
  readonly npm?: readonly string[];
  /** Paths inside the room, as regular expressions, that run in Node alone although the rest runs anywhere. */
  readonly nodeOnly?: readonly string[];
  /** Whether it holds types alone, so that nothing of it is left after compiling. */
  readonly typesOnly?: true;
}

/** Who may import whom. A library that is not in this table fails the check. */
export const ROOMS: Readonly<Record<string, Room>> = {
  errors: { runtime: "any", libs: [] },
  schema: { runtime: "any", libs: [], typesOnly: true },
  transport: { runtime: "any", libs: ["errors"] },
  endpoints: { runtime: "any", libs: ["errors", "schema", "transport"], npm: ["openapi-fetch"] },
  images: { runtime: "any", libs: ["errors"] },
  predictions: { runtime: "any", libs: ["errors", "schema"] },
  workflows: { runtime: "any", libs: ["errors", "images", "predictions"] },
  pipelines: { runtime: "any", libs: ["errors", "schema"] },
  webrtc: { runtime: "any", libs: ["errors", "schema", "transport", "images"] },
  client: {
    runtime: "any",
    libs: [
      "errors",
      "schema",
      "transport",
      "endpoints",
      "images",
      "predictions",
      "workflows",
      "pipelines",
      "webrtc",
    ],
  },
  huggingface: { runtime: "any", libs: ["errors", "schema", "transport", "images", "predictions"] },
  drawing: {
    runtime: "any",
    libs: ["errors", "predictions"],
    npm: ["sharp"],
    nodeOnly: ["src/sharp/"],
  },
  "transport-node": { runtime: "node", libs: ["errors", "transport"] },
  "images-node": { runtime: "node", libs: ["errors", "images"], npm: ["sharp", "node-av"] },
  "webrtc-node": {
    runtime: "node",
    libs: ["errors", "images", "images-node", "webrtc"],
    npm: ["werift", "node-av", "sharp"],
  },
  testing: {
    runtime: "node",
    libs: ["errors", "schema", "images", "images-node", "webrtc", "webrtc-node"],
    npm: ["msw", "sharp", "node-av", "werift", "playwright-core", "tsdown"],
  },
  sdk: {
    runtime: "mixed",
    libs: [
      "errors",
      "schema",
      "transport",
      "endpoints",
      "images",
      "predictions",
      "workflows",
      "pipelines",
      "webrtc",
      "client",
      "huggingface",
      "drawing",
      "transport-node",
      "images-node",
      "webrtc-node",
      "testing",
    ],
    nodeOnly: ["src/node", "src/testing\\.ts"],
  },
};

/** npm packages that need Node; nothing of runtime `any` may reach them. */
export const NODE_PACKAGES = ["sharp", "werift", "node-av", "msw", "undici", "ws"];

/** What an app may import of the workspace's libraries. */
export const APP_LIBS = ["sdk", "testing"];

/** Tests, fixtures and test helpers: they run in Node whatever the room's runtime is. */
export const TEST_CODE = [
  "\\.test(?:-d)?\\.ts$",
  "^libs/[^/]+/test/",
  "^libs/[^/]+/src/(?:test|testing|fixtures)/",
  "^libs/[^/]+/src/[^/]+/(?:test|testing|fixtures)/",
];
