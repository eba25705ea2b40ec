/** Numbers as programs print them. */

/**
 * Source of a regular expression: `0.5`, `-1.2e-3`, `1,234.5`, `nan`, `-inf`. It says nothing of
 * what may follow: `1.2` of the version 1.2.3 is for the caller to refuse.
 */
export const numberSource = String.raw`[-+]?(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|[-+]?(?:nan|inf(?:inity)?)(?![A-Za-z])`;

const wholeNumber = new RegExp(`^(?:${numberSource})$`, "i");

/** The number that a text is, as a whole; undefined where it is something else. */
export function parseNumber(text: string): number | undefined {
  if (!wholeNumber.test(text)) return undefined;
  const plain = text.replaceAll(",", "").toLowerCase();
  if (plain.includes("nan")) return Number.NaN;
  if (plain.includes("inf")) {
    return plain.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  return Number(plain);
}
