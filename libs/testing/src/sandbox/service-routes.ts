import { jsonAnswer, textAnswer } from "./exchange.ts";
import type { Route } from "./route.ts";

/** Server version whose behaviour the sandbox follows. */
export const SANDBOX_VERSION = "1.8.3";

/** What `/info` and the start page call this server. */
export const SANDBOX_NAME = "Roboflow Inference Server (sandbox)";

const PAGE =
  `<!doctype html><title>${SANDBOX_NAME}</title><p>This is a sandbox, not a real server: its models find red, green and ` +
  "blue shapes in the pictures that it receives.</p>";

/** Routes about the server itself. */
export const serviceRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/",
    summary: "Start page",
    handle: () => textAnswer(PAGE, 200, "text/html; charset=utf-8"),
  },
  {
    method: "GET",
    path: "/info",
    summary: "Name and version of the server",
    handle: (_exchange, state) =>
      jsonAnswer({ name: SANDBOX_NAME, version: SANDBOX_VERSION, uuid: state.uuid }),
  },
  {
    method: "GET",
    path: "/healthz",
    summary: "Is the server alive",
    handle: () => jsonAnswer({ status: "healthy" }),
  },
  {
    method: "GET",
    path: "/readiness",
    summary: "Is the server ready",
    handle: () => jsonAnswer({ status: "ready" }),
  },
];
