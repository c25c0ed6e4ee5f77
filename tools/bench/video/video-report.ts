/** What the program that reads a video says of its run. */
export interface VideoReport {
  readonly frames: number;
  /** From the opening to the last frame, loading of the decoder included. */
  readonly ms: number;
  /** Most memory that the process ever held. */
  readonly peakBytes: number;
  /** What is wrong with the first frame that has another number or time than its place in the video. */
  readonly firstWrong: string | null;
}
