/** One way to ask a server for predictions. */
export interface Contender {
  /** Sends one picture; the number of objects found. */
  infer(picture: Buffer): Promise<number>;
  /** Sends many pictures, up to `window` at once; the number of objects found in all of them. */
  inferMany(pictures: Iterable<Buffer>, window: number): Promise<number>;
  close(): Promise<void>;
}

/** What an answer of the server must have. */
interface Answer {
  readonly predictions: readonly unknown[];
}

/** The number of objects in an answer of a hand-written client. */
export function countObjects(answer: Answer): number {
  return answer.predictions.length;
}

/** Runs `infer` on every picture with `window` workers that share the list. */
export async function inPool(
  pictures: Iterable<Buffer>,
  window: number,
  infer: (picture: Buffer) => Promise<number>,
): Promise<number> {
  const queue = pictures[Symbol.iterator]();
  let total = 0;
  const worker = async (): Promise<void> => {
    for (let next = queue.next(); next.done !== true; next = queue.next()) {
      const count = await infer(next.value);
      total += count;
    }
  };
  await Promise.all(Array.from({ length: window }, worker));
  return total;
}
