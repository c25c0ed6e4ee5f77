import { refuseWith } from "./refusals.ts";
import { type JsonObject, numberAt } from "./values.ts";

/** Length of a vector of `feature-extraction`. */
const VECTOR_LENGTH = 32;
const MASK = "[MASK]";

/** What the sandbox puts into a gap: it says what it is, it does not know language. */
const FILLINGS = ["sandbox", "echo", "stand-in", "test", "answer"];

const wordsOf = (text: string) => text.split(/\s+/).filter(Boolean);

function hash(text: string): number {
  let value = 2_166_136_261;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 16_777_619);
  return value >>> 0;
}

/** The same word has the same vector; words are as unlike each other as noise. */
function vectorOf(word: string): number[] {
  return Array.from({ length: VECTOR_LENGTH }, (_, index) => (hash(`${index} ${word}`) / 2 ** 32) * 2 - 1);
}

/** `feature-extraction`: one list of vectors, one per word with a first and a last one around them. */
export function embed(text: string): number[][][] {
  return [["[CLS]", ...wordsOf(text), "[SEP]"].map(vectorOf)];
}

/** `fill-mask`: words that say that a sandbox answers. */
export function fillMask(text: string, parameters: JsonObject): object[] {
  if (!text.includes(MASK)) return refuseWith(`No mask_token (${MASK}) found on the input`);
  return FILLINGS.slice(0, numberAt(parameters, "top_k", FILLINGS.length)).map((word, index) => ({
    score: 1 / 2 ** (index + 1),
    token: index,
    token_str: word,
    sequence: text.replace(MASK, word),
  }));
}

/** `text-classification`: neither the one nor the other. */
export function classifyText(_text: string, parameters: JsonObject): object[] {
  const both = [
    { label: "NEGATIVE", score: 0.5 },
    { label: "POSITIVE", score: 0.5 },
  ];
  return both.slice(0, numberAt(parameters, "top_k", 1));
}
