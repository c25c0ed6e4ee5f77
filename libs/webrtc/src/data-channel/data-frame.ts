import { isRecord } from "./record.ts";

/** What stands in a message of a session whose pictures come as data instead of video. */
export interface DataFrame {
  /** The frame: a JPEG in base64, as the worker sent it; null when the message has no picture of these names. */
  readonly picture: { readonly name: string; readonly base64: string } | null;
  /** The other outputs: what handlers of data get. */
  readonly data: unknown;
}

/**
 * Takes the pictures of some outputs out of the data of one message; the first is the frame. Other values stay, whatever their names.
 */
export function takeDataFrame(data: unknown, names: readonly string[]): DataFrame {
  if (!isRecord(data)) return { picture: null, data };
  const pictures = names.flatMap((name) => {
    const base64 = Object.hasOwn(data, name) ? pictureIn(data[name]) : undefined;
    return base64 === undefined ? [] : [{ name, base64 }];
  });
  const [picture] = pictures;
  if (picture === undefined) return { picture: null, data };
  const taken = new Set(pictures.map(({ name }) => name));
  return { picture, data: Object.fromEntries(Object.entries(data).filter(([name]) => !taken.has(name))) };
}

function pictureIn(output: unknown): string | undefined {
  return isRecord(output) && output.type === "base64" && typeof output.value === "string"
    ? output.value
    : undefined;
}
