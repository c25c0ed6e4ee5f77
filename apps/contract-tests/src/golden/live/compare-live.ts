import { compareValue } from "../compare-value.ts";
import { isRecord, type JsonRecord, mapStrings, shown } from "../json.ts";
import type { LiveRecord } from "./live-record.ts";

const isOfErrors = ({ handler }: JsonRecord): boolean => handler === "on_error";

/** What the handlers of errors got, apart from the order among the others: the texts of the worker must be there. */
function compareErrors(expected: LiveRecord, actual: LiveRecord): string[] {
  const wanted = expected.delivered.filter(isOfErrors);
  const found = actual.delivered.filter(isOfErrors);
  if (wanted.length !== found.length) return [`${found.length} errors delivered, expected ${wanted.length}`];
  return wanted.flatMap(({ value }, at) => {
    const texts = (Array.isArray(value) ? value : [value]).filter((text) => typeof text === "string");
    const told = JSON.stringify(found[at]?.value);
    const missing = texts.filter((text) => !told.includes(JSON.stringify(text).slice(1, -1)));
    return missing.map((text) => `error ${at} does not tell ${shown(text)}`);
  });
}

/** Compares what a session did with what it should have done. Returns every difference. */
export async function compareLive(
  expected: LiveRecord,
  actual: LiveRecord,
  { inputs, fill }: { readonly inputs: string; readonly fill: (text: string) => string },
): Promise<string[]> {
  const problems = compareErrors(expected, actual);
  const [wanted, found] = [comparable(expected), comparable(actual)];
  for (const [part, value] of Object.entries(wanted)) {
    // What no rule says is not checked.
    if (value === undefined) continue;
    const differences = await compareValue(mapStrings(value, fill), found[part], { inputs });
    problems.push(...differences.map((problem) => `${part} ${problem}`));
  }
  if (expected.ended !== undefined) {
    const found = await compareValue(expected.ended, actual.ended, { inputs });
    problems.push(...found.map((problem) => `end ${problem}`));
  }
  return problems;
}

function comparable({ peer, delivered, ended: _ended, ...rest }: LiveRecord): JsonRecord {
  return { ...rest, peer: peer.map(plainStep), delivered: delivered.filter((entry) => !isOfErrors(entry)) };
}

/** Without what belongs to Python's media library, and with the addresses of a server always as a list. */
function plainStep(step: JsonRecord): JsonRecord {
  if ("openStream" in step) return { openStream: step.openStream };
  if (!isRecord(step.peer) || !Array.isArray(step.peer.iceServers)) return step;
  const iceServers = step.peer.iceServers.map((server: unknown) =>
    isRecord(server) && typeof server.urls === "string" ? { ...server, urls: [server.urls] } : server,
  );
  return { peer: { iceServers } };
}
