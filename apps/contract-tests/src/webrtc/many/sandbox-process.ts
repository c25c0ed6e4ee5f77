import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** What a process holds. */
export interface Holdings {
  /** Open files and sockets; -1 where the system does not tell. */
  readonly descriptors: number;
  readonly rssMb: number;
  readonly heapMb: number;
}

/** A sandbox in a process of its own, so that what the client's process holds is the client's. */
export interface SandboxProcess extends AsyncDisposable {
  readonly url: string;
  /** Sessions that the sandbox still has, and what its process holds. */
  ask(): Promise<Holdings & { readonly liveSessions: number }>;
}

/** Starts the sandbox; disposing ends it. */
export async function startSandboxProcess(): Promise<SandboxProcess> {
  const child = fork(join(import.meta.dirname, "sandbox-program.ts"), {
    execArgv: ["--conditions=source", "--expose-gc"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const next = async () => {
    const [message] = await once(child, "message");
    return message;
  };
  const { url }: { url: string } = await next();
  return {
    url,
    ask: () => {
      const answer = next();
      child.send("holdings");
      return answer;
    },
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}
