import { resolve } from "node:path";
import { runSuiteCommand, type SuiteCase } from "../golden/suite-command.ts";
import { checkVector } from "./check-vector.ts";
import { detectionDeviationsPage } from "./deviations-page.ts";
import { readVectors } from "./vector.ts";

await runSuiteCommand({
  about: "Checks detections, masks, files and slices against vectors made by the Python packages.",
  script: "golden:detections",
  folder: "the vectors' JSON files",
  ownCases: resolve(import.meta.dirname, "../../fixtures/golden-detections"),
  page: { name: "detections-deviations.md", text: detectionDeviationsPage },
  read: (folder) => {
    const groups = new Map<string, SuiteCase[]>();
    for (const vector of readVectors(folder)) {
      const group = groups.get(vector.group) ?? [];
      groups.set(vector.group, group);
      group.push({ id: vector.id, run: () => checkVector(vector) });
    }
    return groups;
  },
});
