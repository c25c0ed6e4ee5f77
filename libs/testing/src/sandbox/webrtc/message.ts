import { gzip } from "node:zlib";

/** What the worker says about a frame, or at the end. */
export interface MessageFields {
  readonly data: object | null;
  readonly frameId: number;
  readonly receivedAt: string;
  readonly pts: number | null;
  readonly timeBase: number | null;
  readonly declaredFps: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly errors: readonly string[];
  readonly isComplete: boolean;
  readonly terminationReason: string | null;
}

const GZIP_LEVEL = 6;

/** The message as the server writes it. */
const wireOf = (fields: MessageFields): object => ({
  serialized_output_data: fields.data,
  video_metadata: {
    frame_id: fields.frameId,
    received_at: fields.receivedAt,
    pts: fields.pts,
    time_base: fields.timeBase,
    declared_fps: fields.declaredFps,
    measured_fps: null,
    width: fields.width,
    height: fields.height,
  },
  errors: fields.errors,
  processing_complete: fields.isComplete,
  termination_reason: fields.terminationReason,
});

/** The bytes of a message; results that hold outputs are compressed, the end and bare metadata never. */
export async function encodeMessage(fields: MessageFields, isCompressed: boolean): Promise<Uint8Array> {
  const plain = Buffer.from(JSON.stringify(wireOf(fields)));
  if (!isCompressed) return plain;
  return new Promise((resolve, reject) => {
    gzip(plain, { level: GZIP_LEVEL }, (error, packed) => (error === null ? resolve(packed) : reject(error)));
  });
}

/** Now, as the server writes it: local time with microseconds and without a zone. */
export const timestamp = (): string => new Date().toISOString().replace("Z", "000");
