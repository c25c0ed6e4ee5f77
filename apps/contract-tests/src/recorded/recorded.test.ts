import { resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { createFieldCheck, type FieldCheck } from "./answer-schema.ts";
import { checkRecording } from "./check-recording.ts";
import { checkTranscript } from "./check-transcript.ts";
import { findRecordings, type Recording } from "./recording.ts";

const files = findRecordings(resolve(import.meta.dirname, "../../fixtures/golden-server"));
const recordings = files.flatMap((file) => (file.kind === "recording" ? [file.recording] : []));
const transcripts = files.flatMap((file) => (file.kind === "transcript" ? [file.transcript] : []));

let checkFields: FieldCheck;
beforeAll(() => {
  checkFields = createFieldCheck();
});

test("recordings of both servers are there, and sessions of live video", () => {
  expect(new Set(recordings.map(({ version }) => version))).toEqual(new Set(["1.5.0", "1.8.3"]));
  expect(transcripts.map(({ name }) => name)).toEqual(["webrtc-file", "webrtc-manual"]);
  expect(recordings.length).toBeGreaterThan(300);
});

test.each(["1.5.0", "1.8.3"])(
  "every answer of server %s decodes, and nothing of it is lost",
  async (version) => {
    const problems: Record<string, readonly string[]> = {};
    for (const recording of recordings.filter((candidate) => candidate.version === version)) {
      const found = await checkRecording(recording, checkFields);
      if (found.length > 0) problems[recording.name] = found;
    }
    expect(problems).toEqual({});
  },
);

test("recorded sessions of live video lead to the same deliveries", async () => {
  for (const transcript of transcripts) expect(await checkTranscript(transcript)).toEqual([]);
});

test("a session that was started otherwise is found", async () => {
  for (const transcript of transcripts) {
    const changed = { ...transcript, start: { ...transcript.start, is_preview: true } };
    expect(await checkTranscript(changed)).not.toEqual([]);
  }
});

describe("the check itself", () => {
  const named = (name: string): Recording => {
    const found = recordings.find((recording) => recording.name === name && recording.version === "1.8.3");
    if (found === undefined) throw new Error(`There is no recording ${name}.`);
    return found;
  };
  const answered = (recording: Recording, body: unknown, change: Partial<Recording> = {}): Recording => ({
    ...recording,
    body,
    bytes: Buffer.from(JSON.stringify(body)),
    ...change,
  });

  test.each([
    [
      "a result that differs from the record",
      () => ({ ...named("infer-detect-two-classes"), body: { changed: 1 } }),
    ],
    [
      "a declared field that is missing",
      () => answered(named("infer-detect-two-classes"), { predictions: [] }),
    ],
    [
      "an error that lost the message",
      () => ({ ...named("infer-detect-unknown-model"), body: { message: "another" } }),
    ],
    ["an error of another status", () => ({ ...named("infer-detect-unknown-model"), status: 200 })],
    [
      "a result of no operation",
      () => answered(named("service-root"), named("service-info").body, { headers: {} }),
    ],
  ])("finds %s", async (_name, make) => {
    expect(await checkRecording(make(), checkFields)).not.toEqual([]);
  });
});
