import { WORKFLOW_KINDS } from "./kinds.ts";

/** A kind as the server's block description declares it. */
export interface DeclaredKind {
  readonly name: string;
  readonly serialised_data_type?: string | null;
}

/** How the kinds of a server differ from those that generated modules know. */
export interface KindDrift {
  /** Kinds that the server declares and the table lacks: outputs of such a kind are `unknown`. */
  readonly added: readonly string[];
  /** Kinds of the table that the server does not declare. */
  readonly missing: readonly string[];
  /** Kinds whose serialised form is another. */
  readonly changed: readonly {
    readonly name: string;
    readonly known: string;
    readonly declared: string | null;
  }[];
}

/**
 * Compares the kinds that this package knows with `declared_kinds` of a server's `describeBlocks()`. All three lists are empty where
 * they agree.
 *
 * @example
 * ```ts no-run: the sandbox has no such route
 * const { declared_kinds } = await client.describeBlocks();
 * const { added, missing, changed } = workflowKindDrift(declared_kinds);
 * ```
 */
export function workflowKindDrift(declared: readonly DeclaredKind[]): KindDrift {
  const names = new Set(declared.map(({ name }) => name));
  return {
    added: [...names].filter((name) => !Object.hasOwn(WORKFLOW_KINDS, name)).sort(),
    missing: Object.keys(WORKFLOW_KINDS)
      .filter((name) => !names.has(name))
      .sort(),
    changed: declared.flatMap(({ name, serialised_data_type: type = null }) => {
      const known = Object.hasOwn(WORKFLOW_KINDS, name) ? WORKFLOW_KINDS[name]?.serialised : undefined;
      return known === undefined || known === type ? [] : [{ name, known, declared: type }];
    }),
  };
}
