/** What a command was called with: by a lens, a menu, a tree's row, a keybinding, or nothing at all. */
import * as vscode from "vscode";
import * as z from "zod";

/** A study, and trials of it: what rows of the tree carry, and what our own buttons hand on. */
const subjectSchema = z.object({
  study: z.string(),
  trial: z.optional(z.int()),
  trials: z.optional(z.array(z.int())),
});

export interface Given {
  readonly sweepFile: string | undefined;
  /** The study's folder. */
  readonly study: string | undefined;
  readonly trials: readonly number[];
}

/** A tree hands on the row of the menu, then all rows that are selected with it. */
export function readGiven(given: readonly unknown[]): Given {
  const [first, second] = given;
  const rows = Array.isArray(second) && second.length > 0 ? second : [first];
  const subjects = rows.flatMap((row) => {
    const parsed = subjectSchema.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  });
  const study = subjects[0]?.study;
  const trials = subjects
    .filter((subject) => subject.study === study)
    .flatMap(({ trial, trials: several }) => several ?? (trial === undefined ? [] : [trial]));
  return { sweepFile: fileOf(first), study, trials };
}

function fileOf(value: unknown): string | undefined {
  if (value instanceof vscode.Uri) return value.fsPath;
  // Links in Markdown and walkthroughs can only hand over text.
  return typeof value === "string" ? vscode.Uri.parse(value).fsPath : undefined;
}
