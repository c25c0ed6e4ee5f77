import { DEVIATION_RULES } from "./deviation-rules.ts";
import type { DeviationRule } from "./rules/rule.ts";

const INTRODUCTION = `# Differences to the Python client

The package is held to 1,071 recorded calls of the Python package \`inference-sdk\` 1.8.3: the same requests, the same results.
\`npm run golden\` replays them. Where this package deliberately does something else, a rule of the table below changes what is
expected, and the replay checks that instead. Rules are chosen by what a call is about, never by the name of a case.

This page is made from the rules (\`apps/contract-tests/src/golden/rules/\`); write it anew with
\`npm run golden -- --write-deviations\`. Codes in brackets are those of the recorded cases.
`;

/** The published table of deliberate differences, as Markdown. */
export function deviationsPage(rules: readonly DeviationRule[] = DEVIATION_RULES): string {
  const topics = [...new Set(rules.map(({ topic }) => topic))];
  const sections = topics.map((topic) => {
    const rows = rules.filter((rule) => rule.topic === topic).map(row);
    const title = `${topic.charAt(0).toUpperCase()}${topic.slice(1)}`;
    return `## ${title}\n\n| what | Python 1.8.3 | this package |\n|---|---|---|\n${rows.join("\n")}\n`;
  });
  return `${INTRODUCTION}\n${sections.join("\n")}`;
}

function row({ name, codes, python, ours }: DeviationRule): string {
  const known = codes.length === 0 ? "" : ` (${codes.join(", ")})`;
  return `| ${[`**${name}**${known}`, python, ours].map(cell).join(" | ")} |`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replace(/\s+/g, " ");
}
