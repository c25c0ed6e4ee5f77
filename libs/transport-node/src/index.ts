export type { TlsOptions } from "./agents.ts";
export { type NodeHttpTransportOptions, nodeHttpTransport } from "./node-http-transport.ts";
export type { ProxyOption } from "./proxy.ts";
