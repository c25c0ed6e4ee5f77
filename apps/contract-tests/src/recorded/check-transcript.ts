import { setImmediate } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { gunzipSync } from "node:zlib";
import { InferenceHTTPClient, type Transport } from "@inference-ts/sdk/node";
import { type LiveData, type LiveFrame, manualFrames, videoUpload } from "@inference-ts/sdk/webrtc";
import { isRecord, type JsonRecord, listAt, recordAt, shown, textAt } from "../golden/json.ts";
import { type ScriptedPeer, scriptedPeers } from "../golden/live/scripted-peer.ts";
import type { Transcript } from "./transcript.ts";

/** Plays a recorded session to our client. Returns every difference: request, deliveries, pictures, upload, end. */
export async function checkTranscript(transcript: Transcript): Promise<string[]> {
  const { start, messages, upload } = transcript;
  const said = messages.map(readMessage);
  const results = said.filter((message) => message.processing_complete !== true);
  const picture = pictureName(results[0]);
  const bodies: unknown[] = [];
  const notes = { steps: [], sent: [] as unknown[], uploads: [] as JsonRecord[] };
  let peer: ScriptedPeer | undefined;
  await using client = new InferenceHTTPClient({
    apiUrl: "http://recorded.test",
    apiKey: textAt(start, "api_key") ?? null,
    configuration: { apiKeyTransport: "legacy" },
    transport: answering(transcript.answer, bodies),
  });
  const workflow = recordAt(start, "workflow_configuration");
  const texts = (name: string): string[] => listAt(start, name).map(String);
  await using session = await client.webrtc.stream(
    upload === undefined ? manualFrames() : videoUpload(uploadedFile(upload), { realtimeProcessing: true }),
    {
      workflow: recordAt(workflow, "workflow_specification"),
      imageInput: textAt(workflow, "image_input_name"),
      config: {
        streamOutput: picture === undefined ? texts("stream_output") : [picture],
        dataOutput: texts("data_output").filter((name) => name !== picture),
        workflowParameters: recordAt(workflow, "workflows_parameters"),
        realtimeProcessing: start.webrtc_realtime_processing === true,
      },
      peer: scriptedPeers(notes, new Set(), (made) => {
        peer = made;
      }),
    },
  );
  const delivered: LiveData[] = [];
  const frames: LiveFrame[] = [];
  const problems: string[] = [];
  session.onData((_data, _metadata, item) => delivered.push(item));
  session.onFrame((_image, _data, _metadata, frame) => frames.push(frame));
  session.onError((problem) => problems.push(`reported ${shown(problem)}`));
  const running = session.run();
  await session.start();
  while (upload !== undefined && notes.uploads.length === 0) await setImmediate();
  for (const message of messages) peer?.receive(message);
  do await setImmediate();
  while ((await session.stats()).channel.reading > 0);
  const hasEnd = results.length < said.length;
  if (!hasEnd) await session.close();
  const end = await running;
  if (hasEnd && end.reason !== "complete") problems.push(`the end is ${end.reason}`);
  problems.push(...compareStart(start, bodies[0]));
  problems.push(...compareResults(results, picture, delivered, frames));
  if (upload !== undefined) problems.push(...compareUpload(upload.bytes, notes.uploads));
  if (notes.sent.length > 0) problems.push(`sent ${shown(notes.sent)} in a realtime session`);
  return problems;
}

/** The message behind its 12-byte header, read without our own code. */
function readMessage(bytes: Uint8Array): JsonRecord {
  const payload = bytes.subarray(12);
  const text = payload[0] === 0x1f ? gunzipSync(payload) : Buffer.from(payload);
  const json: unknown = JSON.parse(text.toString("utf8"));
  return isRecord(json) ? json : {};
}

/** The output whose picture came as data. */
function pictureName(message: JsonRecord | undefined): string | undefined {
  const outputs = recordAt(message, "serialized_output_data");
  return Object.keys(outputs).find((name) => recordAt(outputs, name).type === "base64");
}

function compareStart(recorded: JsonRecord, sent: unknown): string[] {
  const plain = (body: unknown): unknown => (isRecord(body) ? { ...body, webrtc_offer: undefined } : body);
  return isDeepStrictEqual(plain(sent), plain(recorded))
    ? []
    : [`the start is ${shown(plain(sent), 600)}, recorded ${shown(plain(recorded), 600)}`];
}

function compareResults(
  results: readonly JsonRecord[],
  picture: string | undefined,
  delivered: readonly LiveData[],
  frames: readonly LiveFrame[],
): string[] {
  const problems: string[] = [];
  if (delivered.length !== results.length)
    problems.push(`${delivered.length} results delivered, ${results.length} recorded`);
  const pictures = picture === undefined ? 0 : results.length;
  if (frames.length !== pictures) problems.push(`${frames.length} pictures delivered, ${pictures} recorded`);
  for (const [at, result] of results.entries()) {
    const outputs = recordAt(result, "serialized_output_data");
    const { [picture ?? ""]: image, ...data } = outputs;
    const wire = recordAt(result, "video_metadata");
    const item = delivered[at];
    if (!isDeepStrictEqual(item?.data, data)) problems.push(`result ${at} is ${shown(item?.data)}`);
    const metadata = item?.metadata;
    const facts = [
      metadata?.frameId,
      metadata?.pts,
      metadata?.timeBase,
      metadata?.width,
      metadata?.receivedAt,
    ];
    const recorded = [wire.frame_id, wire.pts, wire.time_base, wire.width, wire.received_at];
    if (!isDeepStrictEqual(facts, recorded))
      problems.push(`metadata ${at} are ${shown(facts)}, recorded ${shown(recorded)}`);
    if (picture === undefined) continue;
    const shownImage = frames[at]?.image;
    const bytes = Buffer.from(textAt(image, "value") ?? "", "base64");
    if (shownImage?.kind !== "encoded" || !bytes.equals(shownImage.data))
      problems.push(`picture ${at} differs`);
  }
  return problems;
}

function compareUpload(bytes: number, uploads: readonly JsonRecord[]): string[] {
  const [first] = uploads;
  const isWhole = uploads.length === 1 && first?.total_chunks === 1 && first.payload_bytes === bytes - 8;
  return isWhole ? [] : [`uploaded ${shown(uploads)}, recorded one chunk of ${bytes - 8} bytes`];
}

/** A file of the recorded length that begins as recorded. */
function uploadedFile({ head, bytes }: { readonly head: Uint8Array; readonly bytes: number }): Uint8Array {
  const file = new Uint8Array(bytes - 8);
  file.set(head.subarray(8));
  return file;
}

function answering(answer: JsonRecord, bodies: unknown[]): Transport {
  const bytes = Buffer.from(JSON.stringify(answer));
  return {
    name: "recorded",
    send: async ({ body }) => {
      bodies.push(body instanceof Uint8Array ? JSON.parse(new TextDecoder().decode(body)) : null);
      return {
        status: 200,
        header: (name) => (name.toLowerCase() === "content-type" ? "application/json" : null),
        bytes: async () => bytes,
        stream: async function* () {
          yield bytes;
        },
        discard: () => undefined,
      };
    },
    close: async () => undefined,
  };
}
