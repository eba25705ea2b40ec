/** What a quick fix is, and the small ones that most problems need. */
import type { SweepDocument } from "../../sweep/parse.js";
import type { ProblemFacts } from "../../sweep/problem.js";
import type { TextRange } from "../../sweep/tree.js";
import type { TextEdit } from "../edit.js";

export interface Fix {
  /** What it does, in the imperative. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** The one that was most likely meant. */
  readonly isPreferred: boolean;
}

/** The best first; undefined stands for a fix that there is no room for. */
export type Fixer<P extends ProblemFacts> = (
  problem: P,
  range: TextRange,
  document: SweepDocument,
) => readonly (Fix | undefined)[];

/** For a group of problems, those that can be fixed. */
export type Fixers<P extends ProblemFacts> = {
  readonly [C in P["code"]]?: Fixer<Extract<P, { code: C }>>;
};

export function preferred(title: string, ...edits: readonly TextEdit[]): Fix {
  return { title, edits, isPreferred: true };
}

export function possible(title: string, ...edits: readonly TextEdit[]): Fix {
  return { title, edits, isPreferred: false };
}

export function preferredIf(
  title: string,
  edits: readonly TextEdit[] | undefined,
): Fix | undefined {
  return edits && { title, edits, isPreferred: true };
}

export function insertion(offset: number, newText: string): TextEdit {
  return { range: { start: offset, end: offset }, newText };
}

export function replacement(range: TextRange, newText: string): TextEdit {
  return { range, newText };
}

export function quote({ text }: { readonly text: string }, range: TextRange): readonly Fix[] {
  return [preferred("Put it in quotes", replacement(range, JSON.stringify(text)))];
}
