/** Turns RTP timestamps (32 bits, from a random start) into ticks that are 0 for the first picture. */
export class RtpClock {
  #last: number | undefined;
  #ticks = 0;

  ticksOf(rtpTimestamp: number): number {
    // The difference as a signed number of 32 bits: right across the wrap, and for a picture that came late.
    this.#ticks += this.#last === undefined ? 0 : (rtpTimestamp - this.#last) | 0;
    this.#last = rtpTimestamp;
    return this.#ticks;
  }
}
