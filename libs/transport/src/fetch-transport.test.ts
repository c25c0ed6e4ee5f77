import { InvalidResponseError } from "@inference-ts/errors";
import { expect, test } from "vitest";
import { fetchTransport } from "./fetch-transport.ts";

test("an answer of another site, whose encoding a browser hides, is read no further than allowed", async () => {
  let pieces = 0;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      pieces += 1;
      if (pieces === 100) controller.close();
      else controller.enqueue(new Uint8Array(1_000));
    },
    cancel: () => {
      cancelled = true;
    },
  });
  // The length of the compressed bytes; `content-encoding` is not among what other sites may see.
  const answer = new Response(body, { headers: { "content-length": "500" } });
  Object.defineProperty(answer, "type", { value: "cors" });
  const transport = fetchTransport({ fetch: async () => answer });
  const request = { method: "GET", url: "http://server.test/", headers: {}, body: null };
  const response = await transport.send(request, new AbortController().signal);
  await expect(response.bytes(5_000)).rejects.toBeInstanceOf(InvalidResponseError);
  expect(pieces).toBeLessThan(10);
  expect(cancelled).toBe(true);
});
