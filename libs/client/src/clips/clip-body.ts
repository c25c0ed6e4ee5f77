import { type Base64Writer, base64Length } from "@inference-ts/images";
import type { StreamBody } from "@inference-ts/transport";
import type { UploadProgress } from "./clip-options.ts";
import type { LocalClip } from "./open-clip.ts";

/** A body of known length. */
export interface SizedBody extends StreamBody {
  readonly byteLength: number;
}

/** Bytes of a clip that are in memory at once. A multiple of 3, so that the base64 of the pieces is the base64 of the whole. */
const PIECE_BYTES = 3 * 0x10000;

/** The base64 text of a clip. */
export function base64Body(clip: LocalClip, writeBase64: Base64Writer): SizedBody {
  return {
    byteLength: base64Length(clip.byteLength),
    open: async function* () {
      const text = new Uint8Array(base64Length(Math.min(PIECE_BYTES, clip.byteLength)));
      for await (const piece of clip.pieces(PIECE_BYTES)) {
        yield text.subarray(0, writeBase64(piece, text, 0));
      }
    },
  };
}

/** The JSON text of a request that has the base64 of a clip at `video.value`. */
export function jsonBody(request: object, clip: LocalClip, writeBase64: Base64Writer): SizedBody {
  const open = JSON.stringify({ ...request, video: { type: "base64" } });
  // Both braces are closed behind the value instead.
  return joined(`${open.slice(0, -2)},"value":"`, base64Body(clip, writeBase64), '"}}');
}

/** A form with the clip's own bytes as its part `file`, the name that the v0 route looks for. */
export function multipartBody(clip: LocalClip): { readonly body: SizedBody; readonly contentType: string } {
  const boundary = `clip-${globalThis.crypto.getRandomValues(new Uint32Array(4)).join("-")}`;
  const head =
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="clip"\r\n` +
    "Content-Type: application/octet-stream\r\n\r\n";
  const bytes: SizedBody = { byteLength: clip.byteLength, open: () => clip.pieces(PIECE_BYTES) };
  return {
    body: joined(head, bytes, `\r\n--${boundary}--\r\n`),
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
}

function joined(before: string, middle: SizedBody, after: string): SizedBody {
  const [head, tail] = [encoder.encode(before), encoder.encode(after)];
  return {
    byteLength: head.length + middle.byteLength + tail.length,
    open: async function* () {
      yield head;
      yield* middle.open();
      yield tail;
    },
  };
}

/** The same body, telling how far it has come. */
export function observed(body: SizedBody, listener: (progress: UploadProgress) => void): SizedBody {
  const { byteLength } = body;
  return {
    byteLength,
    open: async function* () {
      let sentBytes = 0;
      for await (const piece of body.open()) {
        yield piece;
        sentBytes += piece.length;
        try {
          listener({ sentBytes, totalBytes: byteLength });
        } catch {
          // A listener never breaks a call.
        }
      }
    },
  };
}

/** The whole body in one buffer, for short clips and for runtimes that cannot stream a request. */
export async function wholeBody(body: SizedBody, signal: AbortSignal): Promise<Uint8Array> {
  const bytes = new Uint8Array(body.byteLength);
  let offset = 0;
  for await (const piece of body.open()) {
    if (signal.aborted) throw signal.reason;
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}

const encoder = new TextEncoder();
