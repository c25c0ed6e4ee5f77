import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { type Leftovers, openAndClose } from "../testing/many-peers.ts";

const ROUNDS = 63;
/** Six seconds on an idle machine. */
const MAX_MS = 60_000;

test(
  "many connections, most of them given up half-way, leave nothing open, and the process ends by itself",
  async () => {
    const program = `
    const { openAndClose } = await import(${JSON.stringify(new URL("../testing/many-peers.ts", import.meta.url).href)});
    console.log(JSON.stringify(await openAndClose(${ROUNDS})));
  `;
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ["--conditions=source", "--input-type=module", "--eval", program],
      { timeout: MAX_MS, killSignal: "SIGKILL" },
    );
    expect(stderr).toBe("");
    const { resources, megabytes }: Leftovers = JSON.parse(stdout);
    expect(resources).toEqual([]);
    const [early, late] = megabytes;
    expect(late - early).toBeLessThan(80);
  },
  MAX_MS,
);

test("connections are gone from this process too", async () => {
  const count = (name: string) => process.getActiveResourcesInfo().filter((one) => one === name).length;
  const before = count("UDPWrap");
  await openAndClose(7);
  expect(count("UDPWrap")).toBe(before);
});
