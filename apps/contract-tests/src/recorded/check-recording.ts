import { isDeepStrictEqual } from "node:util";
import {
  HTTPCallError,
  InferenceHTTPClient,
  isInferenceError,
  RouteNotAvailableError,
} from "@inference-ts/sdk/node";
import { isRecord, shown, textAt } from "../golden/json.ts";
import type { FieldCheck } from "./answer-schema.ts";
import { recordedTransport } from "./recorded-transport.ts";
import type { Recording } from "./recording.ts";
import type { Route } from "./route.ts";
import { registryOf, routeOf } from "./routes.ts";

/** Feeds a recorded answer through the public client. Returns every problem. */
export async function checkRecording(recording: Recording, checkFields: FieldCheck): Promise<string[]> {
  const route = routeOf(recording);
  const transport = recordedTransport(recording, registryOf(route, recording), route.isForeign === true);
  const client = new InferenceHTTPClient({
    apiUrl: "http://recorded.test",
    apiKey: keyOf(recording),
    apiMode: route.apiMode ?? "v1",
    transport,
    retry: { maxAttempts: 1 },
  });
  try {
    const { data, meta } = await withMeta(route.call(client, recording));
    const problems = checkResult(recording, route, data, checkFields);
    if (!transport.made.recorded) problems.push(`asked only ${transport.made.others.join(", ")}`);
    const requestId = recording.headers["x-request-id"];
    if (meta !== requestId) problems.push(`the request id is ${shown(meta)}, recorded ${shown(requestId)}`);
    return problems;
  } catch (error) {
    if (!isInferenceError(error))
      return [`threw something that is not one of our errors: ${shown(String(error))}`];
    return checkError(recording, route, error, transport.made.recorded);
  } finally {
    await client.close();
  }
}

async function withMeta(call: Promise<unknown>): Promise<{ data: unknown; meta: string | undefined }> {
  if (!("withMeta" in call) || typeof call.withMeta !== "function")
    throw new Error("The call has no metadata.");
  const { data, meta } = await call.withMeta();
  return { data, meta: meta.requestId };
}

function checkResult(recording: Recording, route: Route, data: unknown, checkFields: FieldCheck): string[] {
  const { status, body } = recording;
  if (status >= 300) return [`a result, although the status is ${status}`];
  if (route.isForeign === true) return ["a result, although the answer is of no operation of the server"];
  const wire = route.toWire === undefined ? data : route.toWire(data);
  const result = route.addsTask === true ? withoutTask(wire) : wire;
  const problems = isDeepStrictEqual(result, body)
    ? []
    : [`the result ${shown(result, 400)} is not what was recorded: ${shown(body, 400)}`];
  problems.push(...checkFields(recording, result).map((fault) => `declared and not there: ${fault}`));
  return problems;
}

function withoutTask(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(withoutTask);
  if (!isRecord(data)) return data;
  const { task, ...rest } = data;
  return typeof task === "string" ? rest : { missing: "task" };
}

/** The status and everything that the server said must be in the error, and nothing of the request. */
function checkError(recording: Recording, route: Route, error: Error, wasAsked: boolean): string[] {
  const { status, body, headers } = recording;
  if (!wasAsked) return [`failed before the recorded request: ${error.message}`];
  if (status < 300) {
    return route.isForeign === true ? [] : [`an error, although the status is ${status}: ${error.message}`];
  }
  if (!(error instanceof HTTPCallError) && !(error instanceof RouteNotAvailableError)) {
    return [`${error.name} for an answer of status ${status}: ${error.message}`];
  }
  const problems: string[] = [];
  const expected = { status, requestId: headers["x-request-id"] };
  for (const [name, value] of Object.entries(expected)) {
    const found: unknown = Reflect.get(error, name);
    if (found !== value) problems.push(`error.${name} is ${shown(found)}, recorded ${shown(value)}`);
  }
  for (const text of whatWasSaid(body)) {
    if (error.serverMessage?.includes(text) !== true) {
      problems.push(`serverMessage ${shown(error.serverMessage, 300)} does not hold ${shown(text, 300)}`);
    }
  }
  if (error instanceof HTTPCallError) {
    for (const [field, name] of [
      ["help_url", "helpUrl"],
      ["error_type", "errorType"],
    ] as const) {
      const value = textAt(body, field);
      if (value !== undefined && error[name] !== value)
        problems.push(`error.${name} is ${shown(error[name])}`);
    }
  }
  const picture = textAt(isRecord(recording.requestBody) ? recording.requestBody.image : undefined, "value");
  if (
    picture !== undefined &&
    picture.length > 40 &&
    JSON.stringify([error.message, error]).includes(picture)
  ) {
    problems.push("the error shows the picture");
  }
  return problems;
}

/** The texts of an error body, whatever its form. */
function whatWasSaid(body: unknown): readonly string[] {
  if (typeof body === "string") return body === "" ? [] : [body];
  if (!isRecord(body)) return [];
  if (Array.isArray(body.detail)) return body.detail.flatMap((item) => textAt(item, "msg") ?? []);
  return ["message", "detail", "error"].flatMap((name) => textAt(body, name) ?? []).slice(0, 1);
}

function keyOf({ requestBody, query, requestHeaders }: Recording): string {
  const inHeader = requestHeaders.authorization?.replace(/^Bearer /, "");
  return textAt(requestBody, "api_key") ?? query.get("api_key") ?? inHeader ?? "key-of-recordings-0123456789";
}
