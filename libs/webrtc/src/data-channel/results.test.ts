import { describe, expect, test } from "vitest";
import { carriesResults, readWorkerMessage } from "./worker-message.ts";

describe("carriesResults", () => {
  test.each([
    ["the plain end message", { processing_complete: true, serialized_output_data: null }, false],
    [
      "the end message of a real worker",
      {
        processing_complete: true,
        serialized_output_data: null,
        video_metadata: { frame_id: 60, received_at: "2026-01-02T03:04:05" },
      },
      false,
    ],
    ["an end message with data", { processing_complete: true, serialized_output_data: { a: 1 } }, true],
    ["a frame that failed", { serialized_output_data: null, errors: ["no"] }, true],
    [
      "a frame without outputs",
      { video_metadata: { frame_id: 1, received_at: "2026-01-02T03:04:05" } },
      true,
    ],
  ])("%s: %j", (_, message, carries) => {
    expect(carriesResults(readWorkerMessage(JSON.stringify(message)))).toBe(carries);
  });
});
