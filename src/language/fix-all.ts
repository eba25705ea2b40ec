/** The cure of everything that can be cured without asking: what was most likely meant, at once. */
import type { ParsedSweep } from "../sweep/parse.js";
import type { TextEdit } from "./edit.js";
import { type Finding, fixesOf } from "./findings.js";
import type { Fix } from "./fixes.js";

export interface Cure {
  readonly finding: Finding;
  readonly fix: Fix;
}

/**
 * The preferred fixes of errors and warnings, no edits of which overlap: where two would, the first
 * in the text is made, and the other is for the next time. Advice is not followed without being
 * asked.
 */
export function curesOf(parsed: ParsedSweep, findings: readonly Finding[]): readonly Cure[] {
  const cures: Cure[] = [];
  const edits: TextEdit[] = [];
  for (const finding of findings) {
    if (finding.severity !== "error" && finding.severity !== "warning") continue;
    const fix = fixesOf(parsed, finding).find(({ isPreferred }) => isPreferred);
    if (fix === undefined || fix.edits.some((edit) => edits.some((made) => collide(edit, made)))) {
      continue;
    }
    cures.push({ finding, fix });
    edits.push(...fix.edits);
  }
  return cures;
}

export function editsOfAllFixes(
  parsed: ParsedSweep,
  findings: readonly Finding[],
): readonly TextEdit[] {
  return curesOf(parsed, findings).flatMap(({ fix }) => fix.edits);
}

/** Two that begin at one place, such as insertions, have no order between them. */
function collide({ range: a }: TextEdit, { range: b }: TextEdit): boolean {
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}
