import type { Terminal } from "../terminal.ts";
import { LineProgress } from "./line-progress.ts";
import type { Progress } from "./progress.ts";
import { SilentProgress } from "./silent-progress.ts";

/** How progress is shown: a bar that is redrawn, a line every few seconds, or not at all. */
export type ProgressKind = "bar" | "lines" | "silent";

/** Makes the display. The bar's package is loaded only when there is a bar. */
export async function createProgress(
  kind: ProgressKind,
  { stderr, clock }: Pick<Terminal, "stderr" | "clock">,
): Promise<Progress> {
  if (kind === "bar") return new (await import("./bar-progress.ts")).BarProgress(stderr, clock);
  return kind === "lines" ? new LineProgress(stderr, clock) : new SilentProgress(stderr);
}
