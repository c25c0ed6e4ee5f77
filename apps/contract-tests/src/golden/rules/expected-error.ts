import type { Exchange, ExpectedOutcome } from "../expectation.ts";
import { expectedServerMessage } from "../server-message.ts";

/** The error that follows from a failing exchange with the inference server; `undefined` where it does not fail. */
export function expectedError(
  exchange: Exchange | undefined,
  key: string | null | undefined,
  attempts?: number,
): ExpectedOutcome | undefined {
  const response = exchange?.response;
  if (response === undefined) return undefined;
  if (response.fault !== undefined) return { kind: "error", codes: ["CONNECTION_FAILED"], attempts };
  if (response.status < 300) return undefined;
  return {
    kind: "error",
    codes: ["HTTP_ERROR"],
    status: response.status,
    attempts,
    serverMessage: response.status >= 400 ? expectedServerMessage(response, key) : undefined,
  };
}
