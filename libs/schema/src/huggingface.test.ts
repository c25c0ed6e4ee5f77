import { expect, expectTypeOf, test } from "vitest";
import type {
  ChatCompletionRequest,
  ChatCompletionStreamEvent,
  TeiEmbedResponse,
  TeiPaths,
  TgiGrammar,
  TgiPaths,
} from "./huggingface.ts";
import * as schema from "./huggingface.ts";

test("there is no code at run time", () => {
  expect(Object.keys(schema)).toEqual([]);
});

// The assertions below are checked by the type checker.
test("a chat request needs messages alone, and a grammar keeps its type", () => {
  const request: ChatCompletionRequest = { messages: [{ role: "user", content: "Say hello" }] };
  expect(Object.keys(request)).toEqual(["messages"]);
  expectTypeOf<NonNullable<ChatCompletionRequest["response_format"]>>().toEqualTypeOf<TgiGrammar>();
  expectTypeOf<TgiGrammar["type"]>().toEqualTypeOf<"json" | "regex" | "json_schema">();
  expectTypeOf<ChatCompletionStreamEvent["choices"][number]["index"]>().toEqualTypeOf<number>();
});

test("the corrections name what the documents leave out", () => {
  expectTypeOf<401>().toExtend<keyof TgiPaths["/generate"]["post"]["responses"]>();
  expectTypeOf<413>().toExtend<keyof TgiPaths["/generate"]["post"]["responses"]>();
  expectTypeOf<401>().toExtend<keyof TeiPaths["/embed"]["post"]["responses"]>();
  expectTypeOf<"/">().toExtend<keyof TeiPaths>();
  expectTypeOf<TeiEmbedResponse>().toEqualTypeOf<number[][]>();
});
