import { expect, test } from "vitest";
import { countResults } from "./count-results.ts";

test.each([
  [
    "vitest",
    " Test Files  2 passed (2)\n      Tests  61 passed (61)\n   Start at  10:00:00\n",
    0,
    { passed: 61, failed: 0 },
  ],
  ["vitest, failures", "      Tests  1 failed | 61 passed | 2 skipped (64)\n", 1, { passed: 61, failed: 1 }],
  ["vitest, only failures", "      Tests  3 failed (3)\n", 1, { passed: 0, failed: 3 }],
  [
    "vitest in colour",
    "\u001b[2m      Tests \u001b[22m \u001b[1m\u001b[32m5 passed\u001b[39m\u001b[22m (5)\n",
    0,
    { passed: 5, failed: 0 },
  ],
  [
    "vitest, a file that does not load",
    " Test Files  1 failed (1)\n      Tests  4 passed (4)\n",
    1,
    { passed: 4, failed: 1 },
  ],
  ["our suites", "1070 passed, 0 failed, 3 skipped\n", 0, { passed: 1070, failed: 0 }],
  [
    "the last counts win",
    "      Tests  1 failed | 2 passed (3)\n\n9 passed, 2 failed\n",
    1,
    { passed: 9, failed: 2 },
  ],
  ["no counts", "done\n", 0, { passed: 1, failed: 0 }],
  ["no counts, failed", "Error: nothing works\n", 1, { passed: 0, failed: 1 }],
  ["ended by a time-out", "12 passed, 0 failed\n", 124, { passed: 12, failed: 1 }],
  [
    "skipped",
    "contract:real skipped: no Python 3.11\n",
    0,
    { passed: 0, failed: 0, skipped: "no Python 3.11" },
  ],
  ["skipped and failed", "contract:real skipped: no Python 3.11\n", 1, { passed: 0, failed: 1 }],
])("%s", (_name, output, exitCode, expected) => {
  expect(countResults(output, exitCode)).toEqual(expected);
});
