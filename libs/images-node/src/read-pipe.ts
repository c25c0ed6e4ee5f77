import { closeSync } from "node:fs";
import { Socket } from "node:net";
import { throwIfAborted } from "@inference-ts/images";

/**
 * Reads a pipe to its end. As a socket it is waited for by the event loop: reading it as a file would keep a thread of the pool
 * for as long as nobody writes, whatever the signal says.
 *
 * @param descriptor - Opened without waiting for a writer; closed when this settles.
 * @param accept - Throws where what was read so far is too long.
 */
export async function readPipe(
  descriptor: number,
  signal: AbortSignal,
  accept: (length: number) => void,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const pipe = socketOf(descriptor, signal);
  try {
    for await (const chunk of pipe) {
      length += chunk.length;
      accept(length);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, length);
  } catch (error) {
    throwIfAborted(signal, "Reading of the image");
    throw error;
  } finally {
    pipe.destroy();
  }
}

function socketOf(descriptor: number, signal: AbortSignal): Socket {
  try {
    return new Socket({ fd: descriptor, readable: true, writable: false, signal });
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}
