import { compareValue } from "../compare-value.ts";
import { isRecord, type JsonRecord, mapStrings } from "../json.ts";
import type { LiveRecord } from "./live-record.ts";

/** Compares what a session did with what it should have done. Returns every difference. */
export async function compareLive(
  expected: LiveRecord,
  actual: LiveRecord,
  { inputs, fill }: { readonly inputs: string; readonly fill: (text: string) => string },
): Promise<string[]> {
  const problems: string[] = [];
  for (const part of [
    "peer",
    "delivered",
    "videoQueue",
    "sent",
    "uploads",
    "progress",
    "problems",
  ] as const) {
    // What no rule says is not checked.
    if (expected[part] === undefined) continue;
    const found = await compareValue(
      mapStrings(part === "peer" ? expected.peer.map(plainStep) : expected[part], fill),
      part === "peer" ? actual.peer.map(plainStep) : actual[part],
      { inputs },
    );
    problems.push(...found.map((problem) => `${part} ${problem}`));
  }
  if (expected.ended !== undefined) {
    const found = await compareValue(expected.ended, actual.ended, { inputs });
    problems.push(...found.map((problem) => `end ${problem}`));
  }
  return problems;
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
