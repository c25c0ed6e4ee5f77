import { InvalidResponseError, redact, secretsOfHeaders } from "@inference-ts/errors";
import type { Answer } from "@inference-ts/transport";
import { parsePythonJson } from "./python-json.ts";

const SHOWN_LENGTH = 80;
/** A key is found only as a whole, so much more is cleaned than shown. */
const MAX_CLEANED_LENGTH = 64 * 1024;

/**
 * Reads a body that `JSON.parse` refused: Python's spelling of numbers that JSON has no word for.
 *
 * @throws InvalidResponseError for everything else.
 */
export function readUnusualJson(answer: Answer, text: string): unknown {
  try {
    return parsePythonJson(text);
  } catch {
    const secrets = [...(answer.secrets ?? []), ...secretsOfHeaders(answer.sent)];
    const clean = (said: string) => redact(said.slice(0, MAX_CLEANED_LENGTH), secrets);
    const type = clean(answer.header("content-type") ?? "no content type");
    const shown =
      text.trim() === "" ? "it is empty" : `it starts with "${clean(text.trim()).slice(0, SHOWN_LENGTH)}"`;
    // The parser's own error quotes the text, and with it perhaps the key, so it is no `cause`.
    throw new InvalidResponseError(
      `The server's answer (status ${answer.status}, ${type}) is not JSON: ${shown}.`,
      {
        hint: "Check that the address belongs to an Inference server and not to a proxy or a web page.",
      },
    );
  }
}
