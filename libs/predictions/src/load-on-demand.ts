/** Rescaling and the decoding of drawings: only answers to shrunk pictures, or drawings wanted as bytes, need them. */
export const loadResultFinishing = (): Promise<typeof import("./finish-result.ts")> =>
  import("./finish-result.ts");
