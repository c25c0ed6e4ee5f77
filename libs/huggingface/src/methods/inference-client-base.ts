import type { CallScope } from "../call/call-scope.ts";
import { type ClientCore, createCore } from "../call/client-core.ts";
import { runCall } from "../call/run-call.ts";
import type { CallOptions, HuggingFaceRuntime, InferenceClientOptions } from "../client-options.ts";

/** What every layer of the client is built on: settings, connection, life. */
export class InferenceClientBase {
  readonly #core: ClientCore;

  /** @internal Made by the entries `./huggingface` and `./huggingface/node`, which bring the runtime. */
  constructor(options: InferenceClientOptions, runtime: HuggingFaceRuntime) {
    this.#core = createCore(options, runtime);
  }

  /** Id or address that was given as `model`, `null` when none was. */
  get model(): string | null {
    return this.#core.settings.model;
  }

  /** Id or address that was given as `baseUrl`, `null` when none was. */
  get baseUrl(): string | null {
    return this.#core.settings.baseUrl;
  }

  /** Seconds that a call may take, `null` for no limit. */
  get timeout(): number | null {
    const { timeoutMs } = this.#core.settings;
    return timeoutMs === null ? null : timeoutMs / 1000;
  }

  /** Ends calls that run, and releases the connections. Later calls fail with `ClosedError`. */
  close(): Promise<void> {
    return this.#core.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Runs one call; the work is loaded with the first call that needs it. */
  protected run<T>(
    operation: string,
    options: CallOptions,
    work: (scope: CallScope) => Promise<T>,
  ): Promise<T> {
    return runCall(this.#core, operation, options, work);
  }

  /**
   * Runs a method whose work is loaded for it.
   *
   * @param load - Loads the module with a function of the method's name.
   * @param input - What the function takes beside the scope; the last of it are the call's options.
   */
  protected task<Tasks extends TaskModule, Name extends keyof Tasks & string>(
    load: () => Promise<Tasks>,
    name: Name,
    ...input: InputOf<Tasks[Name]>
  ): ReturnType<Tasks[Name]>;
  protected task<Name extends string>(
    load: () => Promise<Readonly<Record<Name, Task<unknown[]>>>>,
    name: Name,
    ...input: [...unknown[], CallOptions]
  ): Promise<unknown> {
    return this.run(name, input.at(-1) ?? {}, async (scope) => (await load())[name](scope, ...input));
  }
}

type Task<Input extends unknown[]> = (scope: CallScope, ...input: Input) => Promise<unknown>;
type TaskModule = Readonly<Record<string, Task<never[]>>>;
/** What a task takes; one that reads no options is given them all the same. */
type InputOf<Work> = Work extends (scope: CallScope) => unknown
  ? [options: CallOptions]
  : Work extends (scope: CallScope, ...input: infer Input) => unknown
    ? Input
    : never;
