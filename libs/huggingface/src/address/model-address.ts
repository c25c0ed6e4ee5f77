import { InvalidModelIdentifierError, InvalidParameterError } from "@inference-ts/errors";

/** True for text that is meant as an address, in any letter case. */
export function isAddress(model: string): boolean {
  return /^https?:\/\//i.test(model);
}

/**
 * Reads an http(s) address; user name and password stay in it until the request is written.
 *
 * @throws InvalidParameterError when it is none.
 */
export function parseAddress(address: string): URL {
  const url = URL.parse(address);
  if (url !== null && /^https?:$/.test(url.protocol)) return url;
  throw new InvalidParameterError("The address of the model is not a valid URL, such as https://host/path.");
}

/**
 * A model id as a path: every part escaped, the parts kept.
 *
 * @throws InvalidModelIdentifierError for an empty part, `.` or `..`, which would climb out of the path, and for another scheme.
 */
export function modelPath(id: string): string {
  const parts = id.split("/");
  const isUnsafe = parts.some((part) => part === "" || /^\.{1,2}$/.test(part));
  // Another scheme has an empty part, too.
  if (isUnsafe) {
    throw new InvalidModelIdentifierError(`"${id.slice(0, 200)}" is no model id and no http(s) address.`, {
      hint: "Give an id such as user/model, or the whole address of an endpoint.",
    });
  }
  // What requests and browsers leave as it is in a path stays; what would end the path does not.
  return parts.map((part) => encodeURI(part.toWellFormed()).replace(/[?#]/g, encodeURIComponent)).join("/");
}

/** The address with `suffix` behind its path; slashes at its end go, the query stays, a fragment goes. */
export function withPath(address: string | URL, suffix: string): string {
  const url = new URL(address);
  url.pathname = url.pathname.replace(/\/+$/, "") + suffix;
  url.hash = "";
  return url.href;
}
