import { join } from "node:path";
import { inspect } from "node:util";
import type { Reporter, TestCase, TestModule } from "vitest/node";
import { describeLeak, findLeaks, testKeys } from "./secrets.ts";

const root = join(import.meta.dirname, "..", "..", "..");

/**
 * Fails the run when a key of the tests appears in what a test prints, in the name of a test, or in the error of a failed test.
 * What passing tests throw and catch is searched by `key-leak.test.ts`.
 */
export default class KeyLeakReporter implements Reporter {
  readonly #keys = testKeys(root);
  readonly #found: string[] = [];

  onUserConsoleLog(log: { readonly content: string; readonly taskId?: string }): void {
    this.#search(log.content, "printed by a test");
  }

  onTestCaseResult(testCase: TestCase): void {
    this.#search(testCase.fullName, "the name of a test");
    this.#search(
      inspect(testCase.result().errors ?? [], { depth: 8 }),
      `the error of "${testCase.fullName}"`,
    );
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    for (const module of modules)
      this.#search(inspect(module.errors(), { depth: 8 }), `an error of ${module.moduleId}`);
    this.#search(inspect(unhandledErrors, { depth: 8 }), "an unhandled error");
    if (this.#found.length === 0) return;
    console.error(`\nAPI keys were found in the output of the tests:\n  ${this.#found.join("\n  ")}`);
    process.exitCode = 1;
  }

  #search(text: string, place: string): void {
    for (const leak of findLeaks(text, this.#keys)) this.#found.push(`${place}: ${describeLeak(leak)}`);
  }
}
