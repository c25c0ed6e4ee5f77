import { InvalidParameterError } from "@inference-ts/sdk/node";

/** What a file of options can hold. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain };

interface Line {
  readonly number: number;
  readonly indent: number;
  readonly text: string;
}

/**
 * Reads the part of YAML that files of drawing options are written in: nested maps and lists by indentation, lists of plain
 * values in brackets, quoted text, numbers, `true`, `false`, `null`, comments. Everything else is refused, so that nothing
 * is read in another way than it was meant.
 *
 * @throws InvalidParameterError with the line that cannot be read
 */
export function readYamlSubset(text: string): Plain {
  const lines = text.split(/\r?\n/).flatMap((raw, index): Line[] => {
    const line = withoutComment(raw);
    if (line.trim() === "" || (line.trim() === "---" && index === 0)) return [];
    const [indent = ""] = /^\s*/.exec(line) ?? [];
    if (indent.includes("\t")) throw unreadable(index + 1, "indentation must be made of spaces");
    return [{ number: index + 1, indent: indent.length, text: line.trim() }];
  });
  const reader = new Reader(lines);
  const value = reader.block(0);
  reader.end();
  return value;
}

class Reader {
  readonly #lines: Line[];
  #next = 0;

  constructor(lines: readonly Line[]) {
    this.#lines = [...lines];
  }

  /** The map or list that starts on the next line, if that is indented by `least` or more; else nothing. */
  block(least: number): Plain {
    const first = this.#lines[this.#next];
    if (first === undefined || first.indent < least) return null;
    return isItem(first) ? this.#list(first.indent) : this.#map(first.indent);
  }

  end(): void {
    const line = this.#lines[this.#next];
    if (line !== undefined) throw unreadable(line.number, "its indentation fits nothing above");
  }

  #list(indent: number): Plain {
    const items: Plain[] = [];
    for (let line = this.#at(indent); line !== undefined && isItem(line); line = this.#at(indent)) {
      const inner = line.text.slice(1).trimStart();
      const innerIndent = indent + line.text.length - inner.length;
      if (inner === "") {
        this.#next++;
        items.push(this.block(indent + 1));
      } else if (keyOf(inner) !== undefined || inner.startsWith("- ")) {
        // What follows a dash is a block of its own, as deep as its first letter.
        this.#lines[this.#next] = { ...line, indent: innerIndent, text: inner };
        items.push(this.block(innerIndent));
      } else {
        this.#next++;
        items.push(scalar(inner, line.number));
      }
    }
    return items;
  }

  #map(indent: number): Plain {
    const entries = new Map<string, Plain>();
    for (let line = this.#at(indent); line !== undefined && !isItem(line); line = this.#at(indent)) {
      const found = keyOf(line.text);
      if (found === undefined) throw unreadable(line.number, "a name with a colon was expected");
      const [key, rest] = found;
      if (entries.has(key)) throw unreadable(line.number, `"${key}" is there twice`);
      this.#next++;
      const following = this.#lines[this.#next];
      const isFlushList = following?.indent === indent && isItem(following);
      entries.set(
        key,
        rest === "" ? this.block(isFlushList ? indent : indent + 1) : scalar(rest, line.number),
      );
    }
    return Object.fromEntries(entries);
  }

  #at(indent: number): Line | undefined {
    const line = this.#lines[this.#next];
    if (line !== undefined && line.indent > indent) {
      throw unreadable(line.number, "its indentation fits nothing above");
    }
    return line?.indent === indent ? line : undefined;
  }
}

function isItem({ text }: Line): boolean {
  return text === "-" || text.startsWith("- ");
}

function keyOf(text: string): readonly [key: string, rest: string] | undefined {
  const [, quoted, plain, rest] = /^(?:"([^"\\]*)"|([\w.-]+))\s*:(?:\s+(.*))?$/.exec(text) ?? [];
  const key = quoted ?? plain;
  return key === undefined ? undefined : [key, rest ?? ""];
}

function scalar(text: string, line: number): Plain {
  const [, list] = /^\[(.*)\]$/.exec(text) ?? [];
  if (list !== undefined) return flowItems(list, line).map((item) => scalar(item, line));
  const [, double, single] = /^(?:"([^"\\]*)"|'([^']*)')$/.exec(text) ?? [];
  if (double !== undefined || single !== undefined) return double ?? single ?? "";
  if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text)) return Number(text);
  const word = text.toLowerCase();
  if (word === "true" || word === "false") return word === "true";
  if (word === "null" || word === "~") return null;
  if (/^[\w./ -]+$/.test(text)) return text;
  throw unreadable(line, `"${text}" is no plain value; put text in quotes`);
}

/** The values of a list in brackets; commas inside inner brackets and quotes belong to the value. */
function flowItems(text: string, line: number): readonly string[] {
  if (text.trim() === "") return [];
  const items = text.match(/(?:"[^"]*"|'[^']*'|\[[^\]]*\]|[^,"'[\]])+/g) ?? [];
  if (items.join(",") !== text) throw unreadable(line, "this list in brackets cannot be read");
  return items.map((item) => item.trim());
}

function withoutComment(line: string): string {
  const [kept = ""] = /^(?:"[^"]*"|'[^']*'|[^"'#]|(?<=\S)#)*/.exec(line) ?? [];
  return line.slice(kept.length).startsWith("#") ? kept.trimEnd() : line.trimEnd();
}

function unreadable(line: number, reason: string): InvalidParameterError {
  return new InvalidParameterError(`Line ${line} of the drawing options cannot be read: ${reason}.`);
}
