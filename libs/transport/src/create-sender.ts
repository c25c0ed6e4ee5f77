import { createSenderOf, type Sender, type SenderOptions } from "./send.ts";

/** Makes a sender that reads error answers as the Roboflow server writes them. */
export function createSender(options: SenderOptions): Sender {
  // Loaded with the first failure.
  return createSenderOf(options, async (answer) =>
    (await import("./roboflow-errors.ts")).httpCallError(answer),
  );
}
