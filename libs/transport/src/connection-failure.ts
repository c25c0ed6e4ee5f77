import { ServerConnectionError } from "@inference-ts/errors";

/** A field of any value, `undefined` where there is none. */
function field(value: unknown, name: "code" | "cause" | "errors" | "message"): unknown {
  return typeof value === "object" && value !== null && name in value ? Reflect.get(value, name) : undefined;
}

/** The error and what led to it: `fetch` hides the system's error as `cause`, a failed dual-stack connect in `errors`. */
function* chainOf(error: unknown): Generator<unknown> {
  let current = error;
  for (let depth = 0; depth < 5 && current !== undefined && current !== null; depth += 1) {
    yield current;
    const errors = field(current, "errors");
    current = field(current, "cause") ?? (Array.isArray(errors) ? errors[0] : undefined);
  }
}

/**
 * Turns whatever a socket or a `fetch` threw into a `ServerConnectionError`. The original is not kept as `cause`: such errors carry the
 * full URL and with it the key.
 */
export function connectionFailure(error: unknown): ServerConnectionError {
  const chain = [...chainOf(error)];
  const texts = chain
    .map((link) => field(link, "message"))
    .filter((text) => typeof text === "string" && text !== "");
  const systemCode = chain.map((link) => field(link, "code")).find((code) => typeof code === "string");
  const message = withoutSecrets([...new Set(texts)].join(": ")) || "the connection failed";
  return new ServerConnectionError(message, typeof systemCode === "string" ? { systemCode } : {});
}

/** Runtimes quote URLs and headers; the caller's own secrets are removed where they are known, above the transports. */
function withoutSecrets(text: string): string {
  return text
    .replace(/\?[^\s"'<>]+/g, "?***")
    .replace(/\/\/[^\s"'<>/]*@/g, "//")
    .replace(/\b(bearer|basic)\s+[^\s"'<>]+/gi, "$1 ***");
}
