import { createReadStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import sharp from "sharp";
import { isRecord, placeholder } from "../golden/json.ts";
import type { RecordedInput } from "./case.ts";

type Fill = (text: string) => string;
type Maker = (file: string, input: RecordedInput, fill: Fill) => unknown;

/** What each kind of Python input is for our client. */
const MAKERS: Readonly<Record<string, Maker>> = {
  path: (file) => file,
  pathlib: (file) => pathToFileURL(file),
  bytes: (file) => new Uint8Array(readFileSync(file)),
  bytearray: (file) => Uint8Array.from(readFileSync(file)).buffer,
  memoryview: (file) => new Uint8Array(readFileSync(file)),
  url: (_file, input, fill) => fill(input.url ?? ""),
  "file-object": (file) => createReadStream(file),
  bytesio: (file) => new Blob([new Uint8Array(readFileSync(file))]),
  pil: (file) => sharp(file),
  base64: (file) => readFileSync(file).toString("base64"),
  "data-url": (file) => `data:image/png;base64,${readFileSync(file).toString("base64")}`,
};

/** Fills `{"$input": name}` into a recorded argument; `fill` replaces the placeholders of an address. */
export function makeArgument(
  value: unknown,
  inputs: Readonly<Record<string, RecordedInput>>,
  folder: string,
  fill: Fill,
): unknown {
  const name = placeholder(value, "$input");
  if (typeof name === "string") {
    const input = inputs[name];
    const make = input === undefined ? undefined : MAKERS[input.kind];
    if (input === undefined || make === undefined) {
      throw new Error(`The runner knows no input "${name}" of kind "${input?.kind}".`);
    }
    return make(join(folder, input.file), input, fill);
  }
  if (Array.isArray(value)) return value.map((item) => makeArgument(item, inputs, folder, fill));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, makeArgument(item, inputs, folder, fill)]),
  );
}
