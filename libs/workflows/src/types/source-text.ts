const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** A name as it may stand before the colon of a property. */
export function propertyName(name: string): string {
  return IDENTIFIER.test(name) && name !== "__proto__" ? name : JSON.stringify(name);
}

/** Text inside a comment: what would end it is taken apart. */
export function inComment(text: string): string {
  return text.replaceAll("*/", "* /").replace(/[\r\n\u2028\u2029]+/g, " ");
}

/** A JSON value as an expression. In an object literal the name `__proto__` would set the prototype unless it is computed. */
export function literal(value: unknown, indent = ""): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((item: unknown) => `${inner}${literal(item, inner)},\n`).join("")}${indent}]`;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    if (entries.length === 0) return "{}";
    const lines = entries.map(([name, item]) => {
      const key = name === "__proto__" ? '["__proto__"]' : propertyName(name);
      return `${inner}${key}: ${literal(item, inner)},\n`;
    });
    return `{\n${lines.join("")}${indent}}`;
  }
  return JSON.stringify(value) ?? "null";
}
