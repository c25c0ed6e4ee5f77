import { InvalidParameterError } from "@inference-ts/errors";

/**
 * How the sandbox can misbehave. Given by the request header `x-sandbox-fault` as `name=value` pairs joined by `;`, or by
 * {@link SandboxOptions.faults}.
 *
 * | header | option | effect |
 * | --- | --- | --- |
 * | `status=503` | `status: 503` | answers this status with `{"message": ...}` instead of doing the work |
 * | `retry-after=1` | `retryAfter: "1"` | adds the header `Retry-After` to the answer |
 * | `delay=200` | `delayMs: 200` | waits before the answer is sent, in milliseconds |
 * | `loading=2` | `loadingSeconds: 2` | 503 of a model that loads, as Hugging Face says it, with this `estimated_time` in seconds |
 * | `reset` | `kind: "reset"` | resets the connection without an answer |
 * | `stall` | `kind: "stall"` | never answers; the connection stays open |
 * | `stall-body` | `kind: "stall-body"` | sends the headers and half of the answer, then nothing more |
 * | `truncate` | `kind: "truncate"` | announces the whole answer, sends half, closes the connection |
 * | `slow=20` | `slowMs: 20` | sends the answer in ten pieces with this pause between them, in milliseconds |
 * | `html` | `kind: "html"` | an HTML error page (status 502 unless `status` says otherwise) |
 * | `not-json` | `kind: "not-json"` | status 200 and a text that is not JSON, declared as JSON |
 * | `wrong-shape` | `kind: "wrong-shape"` | status 200 and JSON that is no answer of any route |
 * | `wrong-length` | `kind: "wrong-length"` | a list answer without its last item |
 * | `empty` | `kind: "empty"` | status 200 (or `status`) and no body |
 * | `live-die=5` | `live: { die: 5 }` | a live video worker is gone after 5 frames without a sign, as one that is killed |
 * | `live-stall=5` | `live: { stall: 5 }` | a live video worker does nothing more after 5 frames; the connection stays |
 * | `live-close=5` | `live: { close: 5 }` | a live video worker closes the connection after 5 frames, without an end message |
 * | `live-partial=5` | `live: { partial: 5 }` | the message of frame 5 lacks its last part |
 * | `live-late=200` | `live: { late: 200 }` | every result comes so many milliseconds late, after its picture |
 * | `live-after-end` | `live: { afterEnd: 1 }` | a live video worker sends one message more after the end message |
 * | `times=2` | `times: 2` | only the first two requests with this very fault suffer, later ones are served |
 * | `id=abc` | - | sets apart faults with the same text, so that `times` counts them one by one |
 */
export interface Fault {
  readonly kind?: FaultKind;
  readonly status?: number;
  readonly retryAfter?: string;
  readonly delayMs?: number;
  readonly loadingSeconds?: number;
  readonly slowMs?: number;
  readonly times?: number;
  /** Of the live video session that the request starts. */
  readonly live?: LiveFault;
}

/** How a live video session misbehaves; numbers count frames, those of `late` milliseconds. */
export type LiveFault = Readonly<Partial<Record<LiveFaultKind, number>>>;

/** Names of the live video faults. */
export type LiveFaultKind = "die" | "stall" | "close" | "partial" | "late" | "afterEnd";

/** Faults that are more than a status or a pause. */
export type FaultKind = (typeof FAULT_KINDS)[number];

const FAULT_KINDS = [
  "reset",
  "stall",
  "stall-body",
  "truncate",
  "html",
  "not-json",
  "wrong-shape",
  "wrong-length",
  "empty",
] as const;

/** Faults that are not asked for by a request. */
export type FaultPlan =
  /** One entry a request, in order of arrival; `null` and requests after the last entry are served. */
  | { readonly sequence: readonly (Fault | null)[] }
  /** Each request suffers with this probability (0..1). `random` defaults to `Math.random`. */
  | { readonly probability: number; readonly fault: Fault; readonly random?: () => number };

/** Request header that asks for a fault. */
export const FAULT_HEADER = "x-sandbox-fault";

function invalid(text: string, rule: string): InvalidParameterError {
  return new InvalidParameterError(`The fault "${text}" of ${FAULT_HEADER} is not known: ${rule}`);
}

/** Longer timers would fire at once. */
const MAX_WAIT = 2 ** 31 - 1;

function wholeNumber(text: string, value: string): number {
  const parsed = Number(value);
  if (value === "" || !Number.isInteger(parsed) || parsed < 0 || parsed > MAX_WAIT) {
    throw invalid(text, `its value must be a whole number of 0 to ${MAX_WAIT}.`);
  }
  return parsed;
}

function httpStatus(text: string, value: string): number {
  const status = wholeNumber(text, value);
  if (status >= 200 && status <= 599) return status;
  throw invalid(text, "a status is a number from 200 to 599.");
}

const isKind = (name: string): name is FaultKind => FAULT_KINDS.some((kind) => kind === name);

const live = (kind: LiveFaultKind) => (text: string, value: string) => ({
  live: { [kind]: wholeNumber(text, value) },
});

const SETTINGS: Readonly<Record<string, (text: string, value: string) => Fault>> = {
  status: (text, value) => ({ status: httpStatus(text, value) }),
  "retry-after": (_text, value) => ({ retryAfter: value }),
  delay: (text, value) => ({ delayMs: wholeNumber(text, value) }),
  loading: (text, value) => ({ loadingSeconds: wholeNumber(text, value) }),
  slow: (text, value) => ({ slowMs: wholeNumber(text, value) }),
  times: (text, value) => ({ times: wholeNumber(text, value) }),
  id: () => ({}),
  "live-die": live("die"),
  "live-stall": live("stall"),
  "live-close": live("close"),
  "live-partial": live("partial"),
  "live-late": live("late"),
  "live-after-end": () => ({ live: { afterEnd: 1 } }),
};

/**
 * Reads the text of a fault header.
 *
 * @throws InvalidParameterError for a name or a value that the table of {@link Fault} does not have.
 */
export function parseFault(header: string): Fault {
  let fault: Fault = {};
  for (const part of header.split(";").map((piece) => piece.trim())) {
    if (part === "") continue;
    const [name = "", value = ""] = part.split("=", 2);
    const setting = Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined;
    if (setting !== undefined) {
      const more = setting(part, value);
      fault = { ...fault, ...more, ...(more.live && { live: { ...fault.live, ...more.live } }) };
    } else if (isKind(name)) fault = { ...fault, kind: name };
    else throw invalid(part, `use one of ${[...FAULT_KINDS, ...Object.keys(SETTINGS)].join(", ")}.`);
  }
  return fault;
}

/** Decides which fault, if any, each request suffers. */
export interface FaultSelector {
  next(header: string | undefined): Fault | null;
}

/** Makes a selector; the header of a request wins over the plan. */
export function createFaultSelector(plan: FaultPlan | undefined): FaultSelector {
  const used = new Map<string, number>();
  let arrived = 0;

  const limited = (fault: Fault | null, name: string): Fault | null => {
    if (fault?.times === undefined) return fault;
    const count = (used.get(name) ?? 0) + 1;
    used.set(name, count);
    return count <= fault.times ? fault : null;
  };

  const planned = (): Fault | null => {
    if (plan === undefined) return null;
    if ("sequence" in plan) return plan.sequence[arrived++] ?? null;
    return (plan.random ?? Math.random)() < plan.probability ? limited(plan.fault, "plan") : null;
  };

  return {
    next: (header) => (header === undefined ? planned() : limited(parseFault(header), `header ${header}`)),
  };
}
