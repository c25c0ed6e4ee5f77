// Tasks of text and tables, loaded together: each alone is smaller than what another file costs.
export { featureExtraction } from "./feature-extraction.ts";
export { fillMask } from "./fill-mask.ts";
export { questionAnswering } from "./question-answering.ts";
export { sentenceSimilarity } from "./sentence-similarity.ts";
export { summarization } from "./summarization.ts";
export { tableQuestionAnswering } from "./table-question-answering.ts";
export { tabularClassification } from "./tabular-classification.ts";
export { tabularRegression } from "./tabular-regression.ts";
export { textClassification } from "./text-classification.ts";
export { tokenClassification } from "./token-classification.ts";
export { translation } from "./translation.ts";
export { zeroShotClassification } from "./zero-shot-classification.ts";
