import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { hideAddresses, streamAddress } from "./stream-address.ts";

test.each([
  ["rtsp://camera/1", "rtsp://camera/1"],
  ["rtsp://camera:554/live@high", "rtsp://***@high"],
  ["http://[fe80::1]:8080/stream.cgi", "http://[fe80::1]:8080/stream.cgi"],
  ["rtsp://admin:s3cret@camera/1", "rtsp://***@camera/1"],
  ["rtsp://s3cret@camera", "rtsp://***@camera"],
  ["rtsp://admin:s3@cret@camera/1", "rtsp://***@camera/1"],
  ["RTSP://admin:12/3@camera:554/1?token=s3cret", "RTSP://***@camera:554/1"],
  ["rtsp://admin:s3cret@camera/1?mail=a@b", "rtsp://***@camera/1"],
  ["http://camera/stream.cgi?user=admin&pwd=s3cret#s3cret", "http://camera/stream.cgi"],
  ["rtsp://admin:12?3#4@camera/1", "rtsp://***"],
  ["/videos/a@b.mp4?x", "/videos/a@b.mp4?x"],
  ["C:\\videos\\a.mp4", "C:\\videos\\a.mp4"],
  ["", ""],
])("%s is shown as %s", (text, shown) => {
  expect(streamAddress(text)).toBe(shown);
});

property.prop([fc.string(), fc.string({ minLength: 1 }), fc.constantFrom("camera", "10.0.0.2:554", "[::1]")])(
  "no password is shown, whatever its characters",
  (user, password, host) => {
    const secret = `<${password}>`;
    expect(streamAddress(`rtsp://${user}:${secret}@${host}/live`)).not.toContain(secret);
  },
);

test("addresses are found in every text of a value", () => {
  const given = {
    a: [1, null, true, "rtsp://u:p@camera/1"],
    b: { c: 'cannot open "rtsp://u:p@camera/1?k=v": refused', d: "no address" },
  };
  expect(hideAddresses(given)).toEqual({
    a: [1, null, true, "rtsp://***@camera/1"],
    b: { c: 'cannot open "rtsp://***@camera/1": refused', d: "no address" },
  });
});
