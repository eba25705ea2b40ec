/** Texts cut short, cut out of, turned about and stuffed with what means something to YAML. */
import fc from "fast-check";

const junk = fc.constantFrom(
  ...["\t", "  ", "\n", "- ", ": ", "[", "]", "{", "}", "&a ", "*a", "<<: *a\n", "!!set ", "|"],
  ...["> ", "#", "'", '"', "\\", "---\n", "...\n", "%YAML 1.1\n", "\u0000", "\u2028", "\ud800"],
  ...["é", "😀", "null", "1e-4", "?", "@", "`", ",", "\r", "\r\n", "__proto__: ", "constructor: "],
  ...["[".repeat(40), "{a: ".repeat(40), "- ".repeat(60), "9".repeat(400), "parameters:\n"],
);

interface Damage {
  readonly kind: "cut" | "end" | "repeat" | "insert" | "turn";
  readonly place: number;
  readonly length: number;
  readonly piece: string;
}

const damage: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom("cut", "end", "repeat", "insert", "turn"),
  place: fc.nat(),
  length: fc.nat(60),
  piece: junk,
});

function damaged(text: string, { kind, place, length, piece }: Damage): string {
  const at = place % (text.length + 1);
  const [before, cut, after] = [
    text.slice(0, at),
    text.slice(at, at + length),
    text.slice(at + length),
  ];
  switch (kind) {
    case "cut":
      return before + after;
    case "end":
      return before;
    case "repeat":
      return before + cut + cut + after;
    case "insert":
      return before + piece + cut + after;
    case "turn":
      return cut + after + before;
  }
}

export function damagedText(originals: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...originals), fc.array(damage, { minLength: 1, maxLength: 3 }))
    .map(([text, damages]) => damages.reduce(damaged, text));
}
