import type { Socket } from "node:net";

/** A request as far as the bench's server cares. */
export interface PlainRequest {
  readonly path: string;
  /** Length of the body, which was received and dropped. */
  readonly bodyBytes: number;
}

const HEAD_END = "\r\n\r\n";

/**
 * Speaks as much HTTP/1.1 as clients with `content-length` bodies and kept connections need. The less work the server does, the more
 * of what is measured is the client: `node:http` would cost several times as much.
 *
 * @param answer - Called with each request whose body has arrived; `respond` takes the bytes of a whole answer.
 */
export function answerPlainly(
  socket: Socket,
  answer: (request: PlainRequest, respond: (response: Buffer) => void) => void,
): void {
  let head = "";
  let current: { readonly path: string; readonly bodyBytes: number } | null = null;
  let missing = 0;
  const finish = (): void => {
    if (current === null || missing > 0) return;
    const request = current;
    current = null;
    answer(request, (response) => socket.write(response));
  };
  const onHead = (piece: Buffer): void => {
    // A client sends the next request after the answer, so that what follows a head is its body.
    head += piece.toString("latin1");
    const end = head.indexOf(HEAD_END);
    if (end < 0) return;
    const bodyBytes = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    current = { path: head.slice(head.indexOf(" ") + 1).split(" ", 1)[0] ?? "", bodyBytes };
    missing = bodyBytes - (head.length - end - HEAD_END.length);
    head = "";
    finish();
  };
  socket.setNoDelay();
  socket.on("error", () => socket.destroy());
  socket.on("data", (piece) => {
    if (current === null) {
      onHead(piece);
      return;
    }
    missing -= piece.length;
    finish();
  });
}

/** The bytes of an answer with a JSON body. */
export function plainResponse(status: number, json: string): Buffer {
  const body = Buffer.from(json);
  const head = `HTTP/1.1 ${status} X\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}
