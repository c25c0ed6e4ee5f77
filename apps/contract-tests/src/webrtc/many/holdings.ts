import { readdirSync } from "node:fs";
import type { Holdings } from "./sandbox-process.ts";

const MB = 2 ** 20;

function openDescriptors(): number {
  try {
    return readdirSync("/proc/self/fd").length;
  } catch {
    return -1;
  }
}

/** What this process holds once its garbage is gone. Needs `--expose-gc` to be exact. */
export function holdings(): Holdings {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { descriptors: openDescriptors(), rssMb: rss / MB, heapMb: heapUsed / MB };
}

/** Sockets and timers that keep this process alive, by kind. */
export function resources(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
