import type { LiveSource } from "../peer/live-source.ts";

/**
 * Frames that the caller brings one by one, with `session.send(frame)`; `session.finish()` ends them.
 *
 * Needs a runtime that can encode video: `./webrtc/node`.
 *
 * @example
 * ```ts no-run: needs a server with live video
 * await using session = await client.webrtc.stream(manualFrames(), { modelId: "colours/1", config: { realtimeProcessing: false } });
 * session.onData("predictions", (predictions) => console.log(predictions));
 * const pixels = new Uint8Array(160 * 120 * 3);
 * for (let index = 0; index < 10; index += 1) {
 *   await session.send({ data: pixels, width: 160, height: 120, channels: 3 });
 * }
 * console.log((await session.finish()).reason);
 * ```
 */
export function manualFrames(): LiveSource {
  return { plan: { kind: "manual" }, close: () => Promise.resolve() };
}
