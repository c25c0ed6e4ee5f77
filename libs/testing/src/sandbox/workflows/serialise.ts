import { loadSharp } from "../picture.ts";
import { type DetectedBox, DetectionsValue, type Origin, PictureValue } from "./values.ts";

/** Quality of the JPEG that the server writes into an answer. */
const JPEG_QUALITY = 95;

/** The picture as base64 of a JPEG. */
export async function jpegOf({ pixels, grey }: PictureValue, quality = JPEG_QUALITY): Promise<string> {
  const open = await loadSharp("the sandbox server to write pictures");
  const { width, height, data } = pixels;
  const picture = open(data, { raw: { width, height, channels: 3 } });
  const encoded = (grey ? picture.toColourspace("b-w") : picture).jpeg({ quality });
  return (await encoded.toBuffer()).toString("base64");
}

const originFields = ({ left, top, width, height }: Origin) => ({
  offset_x: left,
  offset_y: top,
  width,
  height,
});

/** Fields of what was found in or cut from a part of a picture. */
const lineage = (parent: Origin, root: Origin) => ({
  parent_id: parent.id,
  parent_origin: originFields(parent),
  root_parent_id: root.id,
  root_parent_origin: originFields(root),
});

async function picture(value: PictureValue): Promise<object> {
  return {
    type: "base64",
    value: value.original ?? (await jpegOf(value)),
    video_metadata: {
      video_identifier: value.parent.id,
      frame_number: 0,
      frame_timestamp: value.madeAt,
      fps: 30,
      measured_fps: null,
      comes_from_video_file: null,
      total_frames: null,
    },
    ...(value.parent.id === value.root.id ? {} : lineage(value.parent, value.root)),
  };
}

const boxFields = (box: DetectedBox, { parent, root }: DetectionsValue) => ({
  width: box.right - box.left,
  height: box.bottom - box.top,
  x: (box.left + box.right) / 2,
  y: (box.top + box.bottom) / 2,
  confidence: box.confidence,
  class_id: box.classId,
  class: box.className,
  detection_id: box.detectionId,
  parent_id: parent.id,
  ...(parent.id === root.id ? {} : lineage(parent, root)),
});

const detections = (value: DetectionsValue) => ({
  image: { width: value.width, height: value.height },
  predictions: value.boxes.map((box) => boxFields(box, value)),
});

/** A value as the answer holds it: pictures as base64, detections as boxes, everything else as it is. */
export async function serialise(value: unknown, inParent: boolean): Promise<unknown> {
  if (value instanceof PictureValue) return picture(value);
  if (value instanceof DetectionsValue) return detections(inParent ? value.inRoot() : value);
  if (Array.isArray(value)) return Promise.all(value.map((item) => serialise(item, inParent)));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(async ([key, item]) => [key, await serialise(item, inParent)]);
  return Object.fromEntries(await Promise.all(entries));
}
