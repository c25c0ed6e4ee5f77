import { type Answer, jsonAnswer, Refusal } from "../exchange.ts";

/** Ends the request with `{"error": ...}`, the shape of these systems. */
export function refuseWith(error: unknown, status = 400): never {
  throw new Refusal(jsonAnswer({ error }, status));
}

/** The text of a refusal from any depth: these systems say `error`, the picture reader says `message`. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Refusal)) return error instanceof Error ? error.message : String(error);
  const body: unknown = JSON.parse(Buffer.from(error.answer.body).toString());
  if (typeof body !== "object" || body === null) return "refused";
  if ("error" in body) return String(body.error);
  return "message" in body ? String(body.message) : "refused";
}

/** What TGI answers to a request that it does not accept. */
export function tgiRefusal(error: string, errorType = "validation"): Answer {
  return jsonAnswer({ error, error_type: errorType }, 422);
}
