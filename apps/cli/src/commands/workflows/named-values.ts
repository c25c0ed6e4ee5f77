import { InvalidArgumentError } from "commander";

/** Values by name, in the order in which they were given. */
export type NamedValues<Value> = ReadonlyMap<string, readonly Value[]>;

function splitName(text: string): readonly [name: string, value: string] {
  const at = text.indexOf("=");
  if (at < 1 || at === text.length - 1) {
    throw new InvalidArgumentError("It must be a name and a value with = between them.");
  }
  return [text.slice(0, at), text.slice(at + 1)];
}

/** `name=input`, added to those of earlier uses of the option; a name may be given again. */
export function namedInput(text: string, earlier: NamedValues<string> | undefined): NamedValues<string> {
  const [name, value] = splitName(text);
  const all = new Map(earlier);
  all.set(name, [...(all.get(name) ?? []), value]);
  return all;
}

/** Parameters by name. */
export type Parameters = Readonly<Record<string, unknown>>;

/** `name=value`: what is JSON is read as JSON, everything else is text. A name may be given once. */
export function parameter(text: string, earlier: Parameters | undefined): Parameters {
  const [name, value] = splitName(text);
  if (earlier !== undefined && Object.hasOwn(earlier, name)) {
    throw new InvalidArgumentError(`"${name}" is given twice; a list is written as JSON: ${name}=[1,2]`);
  }
  return { ...earlier, [name]: jsonOrText(value) };
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
