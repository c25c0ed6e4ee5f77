import { describe, expect, test } from "vitest";
import { checkStreamConfig } from "../config/stream-config.ts";
import { planSession } from "../signalling/init-request.ts";
import { OutputSwitch } from "./output-switch.ts";

const ofFile = (): OutputSwitch =>
  new OutputSwitch(
    planSession(
      checkStreamConfig({ streamOutput: ["vis"], dataOutput: ["count"] }),
      { kind: "file" },
      { specification: {} },
    ),
  );

describe("OutputSwitch", () => {
  test("in a session whose pictures come as data the picture stays among the data", () => {
    const outputs = ofFile();
    expect(outputs.picturesInData).toEqual(["vis"]);
    expect(JSON.parse(outputs.change({ dataOutput: ["predictions"] }))).toEqual({
      data_output: ["predictions", "vis"],
    });
    expect(JSON.parse(outputs.change({ streamOutput: ["", "other"] }))).toEqual({
      data_output: ["count", "other"],
    });
    outputs.apply({ streamOutput: ["other"], dataOutput: [] });
    expect(outputs.picturesInData).toEqual(["other"]);
    expect(JSON.parse(outputs.change({ dataOutput: ["other", "count"] }))).toEqual({
      data_output: ["count", "other"],
    });
  });

  test("a session of data alone can get pictures later", () => {
    const plan = planSession(
      checkStreamConfig({ dataOutput: ["count"] }),
      { kind: "file" },
      { specification: {} },
    );
    const outputs = new OutputSwitch(plan);
    expect(outputs.picturesInData).toEqual([]);
    expect(JSON.parse(outputs.change({ streamOutput: ["vis"] }))).toEqual({ data_output: ["count", "vis"] });
    outputs.apply({ streamOutput: ["vis"] });
    expect(outputs.picturesInData).toEqual(["vis"]);
  });

  test("with a track both lists go as they are", () => {
    const outputs = new OutputSwitch(
      planSession(checkStreamConfig({ streamOutput: ["vis"] }), { kind: "manual" }, { specification: {} }),
    );
    expect(outputs.picturesInData).toEqual([]);
    expect(JSON.parse(outputs.change({ streamOutput: ["a"], dataOutput: ["*"] }))).toEqual({
      stream_output: ["a"],
      data_output: ["*"],
    });
  });

  test.each([{}, { streamOutput: [] }, { streamOutput: [""] }, { dataOutput: "x" }])(
    "refuses %j",
    (change) => {
      for (const outputs of [ofFile()]) {
        expect(() => Reflect.apply(outputs.change, outputs, [change])).toThrow(
          expect.objectContaining({ code: "INVALID_PARAMETER" }),
        );
      }
    },
  );
});
