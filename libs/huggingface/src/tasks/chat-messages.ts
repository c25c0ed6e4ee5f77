import { InvalidParameterError } from "@inference-ts/errors";
import type { ImageSource } from "@inference-ts/images";
import type { CallScope } from "../call/call-scope.ts";
import { isObject } from "../call/json-object.ts";
import { base64Hole, loadBytes } from "../request/load-input.ts";
import { mediaTypeOf } from "../request/media-type.ts";

/** One part of a message. */
export type ChatMessagePart =
  | { readonly type: "text"; readonly text: string }
  /** A picture: an address or data URL as text goes as it is; anything else is loaded and sent inside the request. */
  | {
      readonly type: "image_url";
      readonly image_url: { readonly url: ImageSource; readonly detail?: string };
    };

/** A call of a tool that the model asks for. `arguments` is an object or JSON text, as the server sends it. */
export interface ChatToolCall {
  readonly id?: string;
  readonly type?: string;
  readonly index?: number;
  readonly function: {
    readonly name: string;
    readonly description?: string | null;
    readonly arguments: unknown;
  };
}

/** One message of a conversation, in the form of OpenAI's API. */
export interface ChatMessage {
  readonly role: string;
  readonly content?: string | readonly ChatMessagePart[] | null;
  readonly name?: string;
  readonly tool_calls?: readonly ChatToolCall[] | null;
  readonly tool_call_id?: string;
}

/** Messages as they are sent: pictures among their parts are loaded. */
export async function wireMessages(scope: CallScope, messages: readonly ChatMessage[]): Promise<unknown[]> {
  if (!Array.isArray(messages)) {
    throw new InvalidParameterError("messages must be a list.", {
      hint: 'For example [{ role: "user", content: "Hello" }].',
    });
  }
  return Promise.all(messages.map((message: unknown) => wireMessage(scope, message)));
}

async function wireMessage(scope: CallScope, message: unknown): Promise<unknown> {
  if (!isObject(message) || !Array.isArray(message.content)) return message;
  const content = await Promise.all(message.content.map((part: unknown) => wirePart(scope, part)));
  return { ...message, content };
}

async function wirePart(scope: CallScope, part: unknown): Promise<unknown> {
  if (!isObject(part) || part.type !== "image_url" || !isObject(part.image_url)) return part;
  const { url } = part.image_url;
  if (typeof url === "string" || !isSource(url)) return part;
  const bytes = await loadBytes(scope, url);
  const prefix = `data:${mediaTypeOf(bytes) ?? "application/octet-stream"};base64,`;
  return { ...part, image_url: { ...part.image_url, url: base64Hole(scope, bytes, prefix) } };
}

/** The loader says what is wrong with an object that is no picture. */
const isSource = (value: unknown): value is Exclude<ImageSource, string> =>
  typeof value === "object" && value !== null;
