import { TOPICS } from "./deviation-rules.ts";

const INTRODUCTION = `# Differences to huggingface_hub

The Hugging Face client is held to calls of the Python package \`huggingface_hub\` 0.27.1 that were recorded: same requests, same results.
\`npm run golden:hf\` replays them. Where this package deliberately does something else, a rule of the tables below changes what is
expected. Rules are chosen by what a call is about or by a recorded code, never by its name.

Methods have Python's names in camelCase, \`x\` and its async twin are one method that gives a promise, and results have the names of the
wire. Errors are those of this package: \`HTTPCallError\` with \`status\`, \`serverMessage\` and \`errorType\` for Python's
\`HfHubHTTPError\` and the classes below it, \`InferenceTimeoutError\` for its namesake, \`TokenNotFoundError\` for
\`LocalTokenNotFoundError\`, \`InvalidParameterError\` and its neighbours for \`ValueError\`.

This page is made from the rules (\`apps/contract-tests/src/golden-hf/rules/\`); write it anew with
\`npm run golden:hf -- --write-deviations\`.
`;

/** The page of differences. */
export function huggingFaceDeviationsPage(): string {
  const sections = TOPICS.map(({ title, rules }) => {
    const seen = new Set<string>();
    const rows = rules
      .filter((rule) => !seen.has(rule.title) && seen.add(rule.title) !== undefined)
      .map(({ title: what, python, ours }) => `| **${what}** | ${python} | ${ours} |`);
    return `## ${title}\n\n| what | Python | this package |\n|---|---|---|\n${rows.join("\n")}\n`;
  });
  return [INTRODUCTION, ...sections].join("\n");
}
