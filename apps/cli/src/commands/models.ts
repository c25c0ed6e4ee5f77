import { InvalidParameterError, type RegisteredModels } from "@inference-ts/sdk/node";
import { type ConnectionOptions, createClient } from "../connection.ts";
import { EXIT } from "../exit-codes.ts";
import type { Interruption } from "../interruption.ts";
import type { Terminal } from "../terminal.ts";
import { writeShown } from "../visible-text.ts";
import { modelRows } from "./model-rows.ts";

export interface ModelsOptions extends ConnectionOptions {
  readonly json?: boolean;
  /** `unload` only: every model. */
  readonly all?: boolean;
}

type Command = (options: ModelsOptions, terminal: Terminal, interruption: Interruption) => Promise<number>;

/** `infer models list`. */
export const listModels: Command = async (options, terminal, { signal }) => {
  await using client = createClient(options, terminal);
  return print(await client.listLoadedModels({ signal }), options, terminal);
};

/** `infer models load <id>`. */
export function loadModel(id: string): Command {
  return async (options, terminal, { signal }) => {
    await using client = createClient(options, terminal);
    return print(await client.loadModel(id, { signal }), options, terminal);
  };
}

/** `infer models unload [id]`, or every model with `--all`. */
export function unloadModel(id: string | undefined): Command {
  return async (options, terminal, { signal }) => {
    if ((id === undefined) !== (options.all === true)) {
      throw new InvalidParameterError("Name the model to unload, or give --all for every model.");
    }
    await using client = createClient(options, terminal);
    const left =
      id === undefined ? await client.unloadAllModels({ signal }) : await client.unloadModel(id, { signal });
    return print(left, options, terminal);
  };
}

function print({ models }: RegisteredModels, options: ModelsOptions, { stdout }: Terminal): number {
  const lines = models.length === 0 ? ["no model is loaded"] : modelRows(models);
  writeShown(stdout, options.json ? `${JSON.stringify({ models })}\n` : `${lines.join("\n")}\n`);
  return EXIT.ok;
}
