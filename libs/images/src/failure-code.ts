/** Why a request failed: a library's own text may hold the whole URL, so only a system code is repeated of it. */
export function failureCode(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = cause instanceof Error && "code" in cause ? cause.code : null;
  return typeof code === "string" ? code : "no connection";
}
