/** Python's string literals: prefixes, escapes, and what an f-string is made of. */

const simpleEscapes: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\n": "",
};

export interface StringParts {
  /** Lower case, such as `rb` or `f`. */
  readonly prefix: string;
  /** Offsets of what stands between the quotes, within the literal. */
  readonly start: number;
  readonly end: number;
}

/** Where a literal's content lies; an unclosed one ends with its text. */
export function stringParts(literal: string): StringParts {
  const opening = /^([a-zA-Z]*)("""|'''|"|')/.exec(literal);
  const prefix = (opening?.[1] ?? "").toLowerCase();
  const quote = opening?.[2] ?? "";
  const start = prefix.length + quote.length;
  const closed = literal.length >= start + quote.length && literal.endsWith(quote);
  return { prefix, start, end: closed ? literal.length - quote.length : literal.length };
}

/** The value of what stands between the quotes. */
export function unescaped(content: string, prefix: string): string {
  if (prefix.includes("r") || !content.includes("\\")) return content;
  return content.replaceAll(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|N\{[^}]*\}|\r\n|([\s\S]))/g,
    (whole, x?: string, u?: string, long?: string, octal?: string, simple?: string) => {
      const hex = x ?? u ?? long;
      if (hex !== undefined) return character(Number.parseInt(hex, 16), whole);
      if (octal !== undefined) return character(Number.parseInt(octal, 8), whole);
      if (simple === undefined) return whole === "\\\r\n" ? "" : whole;
      return simpleEscapes[simple] ?? whole;
    },
  );
}

function character(code: number, otherwise: string): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : otherwise;
}
