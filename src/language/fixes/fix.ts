/** What a quick fix is, and the small ones that most problems need. */
import type { ParsedSweep, SweepDocument } from "../../sweep/parse.js";
import type { TextRange } from "../../sweep/tree.js";
import { rewordAt, type TextEdit } from "../edit.js";
import { written } from "../snippet.js";

export interface Fix {
  /** What it does, in the imperative. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** The one that was most likely meant. */
  readonly isPreferred: boolean;
}

/** What problems of every family have. */
interface Coded {
  readonly code: string;
}

/** The best first; undefined stands for a fix that there is no room for. */
export type Fixer<P extends Coded> = (
  problem: P,
  range: TextRange,
  document: SweepDocument,
) => readonly (Fix | undefined)[];

/** For a group of problems, those that can be fixed. */
export type Fixers<P extends Coded> = {
  readonly [C in P["code"]]?: Fixer<Extract<P, { code: C }>>;
};

/** The best first; none where only the user can know. */
export function fixesBy<P extends Coded>(
  fixers: Fixers<P>,
  { document }: ParsedSweep,
  problem: P & { readonly range: TextRange },
): readonly Fix[] {
  // A fixer is only ever handed the problems of its own code.
  const fixer = fixers[problem.code as P["code"]] as Fixer<P> | undefined;
  const fixes = fixer?.(problem, problem.range, document) ?? [];
  return fixes.filter((fix) => fix !== undefined);
}

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

/** In the quotes that are there, or in those that the value needs. */
export function useValue(text: string, range: TextRange, value: string): TextEdit {
  const isQuoted = /^["']/.test(text.slice(range.start, range.end));
  return rewordAt(text, range, isQuoted ? value : written(value));
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
