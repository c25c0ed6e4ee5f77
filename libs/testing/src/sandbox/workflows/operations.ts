import { ownValue } from "./own-value.ts";
import { type DetectedBox, DetectionsValue, PictureValue } from "./values.ts";

/** One operation of the query language, as a specification holds it. */
export type Operation = Readonly<Record<string, unknown>>;

/** Values that a filter's statements may name besides the detection itself. */
export type OperationParameters = Readonly<Record<string, unknown>>;

/** Raised when an operation meets a value that it cannot work on. */
export class OperationFailure extends Error {}

const centre = (box: DetectedBox) => [(box.left + box.right) / 2, (box.top + box.bottom) / 2];

/** Properties of one detection. */
const BOX_PROPERTIES: Readonly<Record<string, (box: DetectedBox) => unknown>> = {
  class_name: (box) => box.className,
  class_id: (box) => box.classId,
  confidence: (box) => box.confidence,
  x_min: (box) => box.left,
  y_min: (box) => box.top,
  x_max: (box) => box.right,
  y_max: (box) => box.bottom,
  size: (box) => (box.right - box.left) * (box.bottom - box.top),
  center: centre,
  top_left: (box) => [box.left, box.top],
  top_right: (box) => [box.right, box.top],
  bottom_left: (box) => [box.left, box.bottom],
  bottom_right: (box) => [box.right, box.bottom],
};

const PICTURE_PROPERTIES: Readonly<Record<string, (picture: PictureValue) => unknown>> = {
  size: ({ pixels }) => pixels.width * pixels.height,
  width: ({ pixels }) => pixels.width,
  height: ({ pixels }) => pixels.height,
  aspect_ratio: ({ pixels }) => pixels.width / pixels.height,
};

const fail = (operation: string, wanted: string): never => {
  throw new OperationFailure(`Operation ${operation} works on ${wanted} only.`);
};

type Run = (value: unknown, operation: Operation, parameters: OperationParameters) => unknown;

/** The operations of the query language that the sandbox has. */
const OPERATIONS: Readonly<Record<string, Run>> = {
  SequenceLength: (value) => {
    if (value instanceof DetectionsValue) return value.boxes.length;
    return Array.isArray(value) ? value.length : fail("SequenceLength", "sequences");
  },
  DetectionsPropertyExtract: (value, operation) => {
    if (!(value instanceof DetectionsValue)) return fail("DetectionsPropertyExtract", "detections");
    const read = ownValue(BOX_PROPERTIES, String(operation.property_name));
    return read === undefined
      ? fail("DetectionsPropertyExtract", `the properties ${Object.keys(BOX_PROPERTIES).join(", ")}`)
      : value.boxes.map(read);
  },
  ExtractImageProperty: (value, operation) => {
    if (!(value instanceof PictureValue)) return fail("ExtractImageProperty", "images");
    const read = ownValue(PICTURE_PROPERTIES, String(operation.property_name));
    return read === undefined
      ? fail("ExtractImageProperty", `the properties ${Object.keys(PICTURE_PROPERTIES).join(", ")}`)
      : read(value);
  },
  DetectionsFilter: (value, operation, parameters) => {
    if (!(value instanceof DetectionsValue)) return fail("DetectionsFilter", "detections");
    const kept = value.boxes.filter((box) => holds(operation.filter_operation, box, parameters));
    return value.withBoxes(kept);
  },
};

/** Names of the operations that the sandbox has. */
export const OPERATION_NAMES: readonly string[] = Object.keys(OPERATIONS);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What is wrong with a list of operations. */
export function operationProblems(value: unknown): readonly { type: string; message: string }[] {
  if (!Array.isArray(value)) return [{ type: "list_type", message: "Input should be a valid list" }];
  return value.flatMap((item: unknown) => {
    if (!isRecord(item) || item.type === undefined) {
      return [
        {
          type: "union_tag_not_found",
          message: "Unable to extract tag using discriminator 'type'",
        },
      ];
    }
    if (OPERATION_NAMES.includes(String(item.type))) return [];
    const known = OPERATION_NAMES.map((name) => `'${name}'`).join(", ");
    const message = `Input tag '${item.type}' found using 'type' does not match any of the expected tags: ${known}`;
    return [{ type: "union_tag_invalid", message }];
  });
}

/** The value after all operations, one after the other. */
export function applyOperations(
  value: unknown,
  operations: unknown,
  parameters: OperationParameters,
): unknown {
  const list: readonly unknown[] = Array.isArray(operations) ? operations : [];
  return list.reduce<unknown>((current, operation) => {
    const run = isRecord(operation) ? ownValue(OPERATIONS, String(operation.type)) : undefined;
    if (run === undefined || !isRecord(operation)) return fail("of this type", "other servers");
    return run(current, operation, parameters);
  }, value);
}

type Compare = (left: unknown, right: unknown) => boolean;

const numbers =
  (compare: (left: number, right: number) => boolean): Compare =>
  (left, right) =>
    compare(Number(left), Number(right));

const within: Compare = (left, right) => Array.isArray(right) && right.includes(left);

/** Comparators of two values. */
const COMPARATORS: Readonly<Record<string, Compare>> = {
  "==": (left, right) => left === right,
  "!=": (left, right) => left !== right,
  "(Number) ==": numbers((left, right) => left === right),
  "(Number) !=": numbers((left, right) => left !== right),
  "(Number) >": numbers((left, right) => left > right),
  "(Number) >=": numbers((left, right) => left >= right),
  "(Number) <": numbers((left, right) => left < right),
  "(Number) <=": numbers((left, right) => left <= right),
  "(String) contains": (left, right) => String(left).includes(String(right)),
  "(String) startsWith": (left, right) => String(left).startsWith(String(right)),
  "(String) endsWith": (left, right) => String(left).endsWith(String(right)),
  "in (Sequence)": within,
};

/** Name of the detection itself among the operands. */
const ITSELF = "_";

function operand(value: unknown, box: DetectedBox, parameters: OperationParameters): unknown {
  if (!isRecord(value)) return undefined;
  if (value.type === "StaticOperand") return value.value;
  const name = String(value.operand_name ?? ITSELF);
  const start: unknown = name === ITSELF ? box : ownValue(parameters, name);
  const operations: readonly unknown[] = Array.isArray(value.operations) ? value.operations : [];
  return operations.reduce<unknown>((current, operation) => {
    if (!isRecord(operation) || operation.type !== "ExtractDetectionProperty") return current;
    const read = ownValue(BOX_PROPERTIES, String(operation.property_name));
    return current === box && read !== undefined ? read(box) : undefined;
  }, start);
}

/** Does a statement hold for a detection. */
function holds(statement: unknown, box: DetectedBox, parameters: OperationParameters): boolean {
  if (!isRecord(statement)) return fail("DetectionsFilter", "statements");
  if (statement.type === "StatementGroup") {
    const parts: readonly unknown[] = Array.isArray(statement.statements) ? statement.statements : [];
    return statement.operator === "or"
      ? parts.some((part) => holds(part, box, parameters))
      : parts.every((part) => holds(part, box, parameters));
  }
  const comparator = isRecord(statement.comparator) ? String(statement.comparator.type) : "";
  const compare = ownValue(COMPARATORS, comparator);
  if (compare === undefined) {
    throw new OperationFailure(
      `The sandbox does not have the comparator "${comparator}"; it has ${Object.keys(COMPARATORS).join(", ")}.`,
    );
  }
  const result = compare(
    operand(statement.left_operand, box, parameters),
    operand(statement.right_operand, box, parameters),
  );
  return statement.negate === true ? !result : result;
}
