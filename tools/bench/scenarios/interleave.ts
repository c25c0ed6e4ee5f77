/**
 * Measures several things in turns, so that whatever else the machine does hits all of them alike. The order moves on by one each
 * round, so that none always comes first.
 *
 * @returns The measurements of a name, one per round, in order.
 */
export async function interleave<Name extends string, T>(
  names: readonly Name[],
  rounds: number,
  measure: (name: Name) => Promise<T>,
): Promise<(name: Name) => readonly T[]> {
  const measured = new Map<Name, T[]>();
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length];
      if (name === undefined) continue;
      const samples = measured.get(name) ?? [];
      measured.set(name, samples);
      samples.push(await measure(name));
    }
  }
  return (name) => measured.get(name) ?? [];
}
