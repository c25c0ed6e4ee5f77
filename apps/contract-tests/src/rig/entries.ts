import {
  type InferenceEvent,
  type InferenceHTTPClientOptions,
  InferenceHTTPClient as PortableClient,
} from "@inference-ts/sdk";
import { InferenceHTTPClient as NodeClient } from "@inference-ts/sdk/node";

/** A client of either entry of the package. */
export type Client = PortableClient | NodeClient;

/** What tells the two entries apart: name, and how a client is made. */
export interface Entry {
  readonly name: string;
  open(options: InferenceHTTPClientOptions): Client;
}

/** Retries as by default, but without waiting. */
export const AT_ONCE = { baseDelayMs: 0, maxDelayMs: 0 } as const;

/** The browser's path (fetch) and Node's path (node:http); every contract holds for both. */
export const ENTRIES: readonly Entry[] = [
  { name: "@inference-ts/sdk", open: (options) => new PortableClient({ retry: AT_ONCE, ...options }) },
  { name: "@inference-ts/sdk/node", open: (options) => new NodeClient({ retry: AT_ONCE, ...options }) },
];

/** Collects the events of a client. */
export function eventsOf(client: Client): InferenceEvent[] {
  const events: InferenceEvent[] = [];
  client.observe((event) => events.push(event));
  return events;
}
