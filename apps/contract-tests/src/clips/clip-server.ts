import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";

/** What a server saw of one upload. */
export interface SeenUpload {
  readonly path: string;
  readonly contentType: string;
  readonly contentLength: number | null;
  readonly receivedBytes: number;
  /** The body, where it is short. */
  readonly body: Buffer | null;
}

/** A server that takes clips of any length and keeps nothing of them. */
export interface ClipServer {
  readonly url: string;
  readonly uploads: readonly SeenUpload[];
  close(): Promise<void>;
}

/** What it answers to every clip. */
export const CLIP_ANSWER = {
  timeline: [{ start_frame_idx: 0, end_frame_idx: 9, class: "wave", class_id: 0, confidence: 0.75 }],
  source_fps: 10,
  frame_count: 30,
  windows_classified: 3,
  span_semantics: "instances",
} as const;

const REGISTRY = { models: [{ model_id: "actions/1", task_type: "action-recognition" }] };
const MAX_KEPT_BYTES = 1024 * 1024;

/** Starts one on a free port of 127.0.0.1. */
export async function startClipServer(
  answer: { readonly status: number; readonly body: unknown } = { status: 200, body: CLIP_ANSWER },
): Promise<ClipServer> {
  const uploads: SeenUpload[] = [];
  const server = createServer(async (request, response) => {
    const path = request.url ?? "";
    const isRegistry = path.startsWith("/model/registry");
    try {
      const seen = await drain(request, path);
      if (!isRegistry) uploads.push(seen);
      response.setHeader("content-type", "application/json");
      response.statusCode = isRegistry ? 200 : answer.status;
      response.end(JSON.stringify(isRegistry ? REGISTRY : answer.body));
    } catch {
      // The client went away.
      response.destroy();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    uploads,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function drain(request: IncomingMessage, path: string): Promise<SeenUpload> {
  const length = request.headers["content-length"];
  let receivedBytes = 0;
  const kept: Uint8Array[] = [];
  for await (const piece of request) {
    if (!(piece instanceof Uint8Array)) continue;
    receivedBytes += piece.length;
    if (receivedBytes <= MAX_KEPT_BYTES) kept.push(piece);
  }
  return {
    path,
    contentType: request.headers["content-type"] ?? "",
    contentLength: length === undefined ? null : Number(length),
    receivedBytes,
    body: receivedBytes <= MAX_KEPT_BYTES ? Buffer.concat(kept) : null,
  };
}
