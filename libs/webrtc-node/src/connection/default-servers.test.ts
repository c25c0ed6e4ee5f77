import { createHook } from "node:async_hooks";
import { afterAll, beforeEach, expect, test } from "vitest";
import { QUIET_CHANNEL, QUIET_OFFER } from "../testing/quiet-events.ts";
import { loadWerift } from "./load-werift.ts";
import { openWeriftPeer } from "./offering-peer.ts";

let lookups = 0;
const hook = createHook({
  init(_, type) {
    if (type === "GETADDRINFOREQWRAP") lookups++;
  },
}).enable();
beforeEach(() => {
  lookups = 0;
});
afterAll(() => {
  hook.disable();
});

test("without servers none is looked up: werift alone would ask a public one", async () => {
  const peer = await openWeriftPeer({
    iceServers: [],
    events: QUIET_OFFER,
  });
  peer.openChannel("inference", QUIET_CHANNEL);
  peer.receiveVideo();
  await peer.createOffer(new AbortController().signal);
  await peer.close();
  expect(lookups).toBe(0);
});

test("the lookup of werift alone is seen here", async () => {
  const { RTCPeerConnection } = await loadWerift();
  const peer = new RTCPeerConnection({ iceServers: [], iceStunGatherTimeout: 0.05 });
  peer.createDataChannel("inference");
  await peer.setLocalDescription(await peer.createOffer());
  await peer.close();
  expect(lookups).toBeGreaterThan(0);
});

test("a server that gives no address is told in the report", async () => {
  const peer = await openWeriftPeer({
    iceServers: [
      { urls: ["turn:127.0.0.1:1?transport=tcp"], username: "user", credential: "secret-credential" },
    ],
    events: QUIET_OFFER,
  });
  peer.openChannel("inference", QUIET_CHANNEL);
  await peer.createOffer(new AbortController().signal);
  const report = peer.report();
  await peer.close();
  expect(report.notes).toEqual(["the TURN server gave no relay address"]);
  expect(JSON.stringify(report)).not.toContain("secret-credential");
});
