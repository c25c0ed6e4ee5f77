import type { FramePixels, FrameSender } from "@inference-ts/webrtc";

/** A sender that keeps what it is given, at most 30 frames a second. */
export class CollectingSender implements FrameSender {
  readonly frames: FramePixels[] = [];
  readonly dropped = 0;
  /** Called with each frame. */
  onFrame: (frame: FramePixels) => void = () => undefined;

  get sent(): number {
    return this.frames.length;
  }

  async send(frame: FramePixels): Promise<boolean> {
    this.frames.push(frame);
    this.onFrame(frame);
    await new Promise((resolve) => setTimeout(resolve, 1000 / 30));
    return true;
  }

  finish(): Promise<void> {
    return Promise.resolve();
  }
}
