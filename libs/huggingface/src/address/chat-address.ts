import { parseAddress, withPath } from "./model-address.ts";

/** What the path of an address ends with, and what is put behind it; the first row that fits counts. */
const SUFFIXES: readonly (readonly [end: RegExp, suffix: string])[] = [
  [/\/chat\/completions$/, ""],
  [/\/v1$/, "/chat/completions"],
  [/$/, "/v1/chat/completions"],
];

/**
 * The address of chat completions behind the address of an endpoint, in the way of huggingface_hub 0.27.1 (for `model` and `base_url`
 * alike), except that a query stays a query.
 */
export function chatAddress(address: string): string {
  const path = parseAddress(address).pathname.replace(/\/+$/, "");
  const [, suffix = ""] = SUFFIXES.find(([end]) => end.test(path)) ?? [];
  return withPath(address, suffix);
}
