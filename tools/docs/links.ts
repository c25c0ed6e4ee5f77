import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const FENCED = /^(\s*)(`{3,})[\s\S]*?^\s*\2\s*$/gm;
const LINK = /!?\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)|<(?:img|a)\s[^>]*(?:src|href)="([^"]+)"/g;
const HEADING = /^#{1,6}\s+(.+?)\s*#*$/gm;

/** Links of a document that lead nowhere: files that do not exist, headings that are not there. Web addresses are not tried. */
export function brokenLinks(file: string, markdown: string, root: string): readonly string[] {
  const text = markdown.replaceAll(FENCED, "");
  return [...text.matchAll(LINK)].flatMap(([, inline, html]) => {
    const link = inline ?? html ?? "";
    if (/^(?:https?|mailto):/.test(link)) return [];
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? file : relative(root, join(root, dirname(file), decodeURI(path)));
    if (path !== "" && !existsSync(join(root, target))) return [`${link}: there is no file ${target}`];
    if (anchor === undefined || !target.endsWith(".md")) return [];
    const content = path === "" ? markdown : readFileSync(join(root, target), "utf8");
    return anchorsOf(content).includes(anchor) ? [] : [`${link}: ${target} has no heading #${anchor}`];
  });
}

/** Anchors of a document's headings, made the way GitHub makes them. */
export function anchorsOf(markdown: string): readonly string[] {
  const seen = new Map<string, number>();
  return [...markdown.replaceAll(FENCED, "").matchAll(HEADING)].map(([, title = ""]) => {
    const slug = title
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(/\s/g, "-");
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
}
