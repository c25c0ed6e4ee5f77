import {
  APIKeyNotProvidedError,
  DeadlineExceededError,
  HTTPCallError,
  InvalidInputFormatError,
  InvalidParameterError,
  ModelNotInitializedError,
  ServerConnectionError,
} from "@inference-ts/sdk/node";
import { describe, expect, test } from "vitest";
import { exitCodeOf, exitCodeOfRun, type FailureKind } from "./exit-codes.ts";

const http = (status: number) =>
  new HTTPCallError("no", { status, method: "POST", url: "http://x", serverMessage: undefined });

describe("one error", () => {
  test.each([
    [new InvalidParameterError("x"), 2],
    [new APIKeyNotProvidedError("x"), 3],
    [http(401), 3],
    [http(403), 3],
    [http(404), 1],
    [http(500), 1],
    [new ServerConnectionError("x"), 4],
    [new DeadlineExceededError("x", { timeoutMs: 1 }), 4],
    [new InvalidInputFormatError("x"), 1],
    [new ModelNotInitializedError("x"), 1],
    [new TypeError("x"), 1],
    ["not even an error", 1],
  ])("%s ends with %d", (error, code) => {
    expect(exitCodeOf(error)).toBe(code);
  });
});

describe("a run", () => {
  test.each<[number, FailureKind[], number]>([
    [3, [], 0],
    [0, [], 0],
    [2, ["input"], 1],
    [1, ["auth"], 1],
    [1, ["network"], 1],
    [0, ["auth"], 3],
    [0, ["auth", "input"], 3],
    [0, ["network"], 4],
    [0, ["network", "input"], 4],
    [0, ["network", "other"], 1],
    [0, ["input"], 1],
  ])("%d succeeded, failures %j: %d", (succeeded, failures, code) => {
    expect(exitCodeOfRun(succeeded, failures)).toBe(code);
  });
});
