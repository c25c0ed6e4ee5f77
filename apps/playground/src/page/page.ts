import { InferenceHTTPClient, isInferenceError } from "@inference-ts/sdk";
import { cameraStream, type LiveSource, mediaStream, screenStream } from "@inference-ts/sdk/webrtc";
import { countClasses, drawResult } from "./draw-result.ts";
import { openLiveView, resultOf, toShown } from "./live-view.ts";
import { moveShapes } from "./moving-shapes.ts";

function element<Kind extends Element>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no #${id}.`);
  return found;
}

const model = element("model", HTMLInputElement);
const picture = element("picture", HTMLInputElement);
const view = element("view", HTMLCanvasElement);
const state = element("state", HTMLParagraphElement);
const error = element("error", HTMLParagraphElement);
const counts = element("counts", HTMLDListElement);
const found = element("found", HTMLUListElement);
const stop = element("stop", HTMLButtonElement);

// The key is with the server of this page.
const client = new InferenceHTTPClient({ apiUrl: `${location.origin}/api`, apiMode: "v1" });
/** Ends what runs now. */
let running = new AbortController();

/** Runs one thing at a time, and shows how it ends. */
async function run(what: string, work: (signal: AbortSignal) => Promise<string>): Promise<void> {
  running.abort();
  const mine = new AbortController();
  running = mine;
  error.hidden = true;
  stop.disabled = false;
  state.textContent = `${what} ...`;
  try {
    const ending = await work(mine.signal);
    if (!mine.signal.aborted) state.textContent = ending;
  } catch (cause) {
    if (running !== mine) return;
    state.textContent = mine.signal.aborted ? "Stopped." : `${what}: failed.`;
    if (!mine.signal.aborted) showError(cause);
  } finally {
    if (running === mine) stop.disabled = true;
  }
}

function showError(cause: unknown): void {
  error.textContent = isInferenceError(cause) ? `${cause.code}: ${cause.message}` : String(cause);
  error.hidden = false;
}

function showRows(list: HTMLElement, rows: readonly (readonly [name: string, value: string])[]): void {
  list.replaceChildren(
    ...rows.flatMap(([name, value]) => {
      const term = document.createElement("dt");
      const detail = document.createElement("dd");
      term.textContent = name;
      detail.textContent = value;
      return [term, detail];
    }),
  );
}

function showFound(classes: ReturnType<typeof countClasses>): void {
  found.replaceChildren(
    ...classes.map(([name, count]) => {
      const item = document.createElement("li");
      item.textContent = `${count} × ${name}`;
      return item;
    }),
  );
}

async function live(source: LiveSource, signal: AbortSignal): Promise<string> {
  const { session, task } = await openLiveView(client, source, model.value, signal);
  await using _ = session;
  session.onState((phase) => {
    // What runs next has the page for itself.
    if (!signal.aborted) state.textContent = `Live video: ${phase}`;
  });
  let shown = 0;
  const since = performance.now();
  for await (const frame of session.frames()) {
    const shownFrame = await toShown(frame.image);
    const result = resultOf(frame, task);
    try {
      signal.throwIfAborted();
      drawResult(view, shownFrame, result);
    } finally {
      shownFrame.close();
    }
    shown += 1;
    const { frames, phase } = await session.stats();
    signal.throwIfAborted();
    showFound(countClasses(result));
    showRows(counts, [
      ["Frames", String(shown)],
      ["Frames a second", ((shown * 1000) / (performance.now() - since)).toFixed(1)],
      ["Dropped", String(frames.dropped)],
      ["Session", phase],
    ]);
  }
  return `Live video has ended after ${shown} frames.`;
}

picture.addEventListener("change", () => {
  const [file] = picture.files ?? [];
  if (file === undefined) return;
  void run("One picture", async (signal) => {
    const result = await client.infer(file, { modelId: model.value, signal });
    const image = await createImageBitmap(file);
    try {
      signal.throwIfAborted();
      drawResult(view, { image, width: image.width, height: image.height }, result);
    } finally {
      image.close();
    }
    showFound(countClasses(result));
    showRows(counts, []);
    return `${file.name}: done.`;
  });
});

/** A source, and what is stopped with it. */
interface Started {
  readonly source: LiveSource;
  readonly stop?: () => void;
}

function onClick(id: string, start: () => Started): void {
  element(id, HTMLButtonElement).addEventListener("click", () => {
    const { source, stop } = start();
    void run("Live video", (signal) => live(source, signal)).finally(stop);
  });
}

onClick("camera", () => ({
  source: cameraStream({ constraints: { width: { ideal: 640 }, facingMode: "environment" } }),
}));
onClick("screen", () => ({ source: screenStream({ constraints: { frameRate: 10 } }) }));
onClick("shapes", () => {
  const { stream, stop } = moveShapes();
  return { source: mediaStream(stream), stop };
});
stop.addEventListener("click", () => running.abort());
