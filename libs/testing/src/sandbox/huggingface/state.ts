import type { Exchange } from "../exchange.ts";

/** The token that routes below `/private` ask for; test data, not a secret. */
export const PRIVATE_TOKEN = "hf_contract_token";

/** One request as `GET /_test/requests` shows it. */
export interface RequestNote {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the caller went away before the answer was complete. */
  left: boolean;
}

const NOTED_HEADERS = ["authorization", "content-type", "accept", "x-wait-for-model"] as const;

/** How long loading takes after `POST /_test/unload` without `seconds`. */
const DEFAULT_LOADING_SECONDS = 1;

/** What the routes of the second system remember. */
export interface HuggingFaceState {
  readonly notes: RequestNote[];
  /** Notes a request. */
  note(exchange: Exchange, path: string): RequestNote;
  /** Lets every model load again, which takes so long from the first request on. */
  unload(seconds?: number): void;
  /** Seconds until a model is loaded; 0 when it is. Begins to load it. */
  load(model: string): number;
  isLoaded(model: string): boolean;
}

/** A state in which every model is loaded. */
export function createHuggingFaceState(now: () => number = () => performance.now()): HuggingFaceState {
  const notes: RequestNote[] = [];
  const readyAt = new Map<string, number>();
  let seconds = 0;
  const left = (model: string) => Math.max(0, ((readyAt.get(model) ?? now()) - now()) / 1000);
  return {
    notes,
    note: (exchange, path) => {
      const headers = NOTED_HEADERS.flatMap((name) => {
        const value = exchange.headers[name];
        return typeof value === "string" ? [[name, value]] : [];
      });
      const note = { method: exchange.method, path, headers: Object.fromEntries(headers), left: false };
      notes.push(note);
      return note;
    },
    unload: (given = DEFAULT_LOADING_SECONDS) => {
      seconds = given;
      readyAt.clear();
    },
    load: (model) => {
      if (!readyAt.has(model)) readyAt.set(model, now() + seconds * 1000);
      return left(model);
    },
    isLoaded: (model) => (seconds === 0 ? true : readyAt.has(model) && left(model) === 0),
  };
}
