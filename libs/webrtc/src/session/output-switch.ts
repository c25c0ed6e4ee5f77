import { type OutputChange, writeOutputChange } from "../data-channel/output-change.ts";
import type { SessionPlan } from "../signalling/init-request.ts";

/** What the worker sends now, and how to make it send something else. */
export class OutputSwitch {
  readonly #hasVideo: boolean;
  readonly #asData: boolean;
  #dataOutput: readonly string[];
  #pictures: readonly string[];

  constructor({ hasVideo, onlyData, picturesInData, dataOutput }: SessionPlan) {
    this.#hasVideo = hasVideo;
    this.#asData = onlyData;
    this.#pictures = picturesInData;
    this.#dataOutput = dataOutput.filter((name) => !picturesInData.includes(name));
  }

  /** The outputs whose pictures come in the data; empty when pictures come as video or not at all. */
  get picturesInData(): readonly string[] {
    return this.#pictures;
  }

  /**
   * The text that tells the worker.
   *
   * @throws InvalidParameterError
   */
  change(change: OutputChange): string {
    if (!this.#asData) return writeOutputChange(change, { hasVideo: this.#hasVideo });
    // Checked as if there were video; then the pictures are asked for among the data.
    writeOutputChange(change, { hasVideo: true });
    const pictures = change.streamOutput === undefined ? this.#pictures : named(change.streamOutput);
    const others = (change.dataOutput ?? this.#dataOutput).filter((name) => !pictures.includes(name));
    return writeOutputChange({ dataOutput: [...others, ...pictures] }, { hasVideo: false });
  }

  /** Notes that the worker was told. */
  apply({ streamOutput, dataOutput }: OutputChange): void {
    if (!this.#asData) return;
    if (streamOutput !== undefined) this.#pictures = named(streamOutput);
    if (dataOutput !== undefined) this.#dataOutput = dataOutput;
  }
}

function named(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name) => name !== ""))];
}
