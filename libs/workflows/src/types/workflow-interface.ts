/** What a workflow takes and gives, as `describeWorkflowInterface` of the client answers; names of fields are the server's. */
export interface WorkflowInterface {
  /** Kinds that an input may be of, by its name; `["*"]` where no step uses it. */
  readonly inputs: Readonly<Record<string, readonly string[]>>;
  /** Kinds of an output, or of each property of an output that holds all of a step. The property `*` stands for any other name. */
  readonly outputs: Readonly<Record<string, WorkflowOutputKinds>>;
  /** The Python type of a kind's serialised form, such as `dict`. */
  readonly typing_hints: Readonly<Record<string, string>>;
  /** JSON Schemas of kinds, a list where a value may follow any of them. Only eight kinds have one. */
  readonly kinds_schemas: Readonly<Record<string, unknown>>;
}

/** Kinds of one output. */
export type WorkflowOutputKinds = readonly string[] | Readonly<Record<string, readonly string[]>>;
