// Servers write JSON with Python, which spells numbers that JSON has no word for like this.
const TOKEN = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g;
/** A control character cannot stand in a JSON string unescaped, so no server writes this by accident. */
const MARK = "\u0000number:";

/**
 * Parses JSON, and where that fails JSON with the bare words `NaN`, `Infinity` and `-Infinity`, as Python's `json` module writes
 * them.
 *
 * @throws SyntaxError of `JSON.parse` for everything else.
 */
export function parsePythonJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    let words = 0;
    const marked = text.replace(TOKEN, (token) => {
      if (token.startsWith('"')) return token;
      words += 1;
      return JSON.stringify(MARK + token);
    });
    if (words === 0) throw error;
    return JSON.parse(marked, (_key, value: unknown) =>
      typeof value === "string" && value.startsWith(MARK) ? Number(value.slice(MARK.length)) : value,
    );
  }
}
