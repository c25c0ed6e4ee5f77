import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { placeholder } from "../json.ts";
import type { GoldenCase, RecordedInput } from "../read-case.ts";

/** What our client makes of one recorded picture argument, found without asking the client. */
export type LeafKind =
  /** Python and we both take it. */
  | "taken"
  /** We take it, Python refuses it: bytes, streams, file URLs. */
  | "taken by us only"
  /** Encoded bytes that are no picture, or not a whole one. */
  | "no picture"
  /** Text that names neither a file nor a URL and is no base64 of a picture; a directory. */
  | "no source"
  /** A number, null, an object. */
  | "no image type"
  /** Pixels that are not 8 bits a channel. */
  | "float pixels"
  /** A URL whose scheme is written in capitals. */
  | "url in capitals";

const OURS_ONLY = new Set(["bytes", "pathlib", "file-object"]);
const ENCODED = new Set(["path", "base64", "data-url", "bytes", "pathlib", "file-object"]);
const MAGIC = [
  /^\xff\xd8\xff/,
  /^\x89PNG/,
  /^GIF8/,
  /^RIFF[\s\S]{4}WEBP/,
  /^BM/,
  /^II\*\0/,
  /^MM\0\*/,
  /^[\s\S]{4}ftyp(avif|avis|hei[cfsx]|mif1|msf1)/,
];

/** Classifies one picture argument of a case. */
export function leafKind(leaf: unknown, golden: GoldenCase, inputs: string): LeafKind {
  const name = placeholder(leaf, "$input");
  const input = typeof name === "string" ? golden.inputs[name] : undefined;
  if (input !== undefined) return inputKind(input, inputs);
  if (typeof leaf !== "string") return "no image type";
  if (/^https?:\/\//.test(leaf) || leaf.startsWith("{DEAD}") || leaf.startsWith("{BASE}")) return "taken";
  if (/^https?:\/\//i.test(leaf)) return "url in capitals";
  const path = leaf.replace("{INPUTS}", inputs);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return "no source";
  if (found?.isFile()) return isPicture(readFileSync(path)) ? "taken" : "no picture";
  if (!/^[A-Za-z0-9+/\s]+={0,2}$/.test(leaf)) return "no source";
  return isPicture(Buffer.from(leaf, "base64")) ? "taken" : "no source";
}

/** The file behind a picture argument; `undefined` for literal values. */
export function fileOf(leaf: unknown, golden: GoldenCase): RecordedInput | undefined {
  const name = placeholder(leaf, "$input");
  return typeof name === "string" ? golden.inputs[name] : undefined;
}

function inputKind(input: RecordedInput, inputs: string): LeafKind {
  if (input.kind === "ndarray-float") return "float pixels";
  if (ENCODED.has(input.kind) && !isPicture(readFileSync(join(inputs, input.file)))) return "no picture";
  return OURS_ONLY.has(input.kind) ? "taken by us only" : "taken";
}

/** A known beginning and, for JPEG and PNG, an end. */
function isPicture(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = buffer.subarray(0, 16).toString("latin1");
  if (!MAGIC.some((magic) => magic.test(start))) return false;
  if (start.startsWith("\xff\xd8\xff")) return buffer.lastIndexOf(Buffer.from([0xff, 0xd9])) > 0;
  if (start.startsWith("\x89PNG")) return buffer.includes("IEND");
  return true;
}
