import { type ColorOptions, chooseColors } from "../color-choice.ts";
import type { DisplayList, Shape } from "../display-list.ts";
import type { Color } from "../palette.ts";
import type { Scene, SceneObject } from "../scene.ts";

/** Draws one thing about every object of a scene. */
export type Annotator = (scene: Scene) => readonly Shape[];

/** The drawings of several annotators over each other, first one lowest. */
export function compose(scene: Scene, annotators: readonly Annotator[]): DisplayList {
  const { width, height } = scene;
  return { width, height, shapes: annotators.flatMap((annotator) => annotator(scene)) };
}

/** An annotator that draws each object on its own, in its colour. */
export function perObject(
  options: ColorOptions,
  draw: (object: SceneObject, color: Color, scene: Scene, index: number) => readonly Shape[],
): Annotator {
  return (scene) => {
    const colors = chooseColors(scene.objects, options);
    return scene.objects.flatMap((object, index) => draw(object, colors[index] ?? "#000000", scene, index));
  };
}
