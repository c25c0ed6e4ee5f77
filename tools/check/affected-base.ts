/** A commit to compare with. */
export interface BaseCandidate {
  readonly ref: string;
  /** Whether the commit where the branches parted is meant. */
  readonly mergeBase: boolean;
}

/** Where a change may have started, the best first. A ref that is given is the only one. */
export function baseCandidates(given: string | undefined): readonly BaseCandidate[] {
  if (given !== undefined && given !== "") return [{ ref: given, mergeBase: false }];
  return [
    { ref: "origin/main", mergeBase: true },
    { ref: "main", mergeBase: true },
    { ref: "HEAD~1", mergeBase: false },
  ];
}
