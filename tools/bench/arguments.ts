import { parseArgs } from "node:util";

/** What the command line asks for. */
export interface BenchArguments {
  readonly help: boolean;
  /** Names of the scenarios to run, in the order of the table of scenarios. */
  readonly scenarios: readonly string[];
  readonly rounds: number;
  readonly gate: boolean;
  readonly python: boolean;
  /** File for the figures, `null` for none. */
  readonly json: string | null;
}

const DEFAULT_ROUNDS = 5;

/** The command line cannot be understood. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** @throws UsageError for an unknown option, an unknown scenario or a number of rounds that is none. */
export function parseBenchArguments(args: readonly string[], known: readonly string[]): BenchArguments {
  const { values, positionals } = parse(args);
  const asked = [...(values.only ?? []).flatMap((list) => list.split(",")), ...positionals].filter(Boolean);
  const unknown = asked.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`There is no scenario "${unknown}"; there are ${known.join(", ")}.`);
  }
  const rounds = values.rounds === undefined ? DEFAULT_ROUNDS : Number(values.rounds);
  if (!Number.isSafeInteger(rounds) || rounds < 1) {
    throw new UsageError(`--rounds ${values.rounds} must be a whole number of 1 or more.`);
  }
  return {
    help: values.help ?? false,
    scenarios: known.filter((name) => asked.length === 0 || asked.includes(name)),
    rounds,
    gate: values.gate ?? false,
    python: values.python ?? false,
    json: values.json ?? null,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h" },
        only: { type: "string", multiple: true },
        rounds: { type: "string" },
        gate: { type: "boolean" },
        python: { type: "boolean" },
        json: { type: "string" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
