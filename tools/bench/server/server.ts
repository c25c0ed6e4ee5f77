import { Program } from "../program.ts";

/** How the server answers. */
export type ServerMode = "instant" | "mix";

/** A running server of the bench. */
export interface BenchServer extends AsyncDisposable {
  /** `http://127.0.0.1:port` */
  readonly url: string;
}

/**
 * Starts the server in a process of its own; disposing ends it.
 *
 * @param program - The compiled `server-program.ts`.
 */
export async function startServer(mode: ServerMode, program: string): Promise<BenchServer> {
  const child = Program.start(`the ${mode} server`, program, [mode], []);
  const message = await child.next();
  if (
    typeof message !== "object" ||
    message === null ||
    !("port" in message) ||
    typeof message.port !== "number"
  ) {
    await child[Symbol.asyncDispose]();
    throw new Error("The server of the bench named no port.");
  }
  return {
    url: `http://127.0.0.1:${message.port}`,
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}
