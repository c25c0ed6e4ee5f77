import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { checkVideoReference, VIDEO_SCHEMES } from "./video-reference.ts";

test.each([
  0,
  3,
  "/videos/a.mp4",
  "./a.mp4",
  "../a b.mp4",
  "C:\\a.mp4",
  "d:/a.mp4",
  "RTSP://camera/1",
  ["rtsp://a", 1],
])("%j is taken", (reference) => {
  expect(() => checkVideoReference(reference)).not.toThrow();
});

test.each([
  ["video.mp4", '"./video.mp4"'],
  ["0", "is a number"],
  ["v4l2src ! appsink", "bare names"],
])("%j is refused with a way out", (reference, text) => {
  try {
    checkVideoReference(reference);
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code: "INVALID_PARAMETER" });
    expect(`${Reflect.get(Object(error), "message")} ${Reflect.get(Object(error), "hint")}`).toContain(text);
  }
});

test.each([
  -1,
  1.5,
  Number.NaN,
  "",
  [],
  ["/a", "b"],
  null,
  undefined,
  {},
  [[1]],
  "ftp://a/b",
  "rtsp://a/ b",
  "http://a/'b",
])("%j is refused", (reference) => {
  expect(() => checkVideoReference(reference)).toThrow(
    expect.objectContaining({ code: "INVALID_PARAMETER" }),
  );
});

test("the password of a camera is not repeated", () => {
  expect(() => checkVideoReference("rtsp://me:geheim@camera/ 1")).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining("geheim") }),
  );
});

property.prop([fc.constantFrom(...VIDEO_SCHEMES), fc.webPath()])(
  "every known scheme is taken",
  (scheme, path) => {
    expect(() => checkVideoReference(`${scheme}://host${path.replaceAll("'", "%27")}`)).not.toThrow();
  },
);
