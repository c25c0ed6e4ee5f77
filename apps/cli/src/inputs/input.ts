/** One picture that the command line asks for. */
export interface Input {
  readonly kind: "file" | "url" | "stdin";
  /** How it is named in results and messages: the path, the URL without secrets, `stdin`. */
  readonly name: string;
  /** Path of the file, or the URL as it was given; empty for stdin. */
  readonly source: string;
  /** Folder below which the output keeps the input's sub-folders: the argument's own folder. Empty for URLs and stdin. */
  readonly base: string;
}
