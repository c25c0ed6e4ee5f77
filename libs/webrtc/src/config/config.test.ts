import { isInferenceError } from "@inference-ts/errors";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkStreamConfig } from "./stream-config.ts";
import { readTurnAnswer, readTurnServer } from "./turn-server.ts";

describe("checkStreamConfig", () => {
  test("fills in the defaults; null and a rate of 0 are as if not given", () => {
    const defaults = {
      streamOutput: [],
      dataOutput: [],
      realtimeProcessing: true,
      declaredFps: undefined,
      turnServer: undefined,
      workflowParameters: {},
      requestedPlan: undefined,
      requestedRegion: undefined,
      processingTimeout: undefined,
    };
    expect(checkStreamConfig()).toEqual(defaults);
    expect(checkStreamConfig({ declaredFps: 0 })).toEqual(defaults);
    expect(checkStreamConfig(JSON.parse('{"streamOutput":null,"processingTimeout":null}'))).toEqual(defaults);
  });

  test.each([
    ["streamOutput", "vis"],
    ["streamOutput", [1]],
    ["dataOutput", { 0: "a" }],
    ["realtimeProcessing", "false"],
    ["declaredFps", -1],
    ["declaredFps", Number.NaN],
    ["declaredFps", "30"],
    ["workflowParameters", []],
    ["requestedPlan", 3],
    ["requestedRegion", ["us"]],
    ["processingTimeout", 1.5],
    ["processingTimeout", -1],
    ["turnServer", "turn:t"],
    ["stream_output", []],
    ["constructor", 1],
  ])("refuses %s: %j and names it", (field, value) => {
    expect(() => checkStreamConfig(Object.fromEntries([[field, value]]))).toThrow(
      expect.objectContaining({ code: "INVALID_PARAMETER", message: expect.stringContaining(field) }),
    );
  });
});

describe("TURN servers", () => {
  const full = { urls: "turn:t.example.com", username: "u", credential: "c" };

  test("both forms are read, and stun needs no credential", () => {
    const read = [{ urls: ["turn:t.example.com"], username: "u", credential: "c" }];
    expect(readTurnServer(full)).toEqual(read);
    expect(readTurnServer({ iceServers: [full, { urls: ["stun:s"] }] })).toEqual([
      ...read,
      { urls: ["stun:s"] },
    ]);
    expect(readTurnAnswer({ iceServers: [{ ...full, credential: "c", extra: 1 }] })).toEqual(read);
  });

  test.each([
    [{ urls: "turn:t.example.com" }, "turnServer.username"],
    [{ ...full, credential: undefined }, "turnServer.credential"],
    [{ ...full, urls: [] }, "turnServer.urls"],
    [{ ...full, urls: "https://t" }, "turnServer.urls"],
    [{ ...full, username: 5 }, "turnServer.username"],
    [{ iceServers: [full, 5] }, "turnServer.iceServers[1]"],
    [{ iceServers: [] }, "turnServer.iceServers"],
    [{ turn: "x" }, "turnServer"],
  ])("refuses %j at %s", (value, where) => {
    expect(() => readTurnServer(value)).toThrow(
      expect.objectContaining({ code: "INVALID_PARAMETER", message: expect.stringContaining(where) }),
    );
  });

  test("an answer of another shape is an invalid response that says where", () => {
    expect(() => readTurnAnswer({ turn: "x" })).toThrow(
      expect.objectContaining({ code: "INVALID_RESPONSE" }),
    );
    expect(() => readTurnAnswer({ iceServers: [{ urls: 1 }] })).toThrow(
      expect.objectContaining({ code: "INVALID_RESPONSE", path: "iceServers[0].urls" }),
    );
  });

  test("whatever comes is read or refused with a typed error that repeats no credential", () => {
    const server = fc.record(
      {
        urls: fc.oneof(
          fc.jsonValue(),
          fc.constantFrom("turn:a", "stun:b"),
          fc.array(fc.constantFrom("turns:a", "x")),
        ),
        username: fc.oneof(fc.jsonValue(), fc.constant("user")),
        credential: fc.constantFrom("very-secret", 5, null),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), server, fc.record({ iceServers: fc.array(server) })), (value) => {
        try {
          for (const { urls } of readTurnAnswer(value)) expect(urls.length).toBeGreaterThan(0);
        } catch (error) {
          expect(isInferenceError(error) && error.code).toBe("INVALID_RESPONSE");
          expect(String(error)).not.toContain("very-secret");
        }
      }),
      { numRuns: 500 },
    );
  });
});
