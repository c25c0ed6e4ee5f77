import type { FetchCall } from "./fetch-call.ts";
import { openUpload } from "./upload.ts";
import type { StreamBody } from "./wire.ts";

/** `duplex` is required for stream bodies and not yet in the type library. */
type StreamingRequestInit = RequestInit & { duplex?: "half" };

/** Makes a stream the body of a request. */
export function addStream(init: StreamingRequestInit, body: StreamBody, call: FetchCall): void {
  call.upload = openUpload(body);
  init.body = readableStream(call.upload.pieces, call.signal);
  init.duplex = "half";
}

/** Runtimes do not cancel the body of an aborted request, and Node's even goes on reading it: both are done here. */
function readableStream(pieces: AsyncIterable<Uint8Array>, signal: AbortSignal): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  const leave = (): void => {
    Promise.resolve(iterator.return?.()).catch(() => undefined);
  };
  signal.addEventListener("abort", leave, { once: true });
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      if (signal.aborted) {
        controller.error(signal.reason);
        return;
      }
      const step = await iterator.next();
      if (step.done) controller.close();
      else controller.enqueue(step.value.slice());
    },
    cancel: leave,
  });
}
