/**
 * The lines of a YAML text by indentation alone: keys and dashes, where they stand and what follows
 * them. A document that is being typed is seldom YAML, and its lines mean something all the same.
 */

/** A key, or the dash of a list item. */
export interface Entry {
  readonly kind: "key" | "item";
  /** Unquoted; empty for an item. */
  readonly key: string;
  /** Where it starts, in characters from the start of its line. */
  readonly indent: number;
  /** The end of the key's text, or of the dash; in characters from the start of the line. */
  readonly end: number;
  /** Behind the colon, or the dash. */
  readonly valueStart: number;
}

export interface Line {
  readonly number: number;
  /** Offset of its first character in the text. */
  readonly start: number;
  /** Without its line break. */
  readonly text: string;
}

const lineBreak = /\r\n|\r|\n/g;

let last = { text: "", lines: splitLines("") };

/** Those of the text that was asked for last are kept: each problem and each fix asks again. */
export function linesOf(text: string): readonly Line[] {
  if (text !== last.text) last = { text, lines: splitLines(text) };
  return last.lines;
}

/** The line that an offset stands in. */
export function lineAt(text: string, offset: number): Line {
  const lines = linesOf(text);
  let [from, to] = [0, lines.length - 1];
  while (from < to) {
    const middle = Math.ceil((from + to) / 2);
    if ((lines[middle]?.start ?? 0) <= offset) from = middle;
    else to = middle - 1;
  }
  return lines[from] ?? { number: 0, start: 0, text: "" };
}

function splitLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  let start = headLength(text);
  for (const { index, 0: found } of text.matchAll(lineBreak)) {
    lines.push({ number: lines.length, start, text: text.slice(start, index) });
    start = index + found.length;
  }
  lines.push({ number: lines.length, start, text: text.slice(start) });
  return lines;
}

/** A byte order mark belongs to the file: no line begins with it, and nothing is written before it. */
export function headLength(text: string): number {
  return text.startsWith("\ufeff") ? 1 : 0;
}

/** Neither a value nor a key: blank, a comment, or a mark between documents. */
export function isBlank({ text }: Line): boolean {
  return /^\s*(?:#|$)/.test(text);
}

export function isDocumentMark({ text }: Line): boolean {
  return /^(?:---|\.\.\.)(?:\s|$)/.test(text);
}

const dash = /-(?=[ \t]|$)/y;
const keyForm =
  /("(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'|(?![-?:](?:\s|$))[^\s'"[\]{},#&*!|>%@`](?:(?!\s#|:\s|:$)[^\n])*)[ \t]*:(?=\s|$)/y;

/** From left to right: any number of dashes, then a key, where the line has them. */
export function entriesOf({ text }: Line): readonly Entry[] {
  const entries: Entry[] = [];
  let at = 0;
  for (;;) {
    while (text[at] === " " || text[at] === "\t") at += 1;
    dash.lastIndex = at;
    if (!dash.test(text)) break;
    entries.push({ kind: "item", key: "", indent: at, end: at + 1, valueStart: at + 1 });
    at += 1;
  }
  keyForm.lastIndex = at;
  const [whole, written] = keyForm.exec(text) ?? [];
  if (whole !== undefined && written !== undefined) {
    const key = unquoted(written.trimEnd());
    entries.push({
      kind: "key",
      key,
      indent: at,
      end: at + written.trimEnd().length,
      valueStart: at + whole.length,
    });
  }
  return entries;
}

export function unquoted(written: string): string {
  const quote = written.charAt(0);
  if (quote !== '"' && quote !== "'") return written;
  const inside = written.slice(1, written.length > 1 && written.endsWith(quote) ? -1 : undefined);
  return quote === "'" ? inside.replaceAll("''", "'") : inside;
}

/** What is written behind an entry on its line, without a comment. */
export function inlineValue(line: Line, entry: Entry): string {
  return withoutComment(line.text.slice(entry.valueStart)).trim();
}

export function withoutComment(text: string): string {
  const start = commentStart(text);
  return start === undefined ? text : text.slice(0, start);
}

/** Where a comment starts on a line: a `#` at its start or after a space, outside quotes. */
export function commentStart(text: string): number | undefined {
  let quote = "";
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote !== "") {
      if (character === "\\" && quote === '"') at += 1;
      else if (character === quote) quote = "";
    } else if (character === "#" && /^\s?$/.test(text.charAt(at - 1))) {
      return at;
    } else if ((character === '"' || character === "'") && opensQuote(text, at)) {
      quote = character;
    }
  }
  return undefined;
}

/** Quotes open at the start of a value only: the one in `it's` does not. */
function opensQuote(text: string, at: number): boolean {
  return /^$|[\s[{,:]$/.test(text.slice(Math.max(0, at - 1), at));
}
