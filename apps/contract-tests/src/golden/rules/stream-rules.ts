import { callsWithOutcome, changeRequests, type ExpectedOutcome } from "../expectation.ts";
import { isRecord, placeholder } from "../json.ts";
import type { GoldenCase, RecordedRequest } from "../read-case.ts";
import { argument, isInference } from "../recorded-facts.ts";
import type { DeviationRule } from "./rule.ts";

/** Rules about folders and videos. */
export const STREAM_RULES: readonly DeviationRule[] = [
  {
    name: "folders come in natural order",
    topic: "lists",
    codes: ["D-folder-order"],
    python: "The pictures of a folder come in the order of the disk.",
    ours: "They come in natural order of their names, letter case second.",
    apply: (expectation, { golden }) => {
      const outcome = expectation.outcomes[0];
      if (outcome?.kind !== "result" || !Array.isArray(outcome.value)) return null;
      const items = itemsOf(golden, outcome);
      if (items.length < 2 || !items.every(({ reference }) => typeof reference === "string")) return null;
      const value = items
        .toSorted((a, b) => NAMES.compare(String(a.reference), String(b.reference)))
        .map(({ item }) => item);
      return { ...expectation, outcomes: [{ kind: "result", value }] };
    },
  },
  {
    name: "pictures of folders are sent as they are",
    topic: "inputs",
    codes: [],
    python: "Every picture of a folder is decoded and encoded again as JPEG.",
    ours: "The bytes of the file are sent.",
    apply: (expectation, { golden }) => {
      const files = itemsOf(golden, expectation.outcomes[0]).map(({ reference }) => reference);
      if (files.length === 0 || !files.every((file) => typeof file === "string")) return null;
      let next = 0;
      // The requests of a folder are in no order and say the same but for their picture.
      return changeRequests(expectation, (request) => {
        if (!isInference(request)) return request;
        const file = String(files[next++]).replace("{INPUTS}/", "");
        return withImage(request, { $image: { same_bytes_as: file } });
      });
    },
  },
  {
    name: "a file of a folder that is no picture",
    topic: "errors",
    codes: ["D-folder-unreadable"],
    python: "It is read as nothing and ends the stream with an error that does not name it.",
    ours: "Its item has the error `INVALID_INPUT_FORMAT`, which names the file; the other pictures go on.",
    apply: (expectation, { golden }) => {
      const folder = sourceOf(golden)?.replace("{INPUTS}/", "");
      if (!golden.deviationCodes.includes("D-folder-unreadable") || folder === undefined) return null;
      return {
        ...expectation,
        outcomes: [{ kind: "error", codes: ["INVALID_INPUT_FORMAT"], mentions: [`${folder}/`] }],
      };
    },
  },
  {
    name: "a video that cannot be opened",
    topic: "errors",
    codes: ["D-raw-errors"],
    python: "Ends in a bare exception.",
    ours: "`INVALID_INPUT_FORMAT` that names it.",
    apply: (expectation, { golden, recorded }) => {
      const outcome = recorded[0];
      if (sourceOf(golden) === undefined || outcome?.kind !== "error") return null;
      if (!String(outcome.error.message).startsWith("Could not open video at ")) return null;
      const name = sourceOf(golden)?.split("/").at(-1) ?? "";
      const exchanges = expectation.exchanges.map((exchange) => ({ ...exchange, optional: true }));
      return {
        ...expectation,
        exchanges,
        outcomes: [{ kind: "error", codes: ["INVALID_INPUT_FORMAT"], mentions: [name] }],
      };
    },
  },
  {
    name: "a stream asks the registry once",
    topic: "models",
    codes: ["D-registry-each-call"],
    python: "The description of the model is fetched before every picture of a stream.",
    ours: "It is fetched once.",
    apply: (expectation, { golden }) => {
      const asks = ({ request }: { readonly request: RecordedRequest }): boolean =>
        request.method === "GET" && request.path.endsWith("/model/registry");
      if (sourceOf(golden) === undefined || expectation.exchanges.filter(asks).length < 2) return null;
      const first = expectation.exchanges.findIndex(asks);
      const exchanges = expectation.exchanges.filter((exchange, index) => index === first || !asks(exchange));
      return { ...expectation, exchanges };
    },
  },
];

const NAMES = new Intl.Collator("en", { numeric: true });

/** What a stream case reads; `undefined` for other cases. */
function sourceOf(golden: GoldenCase): string | undefined {
  const call = callsWithOutcome(golden)[0];
  if (call?.method !== "infer_on_stream") return undefined;
  const source = argument(call, "input_uri", 0);
  return typeof source === "string" ? source : undefined;
}

/** The items of a stream's result with the path or number of each. */
function itemsOf(golden: GoldenCase, outcome: ExpectedOutcome | undefined) {
  if (sourceOf(golden) === undefined || outcome?.kind !== "result" || !Array.isArray(outcome.value))
    return [];
  return outcome.value.map((item: unknown) => {
    const parts = placeholder(item, "$tuple");
    return { item, reference: Array.isArray(parts) ? (parts[0] as unknown) : undefined };
  });
}

function withImage(request: RecordedRequest, image: unknown): RecordedRequest {
  const { value } = request.body;
  const changed =
    isRecord(value) && isRecord(value.image) ? { ...value, image: { ...value.image, value: image } } : image;
  return { ...request, body: { ...request.body, value: changed } };
}
