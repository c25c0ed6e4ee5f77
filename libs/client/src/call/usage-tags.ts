import type { CallScope } from "./call-scope.ts";

/** The usage tags of a call as bodies carry them: all of them, as the Python client writes them. */
export function bodyTags(scope: CallScope): Readonly<Record<string, string>> {
  // Where the tags come from is told in the query only.
  const { source_info_origin: _origin, ...tags } = scope.usageQuery();
  return tags;
}
