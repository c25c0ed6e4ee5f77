/**
 * The calls that run now. Not a `Set`: a set that grows and shrinks all the time replaces its table again and again, and engines
 * let each dead table hold the next one with all that is in it. In V8 finished calls, with their bodies, would stay in memory until
 * the next full collection.
 */
export interface RunningCalls<Call> extends Iterable<Call> {
  /** Adds a call; the returned function takes it out and may be called again. */
  enter(call: Call): () => void;
}

/** Makes an empty list. Entering and leaving take constant time; the order of the calls is not kept. */
export function createRunningCalls<Call>(): RunningCalls<Call> {
  const places: Place<Call>[] = [];
  const leave = (place: Place<Call>): void => {
    if (places[place.index] !== place) return;
    const last = places.pop();
    if (last === undefined || last === place) return;
    last.index = place.index;
    places[place.index] = last;
  };
  return {
    enter: (call) => {
      const place: Place<Call> = { call, index: places.length };
      places.push(place);
      return () => leave(place);
    },
    // A copy: ending a call takes it out.
    [Symbol.iterator]: () => places.map(({ call }) => call)[Symbol.iterator](),
  };
}

interface Place<Call> {
  readonly call: Call;
  index: number;
}
