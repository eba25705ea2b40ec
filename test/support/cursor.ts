/** Texts with a cursor in them. */

/** Where the cursor stands; no YAML needs this character. */
export const cursorMark = "‸";

export interface TextAtCursor {
  readonly text: string;
  readonly offset: number;
}

/**
 * A text without the indent of the test that it stands in, and where its cursor is: at the `‸`, else
 * at the end.
 */
export function atCursor(
  strings: TemplateStringsArray,
  ...values: readonly unknown[]
): TextAtCursor {
  return takeCursor(dedent(String.raw({ raw: strings }, ...values)));
}

export function takeCursor(marked: string): TextAtCursor {
  const at = marked.indexOf(cursorMark);
  if (at < 0) return { text: marked, offset: marked.length };
  return { text: marked.replace(cursorMark, ""), offset: at };
}

/** As `atCursor`, for texts without a cursor. */
export function yaml(strings: TemplateStringsArray, ...values: readonly unknown[]): string {
  return dedent(String.raw({ raw: strings }, ...values));
}

function dedent(text: string): string {
  const lines = text.split("\n");
  if (lines[0] === "") lines.shift();
  // The line of the closing backtick.
  if (lines.length > 1 && lines.at(-1)?.trim() === "") lines[lines.length - 1] = "";
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent === Infinity ? 0 : indent)).join("\n");
}
