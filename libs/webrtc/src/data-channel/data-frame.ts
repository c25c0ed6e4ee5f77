import { isRecord } from "./record.ts";

/** What stands in a message of a session whose pictures come as data instead of video. */
export interface DataFrame {
  /** JPEG in base64, as the worker sent it; null when the message has no picture of that name. */
  readonly picture: string | null;
  /** The other outputs: what handlers of data get. */
  readonly data: unknown;
}

/** Takes the picture of output `name` out of the data of one message. Data without it come back untouched. */
export function takeDataFrame(data: unknown, name: string | undefined): DataFrame {
  if (name === undefined || !isRecord(data) || !Object.hasOwn(data, name)) return { picture: null, data };
  const { [name]: output, ...others } = data;
  if (!isRecord(output) || output.type !== "base64" || typeof output.value !== "string") {
    return { picture: null, data };
  }
  return { picture: output.value, data: others };
}
