import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { confirm } from "./confirm.ts";
import { isPaidHost } from "./hosted.ts";

function terminal(isTTY: boolean) {
  const stdin = Object.assign(new PassThrough(), { isTTY });
  const stderr = Object.assign(new PassThrough(), { isTTY });
  return { stdin, stderr, shown: () => String(stderr.read() ?? "") };
}

const never = new AbortController().signal;

test.each([
  ["y\n", true],
  ["YES\n", true],
  ["n\n", false],
  ["\n", false],
  ["yesterday\n", false],
  ["", false],
])("the answer %j goes on: %s", async (typed, goesOn) => {
  const { stdin, stderr, shown } = terminal(true);
  stdin.end(typed);
  const outcome = confirm("It costs.", { stdin, stderr }, never);
  if (goesOn) await outcome;
  else await expect(outcome).rejects.toMatchObject({ code: "INVALID_PARAMETER" });
  expect(shown()).toBe("It costs. Go on? [y/N] ");
});

test("without a terminal it is a no that names the option", async () => {
  const { stdin, stderr, shown } = terminal(false);
  await expect(confirm("It costs.", { stdin, stderr }, never)).rejects.toThrow("It costs. Give --yes");
  expect(shown()).toBe("");
});

test("an abort ends the question", async () => {
  const { stdin, stderr } = terminal(true);
  const controller = new AbortController();
  const outcome = confirm("It costs.", { stdin, stderr }, controller.signal);
  controller.abort(new Error("interrupted"));
  await expect(outcome).rejects.toThrow("interrupted");
});

test.each([
  ["https://serverless.roboflow.com", true],
  ["https://detect.roboflow.com:8443/path", true],
  ["http://DETECT.roboflow.com.", true],
  ["https://my-server.roboflow.cloud", true],
  ["http://localhost:9001", false],
  ["https://roboflow.com.example.org", false],
  ["https://notroboflow.com", false],
])("%s costs credits: %s", (url, isPaid) => expect(isPaidHost(url)).toBe(isPaid));
