import { InvalidResponseError } from "@inference-ts/errors";

/** The worker's half of the session description. */
export interface SessionAnswer {
  readonly type: "answer";
  readonly sdp: string;
}

/**
 * Reads the answer to `POST /initialise_webrtc_worker`.
 *
 * @throws InvalidResponseError when it holds no session description.
 */
export function readInitAnswer(value: unknown): SessionAnswer {
  if (typeof value !== "object" || value === null) throw missing("");
  if (!("sdp" in value) || typeof value.sdp !== "string" || value.sdp === "") throw missing("sdp");
  if (!("type" in value) || value.type !== "answer") throw missing("type");
  return { type: "answer", sdp: value.sdp };
}

function missing(path: string): InvalidResponseError {
  return new InvalidResponseError(
    `The server's answer to the start of live video has no ${path === "" ? "session description" : `valid "${path}"`}.`,
    { path },
  );
}
