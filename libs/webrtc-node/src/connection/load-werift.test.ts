import { MissingPeerError } from "@inference-ts/errors";
import { expect, test, vi } from "vitest";
import { QUIET_OFFER } from "../testing/quiet-events.ts";
import { openWeriftPeer } from "./offering-peer.ts";

vi.mock("werift", () => {
  throw Object.assign(new Error("Cannot find package 'werift'"), { code: "ERR_MODULE_NOT_FOUND" });
});

test("a missing werift is an error that says how to install it", async () => {
  const opening = Promise.resolve(openWeriftPeer({ iceServers: [], events: QUIET_OFFER }));
  const error: unknown = await opening.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(MissingPeerError);
  expect(error).toMatchObject({ peer: "werift", message: expect.stringContaining("npm install werift") });
});
