import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkStreamConfig } from "../config/stream-config.ts";
import { readTurnAnswer } from "../config/turn-server.ts";
import { planPeer, type VideoLine } from "../config/video-source.ts";
import { RECORDED_INITS, type RecordedInit } from "../testing/recorded-init.ts";
import { readInitAnswer } from "./init-answer.ts";
import {
  buildInitRequest,
  type ChosenWork,
  chooseWork,
  planSession,
  type StreamedWork,
} from "./init-request.ts";
import { chooseTurn, platformOf, preferAnswering } from "./turn-choice.ts";

const LOCAL = "http://localhost:9001";
const HOSTED = "https://serverless.roboflow.com";

const looked = (work: ChosenWork, task: string | null): StreamedWork =>
  "modelId" in work ? { modelId: work.modelId, task: work.task ?? task ?? "" } : work;

const serversOf = ({ config, turnAnswer }: RecordedInit) => {
  const checked = checkStreamConfig(config);
  const turn = chooseTurn(checked, turnAnswer === null ? LOCAL : HOSTED);
  expect(turn.from).toBe(
    turnAnswer === null ? (checked.turnServer === undefined ? "nowhere" : "config") : "platform",
  );
  return turn.from === "config" ? turn.iceServers : turnAnswer === null ? [] : readTurnAnswer(turnAnswer);
};

const LINES: Readonly<Record<VideoLine, readonly unknown[]>> = {
  none: [],
  recvonly: [{ addTransceiver: "video", direction: "recvonly" }],
  sendrecv: [{ addTrack: "video" }],
};

describe("starts recorded with the Python client", () => {
  test("are there", () => {
    expect(RECORDED_INITS.length).toBeGreaterThan(40);
  });

  test.each(RECORDED_INITS)("$id", (recorded) => {
    const { source, work, task, imageInput, config, payload, peer, ice, silent } = recorded;
    const iceServers = serversOf(recorded);
    const body = buildInitRequest({
      work: looked(chooseWork(work), task),
      source,
      config: checkStreamConfig(config),
      imageInput,
      offer: { type: "offer", sdp: "offer" },
      iceServers,
    });
    expect(JSON.parse(JSON.stringify(body))).toEqual(payload);
    const { video, upload } = planPeer(source);
    expect([
      { createDataChannel: "inference" },
      ...(upload ? [{ createDataChannel: "video_upload" }] : []),
      ...LINES[video],
    ]).toEqual(peer);
    const local = preferAnswering(iceServers, (url) => !silent.includes(url));
    if (ice !== null && iceServers.flatMap(({ urls }) => urls).length > 1) expect(local).toEqual(ice);
  });
});

describe("chooseWork", () => {
  test.each([
    [{}],
    [{ workflow: {}, modelId: "a/1" }],
    [{ workflow: "my-wf" }],
    [{ workflow: "my-wf", workspace: "" }],
    [{ workflow: "", workspace: "w" }],
    [{ workflow: {}, taskType: "classification" }],
    [JSON.parse('{"workflow":5}')],
    [JSON.parse('{"workflow":[]}')],
    [JSON.parse('{"workflow":null}')],
    [{ modelId: "" }],
  ])("refuses %j", (choice) => {
    expect(() => chooseWork(choice)).toThrow(expect.objectContaining({ code: "INVALID_PARAMETER" }));
  });
});

describe("buildInitRequest", () => {
  const build = (more: Partial<Parameters<typeof buildInitRequest>[0]>) =>
    buildInitRequest({
      work: { modelId: "a/1", task: "object-detection" },
      source: { kind: "manual" },
      config: checkStreamConfig(),
      imageInput: "image",
      offer: { type: "offer", sdp: "s" },
      iceServers: [],
      ...more,
    });

  test("the workflow of a model takes the image input that the request names", () => {
    const { workflow_configuration: made } = build({ imageInput: "picture" });
    expect(made.image_input_name).toBe("picture");
    expect(made.workflow_specification).toMatchObject({
      inputs: [{ name: "picture" }],
      steps: [{ images: "$inputs.picture" }],
      outputs: [{ name: "predictions" }, { name: "image", selector: "$inputs.picture" }],
    });
  });

  test.each(["lmm", "", "constructor"])("refuses the task %j", (task) => {
    expect(() => build({ work: { modelId: "a/1", task } })).toThrow(
      expect.objectContaining({ code: "INVALID_PARAMETER" }),
    );
  });

  test.each([
    ["rtsp", "http://x/1"],
    ["rtsp", "rtsp://"],
    ["mjpeg", "rtsp://x"],
    ["local-stream", "http://x"],
    ["mjpeg", ""],
  ] as const)("refuses a source %s at %s, without repeating the address", (kind, url) => {
    expect(() => build({ source: { kind, url } })).toThrow(
      expect.objectContaining({ code: "INVALID_PARAMETER" }),
    );
    expect(() => build({ source: { kind: "rtsp", url: "http://user:secret@x" } })).toThrow(/^(?!.*secret)/);
  });

  test("video is asked for only where the offer has a video line, and no output is lost on the way", () => {
    const names = fc.array(fc.constantFrom("", "a", "b", "c"), { maxLength: 4 });
    const source = fc.constantFrom(
      { kind: "manual" as const },
      { kind: "file" as const },
      { kind: "file" as const, pictures: "track" as const },
      { kind: "rtsp" as const, url: "rtsp://x" },
    );
    fc.assert(
      fc.property(names, names, source, fc.boolean(), (streamOutput, dataOutput, from, byModel) => {
        const config = checkStreamConfig({ streamOutput, dataOutput });
        const work: ChosenWork = byModel ? { modelId: "a/1", task: undefined } : { specification: {} };
        const plan = planSession(config, from, work);
        const noLine = planPeer(from).video === "none";
        if (noLine) expect([plan.streamOutput, plan.hasVideo]).toEqual([[], false]);
        else expect(plan.picturesInData).toEqual([]);
        for (const name of streamOutput.filter((given) => given !== "")) {
          expect(noLine ? plan.dataOutput : plan.streamOutput).toContain(name);
        }
        for (const name of dataOutput) expect(plan.dataOutput).toContain(name);
        expect(plan.hasVideo).toBe(!noLine && plan.streamOutput.some((name) => name !== ""));
      }),
    );
  });
});

describe("TURN", () => {
  test.each([
    ["https://serverless.roboflow.com", "https://api.roboflow.com"],
    ["https://serverless.roboflow.com/", "https://api.roboflow.com"],
    ["https://serverless.roboflow.eu", "https://api.roboflow.eu"],
    ["https://serverless.roboflow-eu.one", "https://api.roboflow-eu.one"],
    ["https://serverless.roboflow.com/path", undefined],
    ["http://serverless.roboflow.com", undefined],
    ["https://serverless.roboflow.com.example.org", undefined],
    ["https://segment.roboflow.com", undefined],
    ["http://localhost:9001", undefined],
    ["no address", undefined],
  ])("%s asks %s", (apiUrl, platform) => {
    expect(platformOf(apiUrl)).toBe(platform);
  });

  test("the caller's servers win over the platform's", () => {
    const turnServer = { urls: "turn:t", username: "u", credential: "c" };
    expect(chooseTurn({ turnServer }, HOSTED)).toEqual({
      from: "config",
      iceServers: [{ urls: ["turn:t"], username: "u", credential: "c" }],
    });
  });

  test("one address needs no order", () => {
    const one = [{ urls: ["stun:s", "turn:t"], username: "u", credential: "c" }];
    expect(preferAnswering(one, () => true)).toBe(one);
  });
});

describe("readInitAnswer", () => {
  test("reads the worker's description", () => {
    expect(readInitAnswer({ status: "success", context: {}, type: "answer", sdp: "v=0" })).toEqual({
      type: "answer",
      sdp: "v=0",
    });
  });

  test("anything else is an invalid response", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.record({ type: fc.jsonValue(), sdp: fc.constant("v=0") })),
        (value) => {
          expect(() => readInitAnswer(value)).toThrow(expect.objectContaining({ code: "INVALID_RESPONSE" }));
        },
      ),
    );
  });
});
