import { InvalidParameterError } from "@inference-ts/errors";
import type { ImageSource } from "@inference-ts/images";

/** The value of an image input: one picture, a batch, or nested batches. */
export type WorkflowImageInput = ImageSource | readonly WorkflowImageInput[];

/** The images of a run by the names of its inputs. */
export type WorkflowImages = Readonly<Record<string, WorkflowImageInput>>;

/** The parameters of a run by the names of its inputs: any JSON. */
export type WorkflowParameters = Readonly<Record<string, unknown>>;

/** The inputs of a run, its images taken out. */
export interface InputPlan {
  /** Every image in the order in which it stands in the inputs, lists flattened. */
  readonly images: readonly ImageSource[];
  /** The `inputs` of the request: images where they stood, as many as `images` has, then parameters. */
  inputs(images: readonly unknown[]): Record<string, unknown>;
}

/** Where an image stands: its number, or a list of places. */
type Place = number | readonly Place[];

/** Batches are two or three deep; far more is a list that holds itself. */
const DEEPEST_BATCH = 16;

/**
 * Plans the inputs of a run.
 *
 * @throws InvalidParameterError when a name is that of an image and of a parameter, or a parameter is no JSON.
 */
export function planInputs(images: WorkflowImages = {}, parameters: WorkflowParameters = {}): InputPlan {
  checkNames("images", images);
  checkNames("parameters", parameters);
  for (const name of Object.keys(images)) {
    if (!Object.hasOwn(parameters, name)) continue;
    throw new InvalidParameterError(`The input "${name}" is among the images and among the parameters.`, {
      hint: "Each input has one value: leave it out of one of them.",
    });
  }
  for (const [name, value] of Object.entries(parameters)) checkParameter(name, value);
  const sources: ImageSource[] = [];
  const places = Object.entries(images).map(
    ([name, value]) => [name, placeOf(name, value, sources, 0)] as const,
  );
  return {
    images: sources,
    inputs: (loaded) => ({
      ...Object.fromEntries(places.map(([name, place]) => [name, fill(place, loaded)])),
      ...parameters,
    }),
  };
}

function checkNames(what: string, values: unknown): void {
  if (typeof values === "object" && values !== null && !Array.isArray(values)) return;
  throw new InvalidParameterError(`${what} must be an object with the names of inputs.`, {
    hint: `Write ${what}: { image: ... }.`,
  });
}

function placeOf(name: string, value: WorkflowImageInput, sources: ImageSource[], depth: number): Place {
  if (!isBatch(value)) return sources.push(value) - 1;
  if (depth === DEEPEST_BATCH) {
    throw new InvalidParameterError(`The batches of the input "${name}" are nested too deeply.`);
  }
  return value.map((item) => placeOf(name, item, sources, depth + 1));
}

function fill(place: Place, images: readonly unknown[]): unknown {
  return typeof place === "number" ? images[place] : place.map((inner) => fill(inner, images));
}

function isBatch(value: WorkflowImageInput): value is readonly WorkflowImageInput[] {
  return Array.isArray(value);
}

function checkParameter(name: string, value: unknown): void {
  const fault = faultIn(value, new Set());
  if (fault === undefined) return;
  const place = `${name}${fault.path}`;
  if (fault.found === "bytes") {
    throw new InvalidParameterError(`The parameter "${place}" holds bytes, which JSON cannot.`, {
      hint: "Pass pictures among the images, other data as text or numbers.",
    });
  }
  throw new InvalidParameterError(`The parameter "${place}" is ${fault.found}, which JSON cannot hold.`);
}

/** What JSON turns into something else without a word, and where below a value it stands, such as `.zone[2]`. */
interface Fault {
  readonly path: string;
  readonly found: "bytes" | number;
}

/** @param above - What the value is in: one that holds itself is refused where it is written. */
function faultIn(value: unknown, above: Set<object>): Fault | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? undefined : { path: "", found: value };
  if (typeof value !== "object" || value === null || above.has(value)) return undefined;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer || value instanceof Blob) {
    return { path: "", found: "bytes" };
  }
  above.add(value);
  for (const name of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    const fault = faultIn(Reflect.get(value, name), above);
    if (fault === undefined) continue;
    return { ...fault, path: `${typeof name === "number" ? `[${name}]` : `.${name}`}${fault.path}` };
  }
  above.delete(value);
  return undefined;
}
