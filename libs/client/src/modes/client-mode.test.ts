import { InvalidParameterError, WrongClientModeError } from "@inference-ts/errors";
import { expect, test } from "vitest";
import { modeOf, parseServerAddress, requireMode } from "./client-mode.ts";

test.each([
  ["https://detect.roboflow.com", "v0", "https://detect.roboflow.com"],
  ["https://DETECT.roboflow.com/", "v0", "https://detect.roboflow.com"],
  ["https://segment.roboflow.com", "v0", "https://segment.roboflow.com"],
  ["https://detect.roboflow.com/base/", "v0", "https://detect.roboflow.com/base"],
  ["https://detect.roboflow.com.evil.test", "v1", "https://detect.roboflow.com.evil.test"],
  ["http://detect.roboflow.com", "v1", "http://detect.roboflow.com"],
  ["https://detect.roboflow.com:8443", "v1", "https://detect.roboflow.com:8443"],
  ["http://localhost:9001///", "v1", "http://localhost:9001"],
  ["http://localhost:9001/a/b", "v1", "http://localhost:9001/a/b"],
])("%s is %s", (apiUrl, mode, baseUrl) => {
  const address = parseServerAddress(apiUrl);
  expect([modeOf(address), address.baseUrl]).toEqual([mode, baseUrl]);
});

test.each([
  "",
  "localhost:9001",
  "ftp://x",
  "//x",
  "http://u:p4ss@x",
  "http://x?api_key=p4ss",
  "x?api_key=p4ss",
  "http://x#p4ss",
])("refuses %j and shows no secret of it", (apiUrl) => {
  expect(() => parseServerAddress(apiUrl)).toThrow(InvalidParameterError);
  expect(() => parseServerAddress(apiUrl)).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining("p4ss") }),
  );
});

test("a method of the other mode is refused with the way out", () => {
  expect(() => requireMode("loadModel", "v1", "v0")).toThrow(WrongClientModeError);
  expect(() => requireMode("loadModel", "v1", "v0")).toThrow(/apiMode: "v1"/);
  expect(() => requireMode("loadModel", "v1", "v1")).not.toThrow();
});
