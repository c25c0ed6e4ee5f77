/** One RTP packet of a video track, free of the types of any library. */
export interface VideoPacket {
  /** 16 bits. */
  readonly sequence: number;
  /** 32 bits, 90,000 a second. */
  readonly timestamp: number;
  /** Last packet of its frame. */
  readonly marker: boolean;
  readonly payload: Uint8Array;
}
