import { expect, test, vi } from "vitest";
import { warnOnce } from "./warn-once.ts";

test("each code is told once, by the port of the runtime", () => {
  const warn = vi.fn();
  warnOnce({ warn }, "A", "first");
  warnOnce({ warn }, "A", "again");
  warnOnce({ warn }, "B", "other");
  expect(warn.mock.calls).toEqual([
    ["first", "A"],
    ["other", "B"],
  ]);
});

test("without a port it goes to the console", () => {
  const written = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  warnOnce({}, "C", "by the console");
  expect(written).toHaveBeenCalledExactlyOnceWith("[C] by the console");
  written.mockRestore();
});
