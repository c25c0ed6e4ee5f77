import { ClosedError } from "@inference-ts/errors";
import type { LiveSource, SourceFacts } from "../peer/live-source.ts";

/** A video track, and how to let it go. */
export interface OpenedTrack {
  readonly track: MediaStreamTrack;
  /** Frees what was opened for the track. */
  readonly release: () => void;
}

/** What {@link browserSource} is made of. */
interface BrowserSourceParts {
  readonly kind: "webcam" | "manual";
  /** Opens the track. What comes after an abort is released. */
  readonly open: (signal: AbortSignal) => Promise<OpenedTrack>;
}

/** A source whose frames are those of a `MediaStreamTrack`. It is opened once, and one session uses it. */
export function browserSource({ kind, open }: BrowserSourceParts): LiveSource {
  let opening: Promise<OpenedTrack> | undefined;
  let isClosed = false;
  const openOnce = (signal: AbortSignal): Promise<OpenedTrack> => {
    if (isClosed) {
      return Promise.reject(
        new ClosedError("This video source was used already; make a new one for each session."),
      );
    }
    opening ??= open(signal);
    return opening;
  };
  return {
    plan: { kind },
    async prepare(signal): Promise<SourceFacts> {
      const { track } = await openOnce(signal);
      const fps = track.getSettings().frameRate;
      return fps === undefined || fps <= 0 ? {} : { fps };
    },
    async track(signal) {
      return (await openOnce(signal)).track;
    },
    async close() {
      isClosed = true;
      // A device that is asked for right now is let go when it comes; closing does not wait for the user's answer.
      opening?.then(({ release }) => release()).catch(() => undefined);
    },
  };
}
