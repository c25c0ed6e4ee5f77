/** A page of the SDK alone: streams a canvas with a moving square, draws the results, and looks whether they fit. */
import { InferenceHTTPClient } from "@inference-ts/sdk";
import { type LiveSession, manualFrames, mediaStream } from "@inference-ts/sdk/webrtc";
import { drawResult } from "../page/draw-result.ts";
import { openLiveView, resultOf, toShown } from "../page/live-view.ts";

const WIDTH = 320;
const HEIGHT = 240;
const SIDE = 60;

/** What came back for one frame: where the result says that the square is, and where the picture shows it. */
export interface SeenFrame {
  readonly said: number | null;
  readonly shown: number | null;
  /** A pixel on the upper edge of the box, after the result was drawn. */
  readonly edge: readonly number[];
  readonly fps: number | null;
}

/** Middle of the red pixels of the row through the square. */
function middleOfRed(context: CanvasRenderingContext2D): number | null {
  const { data } = context.getImageData(0, HEIGHT / 2, WIDTH, 1);
  const red = Array.from({ length: WIDTH }, (_, x) => x).filter(
    (x) => (data[x * 4] ?? 0) > 140 && (data[x * 4 + 1] ?? 255) < 100,
  );
  const [first] = red;
  const last = red.at(-1);
  return first === undefined || last === undefined ? null : (first + last + 1) / 2;
}

const page = {
  session: undefined as LiveSession | undefined,
  ended: undefined as Promise<string> | undefined,
  async streamFrames(count: number): Promise<readonly SeenFrame[]> {
    const painted = document.createElement("canvas");
    painted.width = WIDTH;
    painted.height = HEIGHT;
    const brush = painted.getContext("2d");
    let step = 0;
    const paint = (): void => {
      if (brush === null) return;
      brush.fillStyle = "#808080";
      brush.fillRect(0, 0, WIDTH, HEIGHT);
      brush.fillStyle = "#ff0000";
      brush.fillRect((step * 4) % (WIDTH - SIDE), (HEIGHT - SIDE) / 2, SIDE, SIDE);
      step += 1;
    };
    paint();
    const timer = setInterval(paint, 60);
    const client = new InferenceHTTPClient({ apiUrl: `${location.origin}/api`, apiMode: "v1" });
    const { session, task } = await openLiveView(
      client,
      mediaStream(painted.captureStream()),
      "colours/1",
      new AbortController().signal,
    );
    page.session = session;
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d", { willReadFrequently: true });
    document.body.append(canvas);
    const seen: SeenFrame[] = [];
    if (context === null) return seen;
    for await (const frame of session.frames({ keepOpen: true })) {
      const picture = await toShown(frame.image);
      drawResult(canvas, picture, null);
      const shown = middleOfRed(context);
      const result = resultOf(frame, task);
      drawResult(canvas, picture, result);
      picture.close();
      const [box] = result?.task === "object-detection" ? result.predictions : [];
      const edge =
        box === undefined ? [] : [...context.getImageData(box.x, box.y - box.height / 2, 1, 1).data];
      seen.push({ said: box?.x ?? null, shown, edge, fps: frame.metadata?.declaredFps ?? null });
      if (seen.length >= count) break;
    }
    clearInterval(timer);
    return seen;
  },

  /** Sends pixels one by one, the square a step further each; gives where the results say that it is, in order. */
  async sendFrames(
    count: number,
  ): Promise<{ readonly said: readonly (number | null)[]; readonly reason: string }> {
    const client = new InferenceHTTPClient({ apiUrl: `${location.origin}/api`, apiMode: "v1" });
    await using session = await client.webrtc.stream(manualFrames(), {
      modelId: "colours/1",
      taskType: "object-detection",
      config: { realtimeProcessing: false, streamOutput: [""] },
    });
    const said: (number | null)[] = [];
    session.onData((data) => {
      const result = resultOf({ data }, "object-detection");
      const [box] = result?.task === "object-detection" ? result.predictions : [];
      said.push(box?.x ?? null);
    });
    for (let index = 0; index < count; index += 1) {
      const data = new Uint8Array(WIDTH * HEIGHT * 3).fill(128);
      for (let y = 90; y < 90 + SIDE; y += 1) {
        for (let x = index * 4; x < index * 4 + SIDE; x += 1) data.set([255, 0, 0], (y * WIDTH + x) * 3);
      }
      await session.send({ data, width: WIDTH, height: HEIGHT, channels: 3 });
    }
    const { reason } = await session.finish();
    return { said, reason };
  },
};

Object.assign(globalThis, { streamPage: page });
export type StreamPage = typeof page;
