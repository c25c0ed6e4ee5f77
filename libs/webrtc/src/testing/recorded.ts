import channelMessages from "./recorded-channel-messages.json" with { type: "json" };
import fileTranscript from "./recorded-transcript-file.json" with { type: "json" };
import manualTranscript from "./recorded-transcript-manual.json" with { type: "json" };

/** One message as it arrived: the bytes of a chunk, or text. */
export interface RecordedMessage {
  readonly base64?: string;
  readonly text?: string;
}

/** Messages recorded with the Python client 1.8.3, and what its handlers got. */
export interface RecordedChannelCase {
  readonly id: string;
  readonly messages: readonly RecordedMessage[];
  readonly delivered: readonly {
    readonly handler?: string;
    readonly value?: unknown;
    readonly metadata?: { readonly frame_id: number } | null;
  }[];
  /** Why the Python client's way is not ours, when it is not. */
  readonly deviation: string | null;
  /** The output whose picture comes in the data. */
  readonly picture: string | null;
}

export const RECORDED_CHANNEL_CASES: readonly RecordedChannelCase[] = channelMessages;

/** What the channel hands over. */
export function receivedFrom({ base64, text }: RecordedMessage): string | Uint8Array {
  return base64 === undefined ? (text ?? "") : new Uint8Array(Buffer.from(base64, "base64"));
}

/** Messages of real workers of server 1.8.3, in the order of arrival: nine of each session, the last ones included. */
export const RECORDED_TRANSCRIPTS: Readonly<Record<"manual" | "file", readonly string[]>> = {
  manual: manualTranscript,
  file: fileTranscript,
};
