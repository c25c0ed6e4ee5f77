/** What one packet adds to its frame. */
export interface Fragment {
  /** Pieces to append to the frame, views on the packet where possible. */
  readonly parts: readonly Uint8Array[];
  /** Certain to be the first of its frame. */
  readonly startsFrame: boolean;
  /** Certain not to be the first of its frame. */
  readonly continues: boolean;
  /** Belongs to a frame that can be decoded without those before it. */
  readonly isKey: boolean;
}

/** Reads the payload of one packet; undefined when it is malformed. */
export type Depacketizer = (payload: Uint8Array) => Fragment | undefined;
