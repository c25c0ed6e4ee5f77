import { HTTPCallError, InvalidInputFormatError, ServerConnectionError } from "@inference-ts/sdk/node";
import { expect, test } from "vitest";
import { describeError, errorFields } from "./describe-error.ts";

test("shows message, hint and the way out on the command line, and no stack", () => {
  const text = describeError(new ServerConnectionError("Nobody answers.", { hint: "Check the address." }));
  expect(text).toMatch(/^Nobody answers\. Check the address\.\n.*infer sandbox.*--api-url/);
  expect(text).not.toContain("    at ");
});

test("shows the stack when it is asked for", () => {
  const text = describeError(new InvalidInputFormatError("No picture."), { verbose: true });
  expect(text).toContain("InvalidInputFormatError: No picture.");
  expect(text).toContain("    at ");
});

test("hides the key in errors that are not the client's", () => {
  const text = describeError(new Error("cannot open s3cret-key-123"), { secrets: ["s3cret-key-123"] });
  expect(text).toBe("Unexpected failure: cannot open s3***23");
});

test("keeps what the client's own errors say, whatever the key is", () => {
  expect(describeError(new InvalidInputFormatError("It is wrong."), { secrets: ["wrong"] })).toBe(
    "It is wrong.",
  );
});

test("gives the fields of an error for JSON", () => {
  const details = { status: 404, method: "POST", url: "http://x", serverMessage: "no", requestId: "r-1" };
  expect(errorFields(new HTTPCallError("Not there.", details))).toEqual({
    code: "HTTP_ERROR",
    message: "Not there.",
    status: 404,
    request_id: "r-1",
  });
  expect(errorFields(new InvalidInputFormatError("Bad."))).toEqual({
    code: "INVALID_INPUT_FORMAT",
    message: "Bad.",
  });
});
