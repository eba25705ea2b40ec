/** What is completed at a cursor, by label, and the text after it is accepted. */
import { type Completion, completionsAt } from "../../src/language/completion.js";
import { nothingKnown, type Surroundings } from "../../src/language/surroundings.js";
import type { TextAtCursor } from "./cursor.js";

export function labelsAt({ text, offset }: TextAtCursor, around = nothingKnown): string[] {
  return completionsAt(text, offset, around).map(({ label }) => label);
}

/** Throws where it is not among them. */
export function offered(
  at: TextAtCursor,
  label: string,
  around: Surroundings = nothingKnown,
): Completion {
  const found = completionsAt(at.text, at.offset, around).find((each) => each.label === label);
  if (found === undefined) {
    throw new Error(`${label} is not among ${labelsAt(at, around).join(", ")}`);
  }
  return found;
}

/** The text with a completion accepted and the fields of its snippet left as they are proposed. */
export function accepted(
  at: TextAtCursor,
  label: string,
  around: Surroundings = nothingKnown,
): string {
  const { snippet, range } = offered(at, label, around);
  const lineStart = at.text.lastIndexOf("\n", range.start - 1) + 1;
  const indent = /^ */.exec(at.text.slice(lineStart, range.start))?.[0] ?? "";
  const inserted = withoutFields(snippet.replaceAll("\n", `\n${indent}`));
  return at.text.slice(0, range.start) + inserted + at.text.slice(range.end);
}

/** A snippet as it stands when nobody fills its fields in. */
export function withoutFields(snippet: string): string {
  return snippet
    .replaceAll(/(?<!\\)\$\{\d+\|((?:[^,|\\]|\\.)*)(?:[^|\\]|\\.)*\|\}/g, "$1")
    .replaceAll(/(?<!\\)\$\{(?:\d+|TM_CURRENT_WORD):((?:[^}\\]|\\.)*)\}/g, "$1")
    .replaceAll(/(?<!\\)\$\d+/g, "_")
    .replaceAll(/\\([\\$},|])/g, "$1");
}
