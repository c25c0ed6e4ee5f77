import { InvalidResponseError, redact } from "@inference-ts/errors";
import type { Answer } from "@inference-ts/transport";
import { parsePythonJson } from "./python-json.ts";

/**
 * Reads a body that `JSON.parse` refused: Python's spelling of numbers that JSON has no word for.
 *
 * @throws InvalidResponseError for everything else.
 */
export function readUnusualJson(answer: Answer, text: string, cause: unknown): unknown {
  try {
    return parsePythonJson(text);
  } catch {
    const type = answer.header("content-type") ?? "no content type";
    const shown = text.trim() === "" ? "it is empty" : `it starts with "${redact(text.trim().slice(0, 80))}"`;
    throw new InvalidResponseError(
      `The server's answer (status ${answer.status}, ${type}) is not JSON: ${shown}.`,
      {
        cause,
        hint: "Check that the address belongs to an Inference server and not to a proxy or a web page.",
      },
    );
  }
}
