// The two kinds of streams, loaded together: what they share is as large as either.
export { lineStream } from "./line-stream.ts";
export { eventStream } from "./stream-events.ts";
