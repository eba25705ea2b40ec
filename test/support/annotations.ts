/**
 * Sweep files that carry what is said of them, as comments with carets below the words in question:
 *
 *     method: gird
 *     #       ^^^^ error[unknown-value]
 *
 * What begins at the start of a line begins under the `#` itself; a `|` stands for a place without
 * words. The comments are taken out before the file is read.
 */
import type { Severity } from "../../src/sweep/problem.js";
import type { TextRange } from "../../src/sweep/tree.js";

export interface Annotation {
  readonly severity: Severity;
  readonly code: string;
  readonly range: TextRange;
}

const annotation = /^# *(?:\^+|\|) (?:error|warning|info|hint)\[[\w-]+\]\r?\n?/gm;

export function withoutAnnotations(source: string): string {
  return source.replaceAll(annotation, "");
}

/** The text with an annotation line for each finding, in the order of their places. */
export function annotated(text: string, found: readonly Annotation[]): string {
  const lines = text.split("\n");
  const hasLastBreak = lines.at(-1) === "";
  if (hasLastBreak) lines.pop();
  let start = 0;
  const annotatedLines = lines.flatMap((line, number) => {
    const isLast = number === lines.length - 1;
    const end = isLast ? text.length : start + line.length;
    const here = found.filter(({ range }) => range.start >= start && range.start <= end);
    const below = here.map((each) => `#${marksOf(each.range, start, line)} ${wordsOf(each)}`);
    start += line.length + 1;
    return [line, ...below];
  });
  return `${annotatedLines.join("\n")}\n`;
}

function wordsOf({ severity, code }: Annotation): string {
  return `${severity}[${code}]`;
}

/** Carets up to the end of the line at most, where the words go on below it. */
function marksOf({ start, end }: TextRange, lineStart: number, line: string): string {
  const from = Math.min(start - lineStart, line.length);
  const length = Math.min(end - lineStart, line.length) - from;
  if (length <= 0) return `${" ".repeat(Math.max(0, from - 1))}|`;
  return from === 0
    ? "^".repeat(Math.max(1, length - 1))
    : " ".repeat(from - 1) + "^".repeat(length);
}
