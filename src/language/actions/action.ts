/** A change that is no cure of a problem: offered where the cursor stands, made only when chosen. */

import type { ParsedSweep } from "../../sweep/parse.js";
import type { TextRange } from "../../sweep/tree.js";
import type { TextEdit } from "../edit.js";
import type { Surroundings } from "../surroundings.js";

export interface Action {
  /** What it does, in the imperative. */
  readonly title: string;
  /** In VS Code's words. */
  readonly kind: "refactor.rewrite" | "refactor.extract";
  readonly edits: readonly TextEdit[];
  /** What the change leaves behind, a sentence each; empty where nothing is lost. */
  readonly lost: readonly string[];
}

/** What every family of actions is asked with. */
export interface Occasion {
  readonly parsed: ParsedSweep;
  /** The selection; empty at a cursor. */
  readonly range: TextRange;
  readonly around: Surroundings;
}

export function rewriting(title: string, edits: readonly TextEdit[]): Action {
  return { title, kind: "refactor.rewrite", edits, lost: [] };
}
