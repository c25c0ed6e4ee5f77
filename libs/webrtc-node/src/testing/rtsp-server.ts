import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { Vp8Packetizer } from "werift";
import { FrameEncoder } from "../codec/frame-encoder.ts";
import { loadNodeAv } from "../codec/load-node-av.ts";
import { paintFrame } from "./painted-frame.ts";

/** A camera on the network that shows numbered pictures. */
export interface RtspServer {
  readonly url: string;
  close(): Promise<void>;
}

/** What the camera does. */
export interface RtspServerOptions {
  /** Pictures before it hangs up; 30 a second. */
  readonly frames: number;
  /** What it offers. */
  readonly media?: "video" | "audio";
  /** Answers nothing. */
  readonly isSilent?: boolean;
}

const FRAME_MS = 1000 / 30;

/** Starts a camera that speaks RTSP and sends its packets over the same connection (RFC 2326, section 10.12). */
export async function startRtspServer({
  frames,
  media = "video",
  isSilent,
}: RtspServerOptions): Promise<RtspServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    let text = "";
    socket.on("data", (data) => {
      if (isSilent === true) return;
      text += data.toString("latin1");
      for (let end = text.indexOf("\r\n\r\n"); end >= 0; end = text.indexOf("\r\n\r\n")) {
        answer(socket, text.slice(0, end), media, frames);
        text = text.slice(end + 4);
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const { port } = isAddress(address) ? address : { port: 0 };
  return {
    url: `rtsp://127.0.0.1:${port}/live`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === "object" && address !== null;
}

function answer(socket: Socket, request: string, media: "video" | "audio", frames: number): void {
  const method = /^\w+/.exec(request)?.[0] ?? "";
  const sequence = /^CSeq: *(\d+)/im.exec(request)?.[1] ?? "0";
  const reply = (headers: readonly string[], body = ""): void => {
    const head = ["RTSP/1.0 200 OK", `CSeq: ${sequence}`, "Session: 12345678", ...headers];
    socket.write(`${[...head, `Content-Length: ${body.length}`].join("\r\n")}\r\n\r\n${body}`);
  };
  if (method === "OPTIONS") reply(["Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN"]);
  else if (method === "DESCRIBE") reply(["Content-Type: application/sdp"], describe(media));
  else if (method === "SETUP") reply(["Transport: RTP/AVP/TCP;unicast;interleaved=0-1"]);
  else reply([]);
  if (method === "PLAY") play(socket, frames).catch(() => undefined);
}

function describe(media: "video" | "audio"): string {
  const line = media === "video" ? "m=video 0 RTP/AVP 96\r\na=rtpmap:96 VP8/90000" : "m=audio 0 RTP/AVP 0";
  return `v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=camera\r\nt=0 0\r\n${line}\r\na=control:track1\r\n`;
}

async function play(socket: Socket, frames: number): Promise<void> {
  const encoder = new FrameEncoder(await loadNodeAv(), "VP8");
  const packetizer = new Vp8Packetizer({ payloadType: 96, ssrc: 1 });
  const start = performance.now();
  for (let number = 0; number < frames && !socket.destroyed; number++) {
    const encoded = await encoder.encode(paintFrame(number), number * 3000, false);
    if (encoded === undefined) break;
    for (const packet of packetizer.packetize(encoded.data, number * 3000)) {
      const data = packet.serialize();
      socket.write(Buffer.concat([Buffer.of(0x24, 0, data.length >> 8, data.length & 255), data]));
    }
    const waitMs = start + (number + 1) * FRAME_MS - performance.now();
    await new Promise((resolve) => setTimeout(resolve, Math.max(1, waitMs)));
  }
  await encoder.close();
  socket.end();
}
