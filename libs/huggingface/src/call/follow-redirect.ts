import type { ErrorAnswer } from "@inference-ts/errors";
import type { WireRequest } from "@inference-ts/transport";

/** Statuses after which a request without a body is sent again, and those after which one with a body is. */
const WITHOUT_BODY: readonly number[] = [301, 302, 303, 307, 308];
const WITH_BODY: readonly number[] = [307, 308];

/** Headers that go to no other origin. */
const PRIVATE: readonly string[] = ["authorization", "cookie"];

/**
 * The request that a redirect asks for; `null` where it is not followed: a body is never lost, and https is never left. Token and cookies
 * stay at the origin that they were meant for.
 */
export function redirected(request: WireRequest, answer: ErrorAnswer): WireRequest | null {
  const statuses = request.method === "GET" ? WITHOUT_BODY : WITH_BODY;
  const location = answer.header("location");
  if (location === null || !statuses.includes(answer.status)) return null;
  const from = new URL(request.url);
  const to = URL.parse(location, request.url);
  if (to === null || !/^https?:$/.test(to.protocol)) return null;
  if (from.protocol === "https:" && to.protocol !== "https:") return null;
  const headers = Object.entries(request.headers).filter(
    ([name]) => from.origin === to.origin || !PRIVATE.includes(name),
  );
  to.username = "";
  to.password = "";
  return { ...request, url: to.href, headers: Object.fromEntries(headers) };
}
