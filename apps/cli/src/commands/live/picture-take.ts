import type { LiveFrame, LiveSession } from "@inference-ts/sdk/webrtc/node";
import type { FrameGate } from "./frame-gate.ts";
import { timeOf } from "./live-line.ts";
import type { SavedPictures } from "./saved-pictures.ts";

/** Longest wait for the pictures of lines that were written already, in ms. */
const LATE_PICTURES_MS = 5_000;

/** Saves the pictures of a session, as many as are wanted. */
export class PictureTake {
  readonly #pictures: SavedPictures;
  readonly #gate: FrameGate;
  readonly #limit: number;
  readonly #enough = Promise.withResolvers<void>();
  #saving: Promise<void> = Promise.resolve();
  #begun = 0;

  constructor(pictures: SavedPictures, gate: FrameGate, limit = Number.POSITIVE_INFINITY) {
    this.#pictures = pictures;
    this.#gate = gate;
    this.#limit = limit;
  }

  get count(): number {
    return this.#pictures.count;
  }

  /** Handler of the session's pictures; they come one after the other. */
  async take(frame: LiveFrame): Promise<void> {
    if (this.#begun >= this.#limit || !this.#gate.lets(timeOf(frame.metadata))) return;
    this.#begun += 1;
    this.#saving = this.#pictures.save(frame);
    await this.#saving.finally(() => {
      if (this.#begun >= this.#limit) this.#enough.resolve();
    });
  }

  /** The lines are written: waits for the pictures that belong to them, unless the session ends or they do not come. */
  async untilEnough(session: LiveSession): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, LATE_PICTURES_MS);
    });
    const ended = session.wait().then(
      () => undefined,
      () => undefined,
    );
    await Promise.race([this.#enough.promise, ended, late]);
    clearTimeout(timer);
  }

  /** After the session, when no picture comes any more. */
  async finish(): Promise<void> {
    // Its failure was reported where it was handled.
    await this.#saving.catch(() => undefined);
    await this.#pictures.close();
  }
}
