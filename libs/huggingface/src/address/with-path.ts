/** The address with `suffix` behind its path; slashes at its end go, the query stays, a fragment goes. */
export function withPath(address: string | URL, suffix: string): string {
  const url = new URL(address);
  url.pathname = url.pathname.replace(/\/+$/, "") + suffix;
  url.hash = "";
  return url.href;
}
