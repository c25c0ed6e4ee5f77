import { createReadStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import sharp from "sharp";
import { isRecord, placeholder } from "./json.ts";
import type { RecordedInput } from "./read-case.ts";

type Maker = (file: string, input: RecordedInput) => unknown;

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  bmp: "image/bmp",
};

/** What each kind of Python input is for our client. */
const MAKERS: Readonly<Record<string, Maker>> = {
  path: (file) => file,
  url: (_file, input) => input.url,
  base64: (file) => readFileSync(file).toString("base64"),
  "data-url": (file) =>
    `data:${MEDIA_TYPES[file.split(".").at(-1) ?? ""] ?? "application/octet-stream"};base64,${readFileSync(file).toString("base64")}`,
  // numpy pictures are blue-green-red; ours are red-green-blue, so decoding gives the counterpart of the array.
  ndarray: async (file) => {
    // OpenCV turns pictures upright when it reads a file.
    const { data, info } = await sharp(file)
      .rotate()
      .removeAlpha()
      .toColourspace("srgb")
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { data: new Uint8Array(data), width: info.width, height: info.height, channels: 3 };
  },
  "ndarray-unchanged": async (file) => {
    const { channels } = await sharp(file).metadata();
    const grey = channels === 1;
    const { data, info } = await sharp(file)
      .toColourspace(grey ? "b-w" : "srgb")
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { data: new Uint8Array(data), width: info.width, height: info.height, channels: info.channels };
  },
  "ndarray-float": async (file) => {
    const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    return {
      data: Float32Array.from(data, (value) => value / 255),
      width: info.width,
      height: info.height,
      channels: info.channels,
    };
  },
  pil: (file) => sharp(file),
  bytes: (file) => new Uint8Array(readFileSync(file)),
  pathlib: (file) => pathToFileURL(file),
  "file-object": (file) => createReadStream(file),
};

/** Fills `{"$input": name}` and `{"$tuple": [...]}` into a recorded argument. */
export async function makeArgument(
  value: unknown,
  inputs: Readonly<Record<string, RecordedInput>>,
  folder: string,
): Promise<unknown> {
  const name = placeholder(value, "$input");
  if (typeof name === "string") {
    const input = inputs[name];
    if (input === undefined) throw new Error(`The case names the input "${name}" and does not describe it.`);
    const make = MAKERS[input.kind];
    if (make === undefined) throw new Error(`The runner knows no input of kind "${input.kind}".`);
    return make(join(folder, input.file), input);
  }
  const tuple = placeholder(value, "$tuple");
  const list = Array.isArray(tuple) ? tuple : Array.isArray(value) ? value : undefined;
  if (list !== undefined) return Promise.all(list.map((item) => makeArgument(item, inputs, folder)));
  if (isRecord(value)) {
    const entries = Object.entries(value).map(async ([key, item]) => [
      key,
      await makeArgument(item, inputs, folder),
    ]);
    return Object.fromEntries(await Promise.all(entries));
  }
  return value;
}
