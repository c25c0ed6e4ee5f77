import { describe, expect, test } from "vitest";
import { contractArguments } from "./contract-arguments.ts";

describe("contractArguments", () => {
  test("the newest server, stopped afterwards, skipping allowed, is the default", () => {
    expect(contractArguments([])).toEqual({ server: "1.8.3", keep: false, required: false });
  });

  test("every option is read", () => {
    const options = contractArguments(["--server", "1.5.0", "--keep", "--required"]);
    expect(options).toEqual({ server: "1.5.0", keep: true, required: true });
  });

  test.each([
    ["a version without a lock file", ["--server", "0.9.0"], /0\.9\.0.*1\.8\.3, 1\.5\.0/],
    ["a name of Object.prototype", ["--server", "constructor"], /constructor/],
    ["an unknown option", ["--fast"], /--fast/],
    ["a stray word", ["1.5.0"], /1\.5\.0/],
  ])("%s is refused by name", (_, args, message) => {
    expect(() => contractArguments(args)).toThrow(message);
  });
});
