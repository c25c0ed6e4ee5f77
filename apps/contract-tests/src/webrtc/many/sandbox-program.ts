/** A sandbox that tells its parent what it holds, and ends with it. */
import { startSandbox } from "@inference-ts/testing";
import { holdings } from "./holdings.ts";

const sandbox = await startSandbox();
process.on("message", () => process.send?.({ ...holdings(), liveSessions: sandbox.liveSessions }));
process.on("disconnect", () => {
  void sandbox.close().then(() => process.exit(0));
});
process.send?.({ url: sandbox.url });
