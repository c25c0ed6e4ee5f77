import { findOffset } from "./find-offset.ts";
import { FramePairing, type PairedFrame, type PairingCounts } from "./frame-pairing.ts";
import { TrackOrigin } from "./track-origin.ts";

/** Pictures that are looked at to find out where their track began. */
const MOST_WITNESSES = 100;

/** A picture of a track, as far as its pairing goes. */
export interface TrackPicture<Frame> {
  readonly frame: Frame;
  /** From the first picture that arrived; null when not known. */
  readonly ticks: number | null;
  readonly isBeginningLost: boolean;
}

/**
 * Pairs the pictures of a track with results whose clock may begin elsewhere.
 *
 * When the first picture of the track got lost, pictures go without a result until their distances tell which results are theirs: no
 * result is better than that of a neighbour.
 */
export class TrackPairing<Frame, Result> {
  readonly #pairing = new FramePairing<Frame, Result>();
  readonly #origin = new TrackOrigin();
  /** Times of pictures while it is not known where they began. */
  readonly #witnesses: number[] = [];
  #offset: number | undefined;

  /** Takes a picture; returns what can be handed over now, in order. */
  addPicture({ frame, ticks, isBeginningLost }: TrackPicture<Frame>): readonly PairedFrame<Frame, Result>[] {
    if (isBeginningLost && this.#offset === undefined && ticks !== null) {
      const found = this.#search(ticks);
      if (found === undefined) return this.#pairing.addFrame(null, frame);
      this.#offset = found;
      this.#pairing.moveResults(-found);
      this.#pairing.dropResultsBefore(ticks);
    } else if (!isBeginningLost) {
      this.#pairing.moveResults(-this.#origin.picture(ticks));
    }
    return this.#pairing.addFrame(ticks, frame);
  }

  /**
   * Takes a result; returns what can be handed over now.
   *
   * @param ticks - On the worker's clock; null when not known.
   */
  addResult(
    frameId: number | null,
    ticks: number | null,
    result: Result,
  ): readonly PairedFrame<Frame, Result>[] {
    if (frameId !== null && ticks !== null) this.#origin.result(frameId, ticks);
    const offset = this.#offset ?? this.#origin.offset;
    return this.#pairing.addResult(ticks === null ? null : ticks - offset, result);
  }

  /** The stream has ended: hands over the pictures that still wait, and lets the results go. */
  flush(): readonly PairedFrame<Frame, Result>[] {
    return this.#pairing.flush();
  }

  /** Hands over the pictures that wait; results go on waiting for pictures to come. */
  flushFrames(): readonly PairedFrame<Frame, Result>[] {
    return this.#pairing.flushFrames();
  }

  /** Results whose picture has not come yet. */
  get waitingResults(): number {
    return this.#pairing.waitingResults;
  }

  counts(): PairingCounts {
    return this.#pairing.counts();
  }

  #search(ticks: number): number | undefined {
    this.#witnesses.push(ticks);
    if (this.#witnesses.length > MOST_WITNESSES) this.#witnesses.shift();
    return findOffset(this.#witnesses, this.#pairing.resultTicks);
  }
}
