/** An element of an XML text: its text, or its children. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(#x?[0-9a-fA-F]+|\w+);/g, (whole, name: string) => {
    if (!name.startsWith("#")) return ENTITIES[name] ?? whole;
    return String.fromCodePoint(
      name.startsWith("#x") ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)),
    );
  });
}

/** Reads XML without attributes, comments and mixed content. */
export function parseXml(text: string): XmlElement {
  const body = text.replace(/^<\?xml[^>]*\?>/, "");
  const tokens = body.matchAll(/<(\/?)([\w.-]+)\s*(\/?)>|([^<]+)/g);
  const root: { name: string; text: string; children: XmlElement[] } = { name: "", text: "", children: [] };
  const open = [root];
  for (const [, closing, name, empty, content] of tokens) {
    const parent = open.at(-1);
    if (parent === undefined) throw new Error("The XML text has more closing tags than opening ones.");
    if (content !== undefined) parent.text += content;
    else if (closing === "/") open.pop();
    else {
      const element = { name: name ?? "", text: "", children: [] };
      parent.children.push(element);
      if (empty !== "/") open.push(element);
    }
  }
  const [element] = root.children;
  if (element === undefined || open.length !== 1) throw new Error("The XML text is not one element.");
  return cleaned(element);
}

function cleaned({ name, text, children }: XmlElement): XmlElement {
  return { name, text: children.length > 0 ? "" : unescaped(text), children: children.map(cleaned) };
}
