import { expect, test } from "vitest";
import { drawShapes } from "../shape-pictures.ts";
import { findComponents } from "./components.ts";

const find = (
  ...rectangles: { colour: "red" | "green" | "blue"; x: number; y: number; width: number; height: number }[]
) =>
  findComponents(
    drawShapes({
      width: 40,
      height: 30,
      background: "grey",
      shapes: rectangles.map((rectangle) => ({ kind: "rectangle", ...rectangle })),
    }),
  );

test("regions of one colour apart are two, touching at a corner they are one", () => {
  const apart = [
    { colour: "red", x: 0, y: 0, width: 5, height: 5 },
    { colour: "red", x: 6, y: 0, width: 5, height: 5 },
  ] as const;
  expect(find(...apart)).toHaveLength(2);
  const touching = find(apart[0], { ...apart[1], x: 5, y: 5 });
  expect(touching).toHaveLength(1);
  expect(touching[0]).toMatchObject({
    classId: 0,
    left: 0,
    top: 0,
    right: 10,
    bottom: 10,
    area: 50,
    strength: 1,
  });
});

test("touching regions of two colours stay two, by class id", () => {
  const found = find(
    { colour: "blue", x: 10, y: 10, width: 4, height: 4 },
    { colour: "green", x: 14, y: 10, width: 4, height: 4 },
  );
  expect(found.map(({ classId, left, right }) => [classId, left, right])).toEqual([
    [1, 14, 18],
    [2, 10, 14],
  ]);
});

test("specks of less than four pixels are no regions", () => {
  expect(find({ colour: "red", x: 1, y: 1, width: 3, height: 1 })).toEqual([]);
  expect(find({ colour: "red", x: 1, y: 1, width: 2, height: 2 })).toHaveLength(1);
});
