import { chooseColors } from "../color-choice.ts";
import type { Annotator } from "./annotator.ts";
import type { FillOptions } from "./mask.ts";

/** Translucent fillings of boxes. */
export function colorAnnotator(options: FillOptions = {}): Annotator {
  const { opacity = 0.5 } = options;
  return ({ objects }) => {
    const colors = chooseColors(objects, options);
    const shapes = objects.map((object, index) => {
      const [x, y] = [Math.trunc(object.left), Math.trunc(object.top)];
      const [width, height] = [Math.trunc(object.right) + 1 - x, Math.trunc(object.bottom) + 1 - y];
      return { kind: "rect" as const, x, y, width, height, fill: colors[index] ?? "#000000" };
    });
    return shapes.length === 0 ? [] : [{ kind: "layer", opacity, shapes }];
  };
}
