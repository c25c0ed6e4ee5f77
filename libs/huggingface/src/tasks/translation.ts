import { InvalidParameterError } from "@inference-ts/errors";
import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { askText } from "../request/ask-text.ts";
import type { TranslationOutput } from "../results.ts";
import { onePerText } from "./first-of.ts";

/** Options of `translation`. */
export interface TranslationOptions extends TaskOptions {
  /** Language of the text and of the translation; both or none. */
  readonly srcLang?: string | null | undefined;
  readonly tgtLang?: string | null | undefined;
  readonly cleanUpTokenizationSpaces?: boolean | null | undefined;
  /** How the translation is generated, with the names of the wire. */
  readonly generateParameters?: Readonly<Record<string, unknown>> | null | undefined;
  readonly truncation?: "do_not_truncate" | "longest_first" | "only_first" | "only_second" | null | undefined;
}

/** A translation of a text, or of each text of a list. */
export async function translation(
  scope: CallScope,
  text: string | readonly string[],
  options: TranslationOptions,
): Promise<TranslationOutput | TranslationOutput[]> {
  if (isMissing(options.srcLang) !== isMissing(options.tgtLang)) {
    throw new InvalidParameterError("srcLang and tgtLang are needed together, or neither.");
  }
  const value = await askText(scope, "translation", text, options);
  return onePerText<TranslationOutput>(text, value, scope.operation);
}

const isMissing = (language: string | null | undefined): boolean =>
  language === null || language === undefined;
