/** `Authorization` of the user name and password of an address; nothing where one is missing. */
export function basicAuthorization({ username, password }: URL): Record<string, string> {
  if (username === "" || password === "") return {};
  const bytes = new TextEncoder().encode(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  return { authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` };
}
