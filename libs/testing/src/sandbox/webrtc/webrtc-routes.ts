import { MissingPeerError } from "@inference-ts/errors";
import { type Answer, type Exchange, jsonAnswer, refuse } from "../exchange.ts";
import { bodyKey, headerKey } from "../keys.ts";
import type { Route, SandboxState } from "../route.ts";
import { jsonObject, missingField, refuseInvalid } from "../validation.ts";
import { answerOffer } from "./answer-offer.ts";
import { LiveWorker } from "./worker.ts";
import { readWorkerRequest, refuseInternal } from "./worker-request.ts";

async function initialise(exchange: Exchange, state: SandboxState): Promise<Answer> {
  const request = readWorkerRequest(exchange, state);
  // The sandbox reads no cameras: what the server says when it cannot open one. Without realtime it opens them later.
  if (request.camera === "mjpeg" || (request.camera === "rtsp" && request.isRealtime)) refuseInternal();
  const worker: LiveWorker = new LiveWorker({
    request,
    exchange,
    state,
    fault: exchange.live ?? {},
    onEnd: () => state.live.remove(worker),
  });
  state.live.add(worker);
  const answer = await worker.start(answerOffer).catch((error: unknown) => {
    if (error instanceof MissingPeerError) refuse(501, error.message);
    return refuseInternal();
  });
  return jsonAnswer({
    status: "success",
    context: { request_id: null, pipeline_id: null },
    sdp: answer.sdp,
    type: answer.type,
  });
}

/** Sessions are counted by the hosted service alone; to a server without its quota every session is unknown. */
function heartbeat(exchange: Exchange): Answer {
  const body = jsonObject(exchange);
  if (!("session_id" in body)) refuseInvalid([missingField("session_id", body)]);
  const detail = (message: string) => ({ detail: { status: "error", message } });
  if ((headerKey(exchange) ?? bodyKey(body)) === null) return jsonAnswer(detail("unauthorized"), 401);
  return jsonAnswer(detail("session not found"), 404);
}

const post = (path: string, summary: string, handle: Route["handle"]): Route => ({
  method: "POST",
  path,
  summary,
  handle,
});

/** The routes of live video. */
export const webrtcRoutes: readonly Route[] = [
  post("/initialise_webrtc_worker", "Starts a live video session", initialise),
  post("/webrtc/session/heartbeat", "Keeps a live video session", heartbeat),
];
