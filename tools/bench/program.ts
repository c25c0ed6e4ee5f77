import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/** A TypeScript program in a process of its own, spoken to by messages. It must end when its channel closes. */
export class Program {
  readonly #name: string;
  readonly #child: ChildProcess;

  private constructor(name: string, child: ChildProcess) {
    this.#name = name;
    this.#child = child;
  }

  /**
   * @param name - For messages.
   * @param file - The program.
   * @param nodeOptions - Options of Node, such as `--conditions=source`; nothing is inherited.
   */
  static start(name: string, file: string, args: readonly string[], nodeOptions: readonly string[]): Program {
    const { NODE_OPTIONS: _options, ...env } = process.env;
    return new Program(
      name,
      fork(file, args, { execArgv: [...nodeOptions], env, stdio: ["ignore", "inherit", "inherit", "ipc"] }),
    );
  }

  /** Sends a message and waits for the next one. Rejects when the process ends instead. */
  ask(message: object): Promise<unknown> {
    const answer = this.next();
    // A channel that is closed belongs to a program that ends, which is what rejects.
    this.#child.send(message, () => undefined);
    return answer;
  }

  /** Waits for the next message. Rejects when the process ends instead. */
  next(): Promise<unknown> {
    if (this.#hasEnded) return Promise.reject(this.#ended(this.#child.exitCode));
    return new Promise((resolve, reject) => {
      const onMessage = (message: unknown): void => {
        this.#child.off("exit", onExit);
        resolve(message);
      };
      const onExit = (code: number | null): void => {
        this.#child.off("message", onMessage);
        reject(this.#ended(code));
      };
      this.#child.once("message", onMessage);
      this.#child.once("exit", onExit);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#hasEnded) return;
    const exit = once(this.#child, "exit");
    if (this.#child.connected) this.#child.disconnect();
    await exit;
  }

  get #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  #ended(code: number | null): Error {
    return new Error(`${this.#name} ended with exit code ${code ?? "none"} before it answered`);
  }
}
