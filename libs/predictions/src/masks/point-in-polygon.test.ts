import fc from "fast-check";
import { expect, test } from "vitest";
import { InstanceMask } from "./instance-mask.ts";
import { pointInPolygon } from "./point-in-polygon.ts";

const vertex = fc.record({ x: fc.integer({ min: 0, max: 15 }), y: fc.integer({ min: 0, max: 15 }) });

test("every whole point inside or on the edge is a pixel of the filled polygon", () => {
  fc.assert(
    fc.property(fc.array(vertex, { minLength: 3, maxLength: 8 }), vertex, (polygon, point) => {
      const mask = InstanceMask.fromPolygons([polygon], { width: 16, height: 16 }).toBitmap();
      if (pointInPolygon(point, polygon) !== "outside") expect(mask.data[point.y * 16 + point.x]).toBe(1);
    }),
  );
});

test("the middle of an edge is on it, and the direction of the outline does not matter", () => {
  fc.assert(
    fc.property(fc.array(vertex, { minLength: 3, maxLength: 8 }), vertex, (polygon, point) => {
      const [first, second] = polygon;
      expect(pointInPolygon({ x: (first!.x + second!.x) / 2, y: (first!.y + second!.y) / 2 }, polygon)).toBe(
        "edge",
      );
      expect(pointInPolygon(point, [...polygon].reverse())).toBe(pointInPolygon(point, polygon));
    }),
  );
});
