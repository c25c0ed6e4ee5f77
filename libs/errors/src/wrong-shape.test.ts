import { expect, test } from "vitest";
import { wrongShape } from "./wrong-shape.ts";

test.each([
  [undefined, "nothing"],
  [null, "null"],
  [["secret"], "a list of 1"],
  [{ secret: 1 }, "an object"],
  ["secret", "a string"],
  [3, "a number"],
  [true, "a boolean"],
])("names place, rule and kind of %j, not its content", (found, kind) => {
  const error = wrongShape("outputs[1]", "a date", found);
  expect(error.message).toBe(
    `The server's answer has not the expected form: outputs[1] must be a date, found ${kind}.`,
  );
  expect(error).toMatchObject({ code: "INVALID_RESPONSE", path: "outputs[1]", hint: undefined });
});

test("speaks of the whole body, and in other words", () => {
  const error = wrongShape("", "an object", 1, {
    claim: "This is no list of models",
    hint: "Ask another server.",
  });
  expect(error.message).toContain("This is no list of models: the body must be an object, found a number.");
  expect(error.hint).toBe("Ask another server.");
});
