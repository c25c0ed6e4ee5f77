import { readFileSync } from "node:fs";

/**
 * The most physical memory that this process has held since it started, in bytes: what a machine must have to run it, code and
 * heap and buffers together.
 */
export function peakMemoryBytes(): number {
  // On Linux the peak of `resourceUsage` begins with that of the process that started this one.
  const status = process.platform === "linux" ? readFileSync("/proc/self/status", "latin1") : "";
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return (kibibytes === undefined ? process.resourceUsage().maxRSS : Number(kibibytes)) * 1024;
}
