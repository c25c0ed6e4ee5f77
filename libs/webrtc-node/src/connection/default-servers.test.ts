import { createHook } from "node:async_hooks";
import { afterAll, beforeEach, expect, test } from "vitest";
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
    events: { connected() {}, failed() {}, picture() {}, trackEnded() {}, sourceEnded() {} },
  });
  peer.openChannel("inference", { opened() {}, message() {}, closed() {} });
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
    events: { connected() {}, failed() {}, picture() {}, trackEnded() {}, sourceEnded() {} },
  });
  peer.openChannel("inference", { opened() {}, message() {}, closed() {} });
  await peer.createOffer(new AbortController().signal);
  const report = peer.report();
  await peer.close();
  expect(report.notes).toEqual(["the TURN server gave no relay address"]);
  expect(JSON.stringify(report)).not.toContain("secret-credential");
});
