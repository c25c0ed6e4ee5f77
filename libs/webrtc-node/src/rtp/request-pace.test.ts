import { expect, test } from "vitest";
import { KEY_FRAME_REQUEST_MS, RequestPace } from "./request-pace.ts";

test("a key frame is asked for at once, then at most every 300 ms", () => {
  const pace = new RequestPace();
  const asked = [0, 10, 299, 300, 301, 599, 600, 5000].filter((nowMs) => pace.take(nowMs));
  expect(KEY_FRAME_REQUEST_MS).toBe(300);
  expect(asked).toEqual([0, 300, 600, 5000]);
});
