import type { InferenceHTTPClient } from "@inference-ts/sdk/node";
import { rtspCamera } from "@inference-ts/sdk/webrtc";
import { isRecord } from "../golden/json.ts";
import { scriptedPeers } from "../golden/live/scripted-peer.ts";
import type { Recording } from "./recording.ts";
import type { Route } from "./route.ts";

/** How a request about live video is made again; `undefined` for every other request. */
export function liveRoute(method: string, path: string): Route | undefined {
  if (method !== "POST") return undefined;
  if (path === "/initialise_webrtc_worker") return { call: startedSession };
  if (path === "/webrtc/session/heartbeat" || path === "/webrtc/session/heartbeat/end") {
    return { call: (client, recording) => heartbeat(client, path, recording) };
  }
  return undefined;
}

/** Starts a session. What the server refused would be refused here, so the request is another. */
function startedSession(client: InferenceHTTPClient): Promise<unknown> {
  const start = async (): Promise<unknown> => {
    await using session = await client.webrtc.stream(rtspCamera("rtsp://camera.test/1"), {
      workflow: {},
      peer: scriptedPeers({ steps: [], sent: [], uploads: [] }, new Set(), () => undefined),
    });
    await session.start();
    return { phase: session.phase };
  };
  const started = start();
  // A session has no metadata of one call.
  return Object.assign(started, {
    withMeta: async () => ({ data: await started, meta: { requestId: undefined } }),
  });
}

/** Sent by the server's own worker; no method of ours wraps it. */
function heartbeat(
  client: InferenceHTTPClient,
  path: "/webrtc/session/heartbeat" | "/webrtc/session/heartbeat/end",
  { requestBody }: Recording,
): Promise<unknown> {
  const body = { session_id: "", workspace_id: "", ...(isRecord(requestBody) ? requestBody : {}) };
  return client.endpoints.POST(path, { body });
}
