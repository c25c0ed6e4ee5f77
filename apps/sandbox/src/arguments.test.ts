import { describe, expect, test } from "vitest";
import { parseCommand } from "./arguments.ts";

test("defaults to port 9001, no key, no latency", () => {
  expect(parseCommand([])).toEqual({ help: false, quiet: false, options: { port: 9001, latencyMs: 0 } });
});

test("reads every option", () => {
  const args = ["--port", "0", "--host", "::1", "--api-key", "k", "--latency", "30", "--quiet", "--help"];
  expect(parseCommand(args)).toEqual({
    help: true,
    quiet: true,
    options: { port: 0, host: "::1", apiKey: "k", latencyMs: 30 },
  });
});

describe("refused", () => {
  test.each([
    [["--port", "many"], '--port is "many"'],
    [["--latency", "-5"], "--latency"],
    [["--latency=-5"], '--latency is "-5"'],
    [["--colour"], "--colour"],
    [["extra"], "extra"],
  ])("%j", (args, message) => {
    expect(() => parseCommand(args)).toThrowError(
      expect.objectContaining({ code: "INVALID_PARAMETER", message: expect.stringContaining(message) }),
    );
  });
});
