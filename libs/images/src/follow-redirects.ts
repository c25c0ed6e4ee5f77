import { InvalidUrlInputError, urlWithoutQuery } from "@inference-ts/errors";
import { isGlobalAddress } from "./ip-address.ts";
import type { FollowContext, RedirectFollower } from "./url-fetcher.ts";

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/**
 * Follows redirects one by one, at most `maxRedirects`, with the policy applied to every target and the addresses of every host
 * checked before it is asked. For runtimes whose `fetch` shows redirects (Node, Deno, Bun; not browsers). Credentials of a URL
 * stay with its origin.
 *
 * @throws InvalidUrlInputError when a target is refused, is no URL, or there are too many.
 */
export const followRedirects: RedirectFollower = async (start, context) => {
  const { policy, check, request, what = "image" } = context;
  let url = start;
  for (let redirects = 0; redirects <= policy.maxRedirects; redirects++) {
    if (redirects === 0 || policy.validateRedirects) await checkAddresses(url, context);
    const [bare, headers] = takeCredentials(url);
    const response = await request(bare, "manual", headers);
    if (!REDIRECTS.includes(response.status)) return response;
    await response.body?.cancel();
    const location = response.headers.get("location");
    const target = location === null ? null : URL.parse(location, url);
    if (target === null) {
      throw new InvalidUrlInputError(
        `The ${what} ${urlWithoutQuery(url.href)} redirects to no valid address.`,
        {
          status: response.status,
        },
      );
    }
    if (policy.validateRedirects) check(target);
    const isSameOrigin = target.origin === url.origin;
    target.username ||= isSameOrigin ? url.username : "";
    target.password ||= isSameOrigin ? url.password : "";
    url = target;
  }
  throw new InvalidUrlInputError(
    `The ${what} ${urlWithoutQuery(start.href)} redirects more than ${policy.maxRedirects} times.`,
  );
};

async function checkAddresses(url: URL, { policy, lookup, what = "image" }: FollowContext): Promise<void> {
  const isLiteral = isGlobalAddress(url.hostname.replace(/^\[|\]$/g, "")) !== null;
  if (policy.allowNonGlobalAddresses || lookup === undefined || isLiteral) return;
  const addresses = await lookup(url.hostname).catch(() => []);
  const refused = addresses.find((address) => isGlobalAddress(address) !== true);
  if (addresses.length > 0 && refused === undefined) return;
  const reason =
    refused === undefined ? "its host has no address" : `its host has the non-global address ${refused}`;
  throw new InvalidUrlInputError(`The ${what} URL ${urlWithoutQuery(url.href)} is refused: ${reason}.`);
}

/** `fetch` takes no credentials in a URL; they travel as basic authentication instead. */
function takeCredentials(url: URL): readonly [bare: URL, headers: Record<string, string>] {
  if (url.username === "" && url.password === "") return [url, {}];
  const bare = new URL(url);
  bare.username = "";
  bare.password = "";
  const pair = new TextEncoder().encode(`${decodeLenient(url.username)}:${decodeLenient(url.password)}`);
  return [bare, { authorization: `Basic ${btoa(String.fromCharCode(...pair))}` }];
}

function decodeLenient(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
