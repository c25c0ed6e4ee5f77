import type { Runs } from "../rle.ts";

/** How pixels are neighbours: 4 = along edges, 8 = along edges and corners. */
export type Connectivity = 4 | 8;

interface Stretch {
  readonly column: number;
  readonly top: number;
  readonly bottom: number;
}

function stretchesOf({ width, height, runs }: Runs, covered: boolean): Stretch[] {
  const found: Stretch[] = [];
  if (width * height === 0) return found;
  let at = 0;
  for (const [index, run] of runs.entries()) {
    const end = at + run;
    const wanted = (index % 2 === 1) === covered;
    while (wanted && at < end) {
      const column = Math.floor(at / height);
      const stop = Math.min(end, (column + 1) * height);
      const piece = { column, top: at - column * height, bottom: stop - column * height };
      const last = found.at(-1);
      // Runs of length 0 split a stretch in two that touch.
      if (last?.column === column && last.bottom === piece.top)
        found[found.length - 1] = { ...piece, top: last.top };
      else found.push(piece);
      at = stop;
    }
    at = end;
  }
  return found;
}

/** Connected groups of stretches, as the number of the group of each stretch (some numbers are not used). */
function groupsOf(stretches: readonly Stretch[], connectivity: Connectivity): Int32Array {
  const group = Int32Array.from(stretches, (_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (group[at] !== at) {
      group[at] = group[group[at] ?? 0] ?? 0;
      at = group[at] ?? 0;
    }
    return at;
  };
  const reach = connectivity === 8 ? 1 : 0;
  let left = 0;
  for (const [index, { column, top, bottom }] of stretches.entries()) {
    let other = stretches[left];
    while (
      other !== undefined &&
      (other.column < column - 1 || (other.column === column - 1 && other.bottom + reach <= top))
    ) {
      other = stretches[++left];
    }
    for (let at = left; at < index; at++) {
      const neighbour = stretches[at];
      if (neighbour === undefined || neighbour.column === column || neighbour.top >= bottom + reach) break;
      group[root(at)] = root(index);
    }
  }
  return group.map((_, index) => root(index));
}

/** Number of parts of the covered pixels that do not touch. */
export function countSegments(mask: Runs, connectivity: Connectivity = 4): number {
  return new Set(groupsOf(stretchesOf(mask, true), connectivity)).size;
}

/** Whether uncovered pixels are enclosed by covered ones: groups (neighbours along edges) that do not reach the border. */
export function hasHoles(mask: Runs): boolean {
  const stretches = stretchesOf(mask, false);
  const groups = groupsOf(stretches, 4);
  const outside = new Set<number>();
  for (const [index, { column, top, bottom }] of stretches.entries()) {
    if (column === 0 || column === mask.width - 1 || top === 0 || bottom === mask.height)
      outside.add(groups[index] ?? 0);
  }
  return groups.some((group) => !outside.has(group));
}
