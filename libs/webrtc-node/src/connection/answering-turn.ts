import { randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { createConnection, isIP, isIPv6, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";

/** The Python client's time limit for all servers together. */
const TOTAL_MS = 2000;
/** Once one has answered, those before it in the list get this long to answer too. */
const GRACE_MS = 300;
/** A request that was lost is sent again after this time. */
const RESEND_MS = 500;
const MAGIC_COOKIE = 0x2112a442;

/** Address of a TURN server. */
interface TurnAddress {
  readonly host: string;
  readonly port: number;
  readonly transport: "udp" | "tcp" | "tls";
}

/**
 * Which TURN addresses answer: each is asked with one STUN request (RFC 8489, section 2) over its own transport, all at once.
 * werift uses one address only, so one that is dead must not be the first.
 *
 * @returns Those that answered, in the order given.
 */
export async function answeringTurn(
  urls: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (signal.aborted) return [];
  const stop = new AbortController();
  const end = (): void => stop.abort();
  signal.addEventListener("abort", end, { once: true });
  const timers = [setTimeout(end, TOTAL_MS)];
  const isOpen = urls.map(() => true);
  try {
    const answers = await Promise.all(
      urls.map(async (url, at) => {
        const address = readTurnUrl(url);
        const isThere = address !== undefined && (await ask(address, stop.signal).catch(() => false));
        isOpen[at] = false;
        if (isThere && !isOpen.slice(0, at).includes(true)) end();
        else if (isThere) timers.push(setTimeout(end, GRACE_MS));
        return isThere;
      }),
    );
    return urls.filter((_, at) => answers[at]);
  } finally {
    signal.removeEventListener("abort", end);
    for (const timer of timers) clearTimeout(timer);
  }
}

/** Source: RFC 7065, section 3.1. */
function readTurnUrl(url: string): TurnAddress | undefined {
  const match = /^(turns?):(?:\[([^\]]+)\]|([^:?]+))(?::(\d+))?(?:\?transport=(udp|tcp))?$/i.exec(url.trim());
  if (match === null) return undefined;
  const [, scheme = "", bracketed, plain, port, transport] = match;
  const isSecure = scheme.toLowerCase() === "turns";
  return {
    host: bracketed ?? plain ?? "",
    port: port === undefined ? (isSecure ? 5349 : 3478) : Number(port),
    transport: isSecure ? "tls" : transport?.toLowerCase() === "tcp" ? "tcp" : "udp",
  };
}

function ask(address: TurnAddress, stop: AbortSignal): Promise<boolean> {
  const request = Buffer.alloc(20);
  request.writeUInt16BE(1, 0);
  request.writeUInt32BE(MAGIC_COOKIE, 4);
  randomBytes(12).copy(request, 8);
  return address.transport === "udp"
    ? askByPacket(address, request, stop)
    : askByStream(address, request, stop);
}

/** A response, or an error response, to this very request. */
function isAnswer(data: Buffer, request: Buffer): boolean {
  return (
    data.length >= 20 &&
    (data.readUInt16BE(0) & 0x3eef) === 1 &&
    data.subarray(4, 20).equals(request.subarray(4))
  );
}

function askByPacket({ host, port }: TurnAddress, request: Buffer, stop: AbortSignal): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = createSocket(isIPv6(host) ? "udp6" : "udp4");
  const no = (): void => resolve(false);
  const send = (): void => {
    // Fails for a name that does not exist; the next try fails too.
    socket.send(request, port, host, (error) => {
      if (error !== null) no();
    });
  };
  socket.on("error", no);
  socket.on("message", (data) => {
    if (isAnswer(data, request)) resolve(true);
  });
  stop.addEventListener("abort", no, { once: true });
  const timer = setInterval(send, RESEND_MS);
  send();
  return promise.finally(() => {
    clearInterval(timer);
    stop.removeEventListener("abort", no);
    socket.close();
  });
}

function askByStream(
  { host, port, transport }: TurnAddress,
  request: Buffer,
  stop: AbortSignal,
): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const no = (): void => resolve(false);
  const socket: Socket =
    transport === "tls"
      ? connectTls({ host, port, ...(isIP(host) === 0 ? { servername: host } : {}) }, () =>
          socket.write(request),
        )
      : createConnection({ host, port }, () => socket.write(request));
  let received = Buffer.alloc(0);
  socket.on("data", (data: Buffer) => {
    received = Buffer.concat([received, data]);
    if (received.length >= request.length) resolve(isAnswer(received, request));
  });
  socket.on("error", no);
  socket.on("close", no);
  stop.addEventListener("abort", no, { once: true });
  return promise.finally(() => {
    stop.removeEventListener("abort", no);
    socket.destroy();
  });
}
