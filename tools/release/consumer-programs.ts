/** Programs that a consumer of the published packages could have written. */
import type { Entry } from "./packages.ts";

const specifier = (packageName: string, { subpath }: Entry) => packageName + subpath.slice(1);

/** Imports every entry, and loads the first with `require` too, as CommonJS services do; prints what each exports. */
export function importProgram(packageName: string, entries: readonly Entry[]): string {
  const specifiers = entries.map((entry) => specifier(packageName, entry));
  return `import { createRequire } from "node:module";
for (const name of ${JSON.stringify(specifiers)}) {
  const names = Object.keys(await import(name));
  if (names.length === 0 && !name.endsWith("/schema")) throw new Error(name + " exports nothing");
  console.log(name, names.length);
}
const required = createRequire(import.meta.url)(${JSON.stringify(packageName)});
const imported = await import(${JSON.stringify(packageName)});
if (required.InferenceHTTPClient !== imported.InferenceHTTPClient) throw new Error("require() gives other classes");
const node = await import(${JSON.stringify(`${packageName}/node`)});
if (node.InferenceError !== imported.InferenceError) throw new Error("./node has classes of its own");
`;
}

/** Needs the image codec, which is not installed: raw pixels must be encoded before they can be sent. */
export function missingPeerProgram(packageName: string): string {
  return `import { InferenceHTTPClient, MissingPeerError } from ${JSON.stringify(`${packageName}/node`)};
const client = new InferenceHTTPClient({ apiUrl: "http://127.0.0.1:9", apiKey: "k".repeat(16), apiMode: "v0", modelId: "colours/1" });
const pixels = { data: new Uint8Array(12), width: 2, height: 2, channels: 3 };
const error = await client.infer(pixels).then(() => null, (reason) => reason);
await client.close();
if (!(error instanceof MissingPeerError)) throw new Error("expected a MissingPeerError, got: " + error?.stack);
if (error.code !== "MISSING_PEER" || error.peer !== "sharp") throw new Error("wrong code or peer: " + error.code);
if (!error.message.includes("npm install sharp")) throw new Error("no install command in: " + error.message);
console.log(error.message);
`;
}

/** A browser program: no Node types, every declaration file checked. */
export function browserTypesProgram(packageName: string): string {
  return `import { InferenceError, InferenceHTTPClient, isInferenceError } from "${packageName}";
import { boxAnnotator, compose, sceneOfDetections } from "${packageName}/annotators";
import * as drawing from "${packageName}/drawing";
import { InferenceClient } from "${packageName}/huggingface";
import { Detections, detectionsFromHuggingFace } from "${packageName}/predictions";
import type * as schema from "${packageName}/schema";
import { type LiveSession, rtspCamera } from "${packageName}/webrtc";

const client: InferenceHTTPClient = new InferenceHTTPClient({ apiUrl: new URL("http://127.0.0.1:9001"), apiKey: "k".repeat(16) });
// @ts-expect-error A URL is text: this line fails when the declarations have become "any".
const wrong: number = client.apiUrl;
const reason: unknown = new Error("not ours");
const code: string = isInferenceError(reason) && reason instanceof InferenceError ? reason.code : "none";
const one = await client.infer(new Blob([]));
const many = await client.infer([new Blob([]), new Uint8Array(1)]);
const count: number = many.length;
// @ts-expect-error One input gives one result, not a list.
const notAList: number = one.length;
const size = { width: 64, height: 48 };
const detections: Detections = Detections.fromColumns({ boxes: [[1, 2, 30, 40]], confidence: Float64Array.of(0.5) });
const list: drawing.DisplayList = compose(sceneOfDetections(detections, size), [boxAnnotator()]);
// @ts-expect-error Pictures have two sides.
sceneOfDetections(detections, { width: 64 });
const model = new InferenceClient({ model: "https://endpoint.example.com", token: false });
const found: Detections = await detectionsFromHuggingFace(await model.objectDetection(new Blob([]), { threshold: 0.5 }));
for await (const piece of await model.textGeneration("a", { stream: true })) console.log(piece.length);
// @ts-expect-error Without details the text alone comes.
const tokens: number = (await model.textGeneration("a")).details.tokens.length;
const session: LiveSession = await client.webrtc.stream(rtspCamera("rtsp://camera.example/1"), { modelId: "colours/1" });
// @ts-expect-error Frames come one by one, not as a list.
const frames: unknown[] = session.frames();
export type Paths = keyof typeof drawing | keyof schema.paths;
export { code, count, found, frames, list, tokens, notAList, wrong };
`;
}

/** A Node program that imports every entry. */
export function nodeTypesProgram(packageName: string, entries: readonly Entry[]): string {
  const imports = entries.map(
    (entry, index) => `import * as entry${index} from "${specifier(packageName, entry)}";`,
  );
  return `${imports.join("\n")}
import { InferenceHTTPClient } from "${packageName}/node";

await using client = new InferenceHTTPClient({ apiUrl: "http://127.0.0.1:9001", timeoutMs: null });
// @ts-expect-error A time-out is a number of milliseconds.
new InferenceHTTPClient({ apiUrl: "http://127.0.0.1:9001", timeoutMs: "1 s" });
const result = await client.infer("street.jpg", { modelId: "colours/1", signal: AbortSignal.timeout(1_000) });
export const names = [${entries.map((_, index) => `entry${index}`).join(", ")}, result];
`;
}

/** Compiler options of a strict consumer. */
export function consumerTsconfig(options: {
  readonly moduleResolution: "bundler" | "nodenext";
  readonly types: readonly string[];
  readonly files: readonly string[];
}): object {
  return {
    compilerOptions: {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      target: "ES2024",
      lib: ["ES2024", "ESNext.Disposable", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
      module: options.moduleResolution === "nodenext" ? "nodenext" : "esnext",
      moduleResolution: options.moduleResolution,
      types: options.types,
      skipLibCheck: options.types.length > 0,
      noEmit: true,
    },
    files: options.files,
  };
}
