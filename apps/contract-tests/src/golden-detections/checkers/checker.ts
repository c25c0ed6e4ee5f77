import type { Vector } from "../vector.ts";

/** Does what a vector asks and compares the result; problems are empty when all is as expected. */
export type Checker = (vector: Vector, expected: unknown) => Promise<string[]> | string[];
