/**
 * A web page that shows what a model finds in pictures, the camera or the screen. The key stays here: the page talks to this
 * server, which passes a few requests on.
 *
 * INFERENCE_API_URL (default http://localhost:9001), INFERENCE_API_KEY or ROBOFLOW_API_KEY, PORT (default 8080).
 */
import { startPlayground } from "./server/start-playground.ts";

const { INFERENCE_API_URL, INFERENCE_API_KEY, ROBOFLOW_API_KEY, PORT } = process.env;
const playground = await startPlayground({
  apiUrl: INFERENCE_API_URL || "http://localhost:9001",
  apiKey: INFERENCE_API_KEY || ROBOFLOW_API_KEY || undefined,
  port: Number(PORT || 8080),
});
console.log(`The playground is at ${playground.url}. Ctrl-C ends it.`);
process.once("SIGINT", () => void playground.close());
process.once("SIGTERM", () => void playground.close());
