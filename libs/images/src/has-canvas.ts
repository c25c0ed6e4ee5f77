/** Whether the runtime has what the canvas codec is made of. */
export function hasCanvas(): boolean {
  return "OffscreenCanvas" in globalThis && "createImageBitmap" in globalThis;
}
