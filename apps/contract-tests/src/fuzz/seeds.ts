import { resolve } from "node:path";
import { isRecord } from "../golden/json.ts";
import { liveScript } from "../golden/live/live-record.ts";
import { findCases, readCase } from "../golden/read-case.ts";
import { findRecordings } from "../recorded/recording.ts";

const FIXTURES = resolve(import.meta.dirname, "../../fixtures");

/** Most seeds of a route: more say nothing new. */
const MAX_SEEDS = 40;
/** Long answers only make the run slow. */
const MAX_SEED_LENGTH = 20_000;

/** Recorded answers by the route that gave them, `v0` for those of the route by model id. */
export function recordedSeeds(): ReadonlyMap<string, readonly unknown[]> {
  const seeds = new Map<string, unknown[]>();
  const add = (path: string, body: unknown) => {
    if (!isRecord(body) && !Array.isArray(body)) return;
    if (JSON.stringify(body).length > MAX_SEED_LENGTH) return;
    const known = seeds.get(path) ?? [];
    seeds.set(path, known);
    if (known.length < MAX_SEEDS) known.push(body);
  };
  for (const file of findRecordings(resolve(FIXTURES, "golden-server"))) {
    if (file.kind === "recording" && file.recording.status === 200) {
      add(routeOf(file.recording.path), file.recording.body);
    }
  }
  for (const group of findCases(resolve(FIXTURES, "golden"), resolve(FIXTURES, "golden/inputs")).groups) {
    for (const caseFile of group.files) {
      const { requests, responses } = readCase(caseFile);
      for (const [index, request] of requests.entries())
        add(routeOf(request.path), responses[index]?.body.json);
    }
  }
  return seeds;
}

function routeOf(path: string): string {
  if (/^\/infer\/(depth-estimation|lmm)\//.test(path)) return path.split("/").slice(0, 3).join("/");
  const isModel = /^\/[^/]+\/\d+$/.test(path);
  return isModel ? "v0" : path;
}

/** Recorded messages of live video workers. */
export function recordedMessages(): readonly Uint8Array[] {
  const sessions = findRecordings(resolve(FIXTURES, "golden-server")).flatMap((file) =>
    file.kind === "transcript" ? file.transcript.messages : [],
  );
  const cases = findCases(resolve(FIXTURES, "golden"), resolve(FIXTURES, "golden/inputs")).groups.find(
    ({ name }) => name === "webrtc",
  );
  const messages = (cases?.files ?? []).flatMap((file) => liveScript(readCase(file)).messages);
  const bytes = messages.filter((message) => typeof message !== "string");
  return [...sessions, ...bytes].filter((message) => message.length > 12 && message.length < MAX_SEED_LENGTH);
}
