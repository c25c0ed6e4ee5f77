import { browserImageRuntime, type ImageRuntime, type UrlPolicy } from "@inference-ts/images";

/** What loads pictures and sounds that are no bytes yet, with the first of them. */
export function portableMedia(policy: Partial<UrlPolicy> | undefined): ImageRuntime {
  return browserImageRuntime({ policy, anyContent: true });
}
