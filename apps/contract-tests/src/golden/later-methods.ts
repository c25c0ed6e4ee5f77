/**
 * Python methods that the client does not have yet; their cases are skipped and counted by name. A name leaves this list when
 * its method is built; a method that is neither here nor in `arguments.ts` fails its cases.
 */
export const LATER_METHODS: ReadonlySet<string> = new Set();
