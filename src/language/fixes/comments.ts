/** The comments of a text outlive its changes: what someone wrote down is not for a fix to delete. */
import { CST, Lexer } from "yaml";
import { applyEdits, lineOf, type TextEdit } from "../edit.js";

export interface Comment {
  readonly start: number;
  /** From its `#` on. */
  readonly text: string;
}

/** In the order of the text; a `#` in a scalar is none. */
export function commentsOf(text: string): readonly Comment[] {
  const comments: Comment[] = [];
  let offset = 0;
  let previous = "";
  for (const lexeme of new Lexer().lex(text)) {
    const isMark = lexeme === CST.SCALAR || lexeme === CST.DOCUMENT || lexeme === CST.FLOW_END;
    if (lexeme.startsWith("#") && previous !== CST.SCALAR) {
      comments.push({ start: offset, text: lexeme.trimEnd() });
    }
    if (!isMark) offset += lexeme.length;
    previous = lexeme;
  }
  return comments;
}

/** Those of `before` that `after` has no longer, each as often as it is missing. */
export function lostComments(before: string, after: string): readonly Comment[] {
  const left = commentsOf(after).map(({ text }) => text);
  return commentsOf(before).filter(({ text }) => {
    const at = left.indexOf(text);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/**
 * The edits with the comments that they would delete on lines of their own above the change;
 * undefined where there is no room for them.
 */
export function keepingComments(
  text: string,
  edits: readonly TextEdit[],
): readonly TextEdit[] | undefined {
  if (!text.includes("#")) return edits;
  const lost = lostComments(text, applyEdits(text, edits));
  if (lost.length === 0) return edits;
  const above = edits.flatMap((edit) => {
    const own = lost.filter(({ start }) => edit.range.start <= start && start < edit.range.end);
    return own.length === 0 ? [] : [linesAbove(text, edit, own)];
  });
  const kept = joined(edits, above);
  return kept !== undefined && lostComments(text, applyEdits(text, kept)).length === 0
    ? kept
    : undefined;
}

/** An insertion in front of the line on which the edit begins. */
function linesAbove(text: string, { range }: TextEdit, comments: readonly Comment[]): TextEdit {
  const { line } = lineOf(text, range.start);
  const [indent = ""] = /^[ \t]*/.exec(line.text) ?? [];
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const newText = comments.map((each) => `${indent}${each.text}${newline}`).join("");
  return { range: { start: line.start, end: line.start }, newText };
}

/** Two edits at one place have no order: an insertion goes into the edit that it stands before. */
function joined(
  edits: readonly TextEdit[],
  insertions: readonly TextEdit[],
): readonly TextEdit[] | undefined {
  const all = [...edits];
  for (const insertion of insertions) {
    const { start } = insertion.range;
    const at = all.findIndex(({ range }) => range.start === start);
    const there = all[at];
    if (there !== undefined) {
      all[at] = { range: there.range, newText: insertion.newText + there.newText };
    } else if (all.some(({ range }) => range.start < start && start < range.end)) return undefined;
    else all.push(insertion);
  }
  return all;
}
