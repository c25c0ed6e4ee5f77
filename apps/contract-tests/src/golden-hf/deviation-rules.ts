import type { Expectation } from "./expectation.ts";
import { ADDRESS_RULES } from "./rules/address-rules.ts";
import { ANSWER_RULES } from "./rules/answer-rules.ts";
import { ERROR_RULES } from "./rules/error-rules.ts";
import { INPUT_RULES } from "./rules/input-rules.ts";
import { LEGACY_RULES } from "./rules/legacy-rules.ts";
import { LOADING_RULES } from "./rules/loading-rules.ts";
import { REQUEST_RULES } from "./rules/request-rules.ts";
import type { Rule, RuleContext } from "./rules/rule.ts";
import { STREAM_RULES } from "./rules/stream-rules.ts";
import { TOKEN_RULES } from "./rules/token-rules.ts";

/** Every rule, by topic. They are applied in this order, so that what builds requests anew comes before what changes them. */
export const TOPICS: readonly { readonly title: string; readonly rules: readonly Rule[] }[] = [
  { title: "Inputs", rules: INPUT_RULES },
  { title: "Requests", rules: REQUEST_RULES },
  { title: "Addresses", rules: ADDRESS_RULES },
  { title: "Tokens and settings", rules: TOKEN_RULES },
  { title: "Errors", rules: ERROR_RULES },
  { title: "Time and loading", rules: LOADING_RULES },
  { title: "Answers", rules: ANSWER_RULES },
  { title: "Streams", rules: STREAM_RULES },
  { title: "The old class", rules: LEGACY_RULES },
];

const ALL = TOPICS.flatMap(({ rules }) => rules);

/** Applies what a case asks for; returns the titles of the rules, and the codes that no rule knows. */
export function applyRules(
  expectation: Expectation,
  context: RuleContext,
): { titles: readonly string[]; unknown: readonly string[] } {
  const { codes } = context.golden;
  const titles: string[] = [];
  for (const rule of ALL) {
    const wanted = rule.code === null ? rule.applies?.(context) === true : codes.includes(rule.code);
    if (!wanted || (rule.code !== null && rule.applies?.(context) === false)) continue;
    titles.push(rule.title);
    rule.change?.(expectation, context);
  }
  return { titles, unknown: codes.filter((code) => !ALL.some((rule) => rule.code === code)) };
}
