import { afterAll, beforeAll, expect, test } from "vitest";
import { DIFFERENCES } from "./differences.ts";
import { MODES } from "./models.ts";
import { openTarget, type Target } from "./target.ts";

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

test.each(MODES)("getServerInfo in %s tells name, version and an id that stays", async (apiMode) => {
  const client = target.client({ apiMode });
  const info = await client.getServerInfo();
  expect(info.name).toBe(DIFFERENCES.serverName.of(target));
  expect(info.version).toBe(target.version);
  expect(info.uuid).toMatch(/^\w{4,}$/);
  expect((await client.getServerInfo()).uuid).toBe(info.uuid);
});

test("getServerInfo needs no key", async () => {
  const info = await target.client({ apiKey: null }).getServerInfo();
  expect(info.version).toBe(target.version);
});
