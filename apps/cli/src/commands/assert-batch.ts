import { type ClientMode, InvalidParameterError } from "@inference-ts/sdk/node";

/**
 * Refuses several pictures in a request where a request holds one.
 *
 * @throws InvalidParameterError for a batch in API mode v0.
 */
export function assertBatch(batch: number, mode: ClientMode, wayOut: string): void {
  if (batch === 1 || mode === "v1") return;
  throw new InvalidParameterError(
    `--batch ${batch} needs API v1: in v0 a request holds one picture. Leave --batch out, or use ${wayOut}.`,
  );
}
