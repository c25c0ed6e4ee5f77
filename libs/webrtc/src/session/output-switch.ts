import { type OutputChange, writeOutputChange } from "../data-channel/output-change.ts";
import type { SessionPlan } from "../signalling/init-request.ts";

/** What the worker sends now, and how to make it send something else. */
export class OutputSwitch {
  readonly #hasVideo: boolean;
  readonly #picturesInData: boolean;
  #dataOutput: readonly string[];
  #pictures: readonly string[];

  constructor({ hasVideo, pictureInData, dataOutput }: SessionPlan) {
    this.#hasVideo = hasVideo;
    this.#picturesInData = pictureInData !== undefined;
    this.#pictures = pictureInData === undefined ? [] : [pictureInData];
    this.#dataOutput = dataOutput.filter((name) => name !== pictureInData);
  }

  /** The output whose picture comes in the data; undefined when pictures come as video or not at all. */
  get pictureInData(): string | undefined {
    return this.#pictures[0];
  }

  /**
   * The text that tells the worker.
   *
   * @throws InvalidParameterError
   */
  change(change: OutputChange): string {
    if (!this.#picturesInData) return writeOutputChange(change, { hasVideo: this.#hasVideo });
    // Checked as if there were video; then the picture is asked for among the data.
    writeOutputChange(change, { hasVideo: true });
    const pictures = change.streamOutput?.filter((name) => name !== "").slice(0, 1) ?? this.#pictures;
    const others = (change.dataOutput ?? this.#dataOutput).filter((name) => !pictures.includes(name));
    return writeOutputChange({ dataOutput: [...others, ...pictures] }, { hasVideo: false });
  }

  /** Notes that the worker was told. */
  apply({ streamOutput, dataOutput }: OutputChange): void {
    if (!this.#picturesInData) return;
    if (streamOutput !== undefined) this.#pictures = streamOutput.filter((name) => name !== "").slice(0, 1);
    if (dataOutput !== undefined) this.#dataOutput = dataOutput;
  }
}
