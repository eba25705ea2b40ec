/** The name of a parameter that was probably meant by another. */

/**
 * The nearest of `names`: by letters, or by what a name stands for, as `lr` does for `learning_rate` and
 * `n_layers` for `num_layers`. Undefined where none is near enough to be meant.
 */
export function closestName(name: string, names: Iterable<string>): string | undefined {
  const wanted = wordsOf(name);
  let best: string | undefined;
  // A third of the letters may be wrong: more, and anything resembles anything.
  let bound = Math.max(1, Math.floor(wanted.join("").length / 3)) + 1;
  if (name.length > 60) return undefined;
  for (const candidate of names) {
    const words = wordsOf(candidate);
    const letters = edits(wanted.join(""), words.join(""));
    const distance = isShortFor(wanted, words) ? Math.min(letters, 1) : letters;
    if (distance < bound) {
      bound = distance;
      best = candidate;
    }
  }
  return best;
}

const counts = new Set(["n", "num", "number", "nr", "no", "of", "the"]);

/** `optim.learningRate`, `--learning-rate` and `learning_rate` are the same words. */
function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

function isShortFor(left: readonly string[], right: readonly string[]): boolean {
  if (initialsOf(left) === right.join("") || initialsOf(right) === left.join("")) return true;
  const [one, other] = [withoutCount(left), withoutCount(right)];
  return one !== "" && one === other;
}

function initialsOf(words: readonly string[]): string | undefined {
  return words.length > 1 ? words.map((word) => word.charAt(0)).join("") : undefined;
}

function withoutCount(words: readonly string[]): string {
  return words
    .filter((word) => !counts.has(word))
    .map((word) => word.replace(/s$/, ""))
    .join("");
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
function edits(from: string, to: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const isSame = from[i - 1] === to[j - 1];
      const cost = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      row.push(isSwap ? Math.min(cost, (beforeLast[j - 2] ?? 0) + 1) : cost);
    }
    beforeLast = last;
    last = row;
  }
  return last.at(-1) ?? 0;
}
