import type { FrameImage } from "../peer/live-peer.ts";

/** What a picture is made of when somebody takes it; exactly one of the two is called. */
export interface PictureContent {
  take(): Promise<FrameImage>;
  drop(): void;
}

/** One picture for several takers: it is taken once for all of them, and dropped when all of them let it go. */
export class SharedPicture {
  readonly #content: PictureContent;
  #holders = 0;
  #taken: Promise<FrameImage> | undefined;
  #isGone = false;
  #isDelivered = false;

  constructor(content: PictureContent) {
    this.#content = content;
  }

  /** Somebody may take it later. */
  hold(): void {
    this.#holders += 1;
  }

  /** Lets it go; the last one drops the picture unless it was taken. */
  release(): void {
    this.#holders -= 1;
    if (this.#holders <= 0) this.drop();
  }

  /** Gives the picture, and keeps it for the others. */
  take(): Promise<FrameImage> {
    this.#isDelivered = true;
    return this.keep();
  }

  /** Makes sure that it can be had without the connection. */
  keep(): Promise<FrameImage> {
    this.#taken ??= this.#isGone
      ? Promise.reject(new Error("The picture was dropped before it was taken."))
      : this.#content.take();
    return this.#taken;
  }

  /** Nobody will take it. */
  drop(): void {
    if (this.#isGone || this.#isDelivered) return;
    this.#isGone = true;
    if (this.#taken === undefined) this.#content.drop();
    else this.#taken.then(closeNative, () => undefined);
  }
}

/** Pictures of a browser hold memory of the decoder until they are closed. */
function closeNative(image: FrameImage): void {
  if (image.kind !== "native") return;
  const { image: native } = image;
  if (
    typeof native === "object" &&
    native !== null &&
    "close" in native &&
    typeof native.close === "function"
  ) {
    native.close();
  }
}
