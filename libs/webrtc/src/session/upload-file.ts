import { InvalidInputFormatError, WebRTCSessionError } from "@inference-ts/errors";
import { sleep } from "@inference-ts/transport";
import { openUploadChunk, planUpload, UPLOAD_BUFFERED_BYTES } from "../data-channel/upload.ts";
import type { LiveChannel } from "../peer/live-peer.ts";
import type { UploadBody } from "../peer/live-source.ts";
import { type SessionClock, unlessAborted } from "./session-clock.ts";

/** How often the channel is asked whether it has room again. */
const POLL_MS = 10;
/** After so many chunks other work gets its turn, such as the answers that keep the connection alive. */
const CHUNKS_AT_ONCE = 10;
/** A hosted worker gives up after 60 s without a sign; a message of one byte counts as one. */
const KEEP_ALIVE_MS = 20_000;

/** What an upload needs. */
export interface Upload {
  /** Opens the file; may take long, such as a download. */
  readonly open: () => Promise<UploadBody>;
  readonly channel: LiveChannel;
  readonly clock: SessionClock;
  /** Called after every chunk. */
  readonly onSent: (progress: { readonly sentBytes: number; readonly totalBytes: number }) => void;
}

/**
 * Sends a file over channel `video_upload`, chunk by chunk, with at most 256 KiB waiting in the channel.
 *
 * @throws The signal's reason when it aborts, what the file throws, InvalidParameterError for an empty file,
 *   InvalidInputFormatError when it is shorter than it said, WebRTCSessionError when the channel closes.
 */
export async function uploadFile(
  { open, channel, clock, onSent }: Upload,
  signal: AbortSignal,
): Promise<void> {
  const stopKeepAlive = keepAlive(channel, clock);
  let body: UploadBody | undefined;
  const opening = open();
  try {
    body = await unlessAborted(opening, signal);
    const { totalBytes } = body;
    for (const chunk of planUpload(totalBytes)) {
      const { message, payload } = openUploadChunk(chunk);
      await readInto(body, chunk.offset, payload, signal);
      while (channel.isOpen && channel.bufferedBytes > UPLOAD_BUFFERED_BYTES) {
        await sleep(POLL_MS, signal, clock);
      }
      signal.throwIfAborted();
      if (!channel.isOpen) {
        throw new WebRTCSessionError(
          `The worker closed the upload after ${chunk.offset} of ${totalBytes} bytes.`,
          { reason: "channel-closed", hint: "See the server's log." },
        );
      }
      channel.send(message);
      onSent({ sentBytes: chunk.offset + chunk.length, totalBytes });
      if ((chunk.index + 1) % CHUNKS_AT_ONCE === 0) await sleep(0, signal, clock);
    }
  } finally {
    stopKeepAlive();
    if (body === undefined) opening.then((late) => late.close()).catch(() => undefined);
    else await body.close();
  }
}

async function readInto(
  body: UploadBody,
  offset: number,
  payload: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  let filled = 0;
  while (filled < payload.length) {
    const read = await unlessAborted(body.read(offset + filled, payload.subarray(filled)), signal);
    if (read <= 0) {
      throw new InvalidInputFormatError(
        `The video ended after ${offset + filled} bytes; it was said to have ${body.totalBytes}.`,
      );
    }
    filled += read;
  }
}

/** Sends a byte whenever nothing has been sent for a while. */
function keepAlive(channel: LiveChannel, clock: SessionClock): () => void {
  let cancel = (): void => undefined;
  const arm = (): void => {
    cancel = clock.after(KEEP_ALIVE_MS, () => {
      if (channel.isOpen && channel.bufferedBytes === 0) channel.send(Uint8Array.of(0));
      arm();
    });
  };
  arm();
  return () => cancel();
}
