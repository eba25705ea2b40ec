/** The word that was probably meant. */

/** The nearest of `candidates` by edits, if it is near enough to be meant. */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  // A third of the word may be wrong: more, and anything resembles anything.
  let bound = Math.max(1, Math.floor(word.length / 3)) + 1;
  if (word.length > 40) return undefined;
  let best: string | undefined;
  for (const candidate of candidates) {
    const distance = edits(spelling(word), spelling(candidate));
    if (distance < bound) {
      bound = distance;
      best = candidate;
    }
  }
  return best;
}

/** `maxIter`, `max-iter` and `max_iter` are the same word. */
export function spelling(word: string): string {
  return word.toLowerCase().replaceAll(/[-_ ]/g, "");
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
function edits(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
