import { DETECTION_RULES } from "./detection-rules.ts";
import type { DetectionRule } from "./rules/rule.ts";

const INTRODUCTION = `# Differences to supervision

Detections, masks, files and slices are held to vectors made by the Python packages \`supervision\` 0.31.2 and \`pycocotools\` 2.0.11.
\`npm run golden:detections\` checks them. Where this package deliberately does something else, a rule of the tables below changes what
is expected. Rules are chosen by what a vector is about, never by its name.

This page is made from the rules (\`apps/contract-tests/src/golden-detections/rules/\`); write it anew with
\`npm run golden:detections -- --write-deviations\`.
`;

/** The published tables of deliberate differences, as Markdown. */
export function detectionDeviationsPage(rules: readonly DetectionRule[] = DETECTION_RULES): string {
  const topics = [...new Set(rules.map(({ topic }) => topic))];
  const sections = topics.map((topic) => {
    const rows = rules.filter((rule) => rule.topic === topic).map(row);
    const title = `${topic.charAt(0).toUpperCase()}${topic.slice(1)}`;
    return `## ${title}\n\n| what | Python | this package |\n|---|---|---|\n${rows.join("\n")}\n`;
  });
  return `${INTRODUCTION}\n${sections.join("\n")}`;
}

function row({ name, python, ours }: DetectionRule): string {
  return `| ${[`**${name}**`, python, ours].map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;
}
