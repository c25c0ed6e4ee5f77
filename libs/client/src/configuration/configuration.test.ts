import { InvalidParameterError } from "@inference-ts/errors";
import { describe, expect, test } from "vitest";
import { createConfiguration, DEFAULT_CONFIGURATION } from "./create-configuration.ts";
import { configurationFromPython, configurationToPython } from "./python.ts";
import { v0Query, v1Body, v1Query } from "./wire-parameters.ts";

describe("createConfiguration", () => {
  test("has the defaults of the Python client and is frozen", () => {
    const configuration = createConfiguration();
    expect(configuration).toEqual(DEFAULT_CONFIGURATION);
    expect(Object.isFrozen(configuration)).toBe(true);
    expect(configuration.maxConcurrentRequests).toBe(1);
  });

  test("undefined keeps the base", () => {
    const base = createConfiguration({ maxBatchSize: 4 });
    expect(createConfiguration({ maxBatchSize: undefined }, base).maxBatchSize).toBe(4);
  });

  test("does not share lists with the caller", () => {
    const classFilter = ["cat"];
    const configuration = createConfiguration({ classFilter });
    classFilter.push("dog");
    expect(configuration.classFilter).toEqual(["cat"]);
  });

  test.each([
    ["confidenceThreshold", Number.NaN],
    ["confidenceThreshold", -0.1],
    ["confidenceThreshold", "high"],
    ["iouThreshold", -1],
    ["iouThreshold", "best"],
    ["maxBatchSize", 0],
    ["maxBatchSize", 1.5],
    ["maxConcurrentRequests", -1],
    ["maxDetections", -1],
    ["classFilter", "cat"],
    ["apiKeyTransport", "cookie"],
    ["visualizePredictions", "yes"],
    ["outputVisualisationFormat", "numpy"],
  ])("refuses %s = %s, naming both", (name, value) => {
    const create = () => createConfiguration({ [name]: value });
    expect(create).toThrow(InvalidParameterError);
    expect(create).toThrow(name);
  });

  test("refuses an unknown field", () => {
    expect(() => createConfiguration(JSON.parse('{"confidence": 0.5}'))).toThrow(
      /no configuration field "confidence"/,
    );
  });

  test("never shows the service secret", () => {
    expect(() => createConfiguration(JSON.parse('{"serviceSecret": 12345678}'))).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("12345678") }),
    );
  });
});

describe("python", () => {
  test("round trip of every field", () => {
    const configuration = createConfiguration({
      confidenceThreshold: 0.5,
      apiKeyTransport: "both",
      classFilter: ["a"],
    });
    expect(configurationFromPython(configurationToPython(configuration))).toEqual(configuration);
  });

  test("null is not set, numpy is bytes", () => {
    const configuration = configurationFromPython({
      confidence_threshold: null,
      api_key_transport: null,
      output_visualisation_format: "numpy",
    });
    expect(configuration.confidenceThreshold).toBeUndefined();
    expect(configuration.apiKeyTransport).toBe("auto");
    expect(configuration.outputVisualisationFormat).toBe("bytes");
  });

  test("refuses a name that Python does not have", () => {
    expect(() => configurationFromPython({ confidenceThreshold: 1 })).toThrow(InvalidParameterError);
  });
});

describe("wire parameters", () => {
  const configuration = createConfiguration({
    confidenceThreshold: 0.4,
    iouThreshold: 0.2,
    keypointConfidenceThreshold: 0.1,
    maxCandidates: 9,
    countInference: false,
    serviceSecret: "s",
    visualizeLabels: true,
    responseMaskFormat: "rle",
    maxConcurrentRequests: 5,
  });

  test("v0 has its own names and no fields of v1 or of the client", () => {
    expect(v0Query(configuration)).toEqual({
      confidence: 0.4,
      overlap: 0.2,
      keypoint_confidence: 0.1,
      labels: true,
      countinference: false,
      service_secret: "s",
      response_mask_format: "rle",
      disable_active_learning: false,
      allow_reduced_mask_resolution: false,
    });
  });

  test("v1 sends each task what its request declares", () => {
    expect(v1Body(configuration, "keypoint-detection")).toEqual({
      confidence: 0.4,
      iou_threshold: 0.2,
      keypoint_confidence: 0.1,
      max_candidates: 9,
      visualization_labels: true,
      visualize_predictions: false,
      disable_active_learning: false,
    });
    expect(v1Body(configuration, "semantic-segmentation")).toEqual({ confidence: 0.4 });
    expect(v1Body(configuration, "instance-segmentation")).toMatchObject({
      response_mask_format: "rle",
      allow_reduced_mask_resolution: false,
    });
    expect(v1Query(configuration)).toEqual({ countinference: false, service_secret: "s" });
  });
});
