export {
  classificationFixture,
  instanceSegmentationFixture,
  keypointDetectionFixture,
  modelDescriptionFixture,
  multiLabelClassificationFixture,
  objectDetectionFixture,
  registryFixture,
  semanticSegmentationFixture,
  serverInfoFixture,
  taskFixtures,
} from "./fixtures.ts";
export {
  type HandledRoute,
  type HandlerOverride,
  type InferenceHandlersOptions,
  inferenceHandlers,
} from "./handlers.ts";
