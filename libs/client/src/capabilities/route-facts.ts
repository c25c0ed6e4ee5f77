/** What is known about one route of the server. */
export interface RouteFacts {
  /** First known server version that has it. */
  readonly since: string;
  /** Last known version that had it, for routes that are gone. */
  readonly until?: string;
  /** Kinds of server that offer it as they come; a route of neither has to be switched on. */
  readonly servers: readonly ("default" | "hosted")[];
  /** Where it reads a key beside the header. */
  readonly key: readonly ("query" | "body")[];
  /** Methods of the client that use it. */
  readonly methods: readonly string[];
}
