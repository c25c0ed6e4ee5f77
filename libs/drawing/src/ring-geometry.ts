import type { Point } from "@inference-ts/predictions";
import type { Ring } from "./scene.ts";

/** Twice the signed area of a ring and its first moments; holes of pixel masks run the other way round and count below zero. */
function momentsOf(ring: Ring): readonly [twiceArea: number, x: number, y: number] {
  let [area, momentX, momentY] = [0, 0, 0];
  let from = ring.at(-1);
  for (const to of ring) {
    if (from !== undefined) {
      const cross = from.x * to.y - to.x * from.y;
      area += cross;
      momentX += (from.x + to.x) * cross;
      momentY += (from.y + to.y) * cross;
    }
    from = to;
  }
  return [area, momentX, momentY];
}

/** Area that rings cover, holes left out. */
export function ringsArea(rings: readonly Ring[]): number {
  return Math.abs(rings.reduce((sum, ring) => sum + momentsOf(ring)[0], 0)) / 2;
}

/** Centre of mass of the covered area; `undefined` where nothing is covered. */
export function ringsCentre(rings: readonly Ring[]): Point | undefined {
  let [area, x, y] = [0, 0, 0];
  for (const ring of rings) {
    const [ringArea, ringX, ringY] = momentsOf(ring);
    area += ringArea;
    x += ringX;
    y += ringY;
  }
  return area === 0 ? undefined : { x: x / (3 * area), y: y / (3 * area) };
}

/**
 * The line through the centres of the pixels along a mask's edge, from the ring around their outer edges. Covered pixels lie
 * on the right hand of a walker along the ring.
 */
export function throughPixelCentres(ring: Ring): Ring {
  return ring.flatMap((from, index): readonly Point[] => {
    const to = ring[(index + 1) % ring.length];
    if (to === undefined) return [];
    const [stepX, stepY] = [Math.sign(to.x - from.x) / 2, Math.sign(to.y - from.y) / 2];
    return [
      { x: from.x + stepX - stepY, y: from.y + stepY + stepX },
      { x: to.x - stepX - stepY, y: to.y - stepY + stepX },
    ];
  });
}

/** Points of an elliptic arc around a centre, from one angle to another, in degrees clockwise from the right. */
export function arcPoints(
  centre: Point,
  radiusX: number,
  radiusY: number,
  startDegrees: number,
  endDegrees: number,
): Ring {
  const steps = Math.max(1, Math.ceil(Math.abs(endDegrees - startDegrees) / 5));
  return Array.from({ length: steps + 1 }, (_, step) => {
    const angle = ((startDegrees + ((endDegrees - startDegrees) * step) / steps) * Math.PI) / 180;
    return { x: centre.x + radiusX * Math.cos(angle), y: centre.y + radiusY * Math.sin(angle) };
  });
}
