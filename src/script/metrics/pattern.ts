/** Names of which a part may be known only to a run: text, with null for what is not known. */

export type Pattern = readonly (string | null)[];

export const anything: Pattern = [null];

/** One behind the other; neighbours of the same kind become one. */
export function joined(patterns: Iterable<Pattern>): Pattern {
  const pieces: (string | null)[] = [];
  for (const pattern of patterns) {
    for (const piece of pattern) {
      const last = pieces.at(-1);
      if (piece === "" || (piece === null && last === null)) continue;
      if (typeof piece === "string" && typeof last === "string") {
        pieces[pieces.length - 1] = last + piece;
      } else pieces.push(piece);
    }
  }
  return pieces;
}

/** Whether it says nothing of the name. */
export function isAnything(pattern: Pattern): boolean {
  return pattern.every((piece) => piece === null);
}

/** The whole name, where nothing of it is unknown. */
export function spelled(pattern: Pattern): string | undefined {
  return pattern.includes(null) ? undefined : pattern.join("");
}

/** Whether a run may make this name of the pattern; what is unknown may be empty. */
export function matches(pattern: Pattern, name: string): boolean {
  const [first = ""] = pattern;
  if (!pattern.includes(null)) return name === pattern.join("");
  if (first !== null && !name.startsWith(first)) return false;
  let at = first?.length ?? 0;
  for (const [index, piece] of pattern.entries()) {
    if (piece === null || index === 0) continue;
    if (index === pattern.length - 1)
      return name.length - piece.length >= at && name.endsWith(piece);
    const found = name.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return true;
}

/** The same patterns once each, at most as many as anyone would read. */
export function distinct(patterns: Iterable<Pattern>, atMost = 64): readonly Pattern[] {
  const found = new Map<string, Pattern>();
  for (const pattern of patterns) {
    found.set(JSON.stringify(pattern), pattern);
    if (found.size > atMost) return [anything];
  }
  return [...found.values()];
}

/** More pieces than any name of a metric has: texts that are put together of more are prose. */
const mostPieces = 100;

/** Every way to put one of each side by side; anything, where these are too many. */
export function products(parts: readonly (readonly Pattern[])[]): readonly Pattern[] {
  if (parts.length > mostPieces) return [anything];
  let made: readonly Pattern[] = [[]];
  for (const choices of parts) {
    if (made.length * choices.length > 64) return [anything];
    made = made.flatMap((before) => choices.map((each) => joined([before, each])));
  }
  return distinct(made);
}
