/** From a name in a sweep to where it comes from, and back. */
import type { SourcePlace } from "../script/reading.js";
import type { SweepDocument } from "../sweep/parse.js";
import type { TextRange } from "../sweep/tree.js";
import type { Surroundings } from "./surroundings.js";

export type Target =
  /** An argument, a key or a report of the script. */
  | { readonly kind: "source"; readonly place: SourcePlace }
  | { readonly kind: "file"; readonly path: string }
  /** A place in the sweep itself; `name` is what is selected there. */
  | { readonly kind: "sweep"; readonly range: TextRange; readonly name: TextRange };

export interface Definition {
  /** The word that it was asked for. */
  readonly origin: TextRange;
  readonly targets: readonly Target[];
}

/** Where the word under `offset` comes from; undefined where that is not known. */
export function definitionAt(
  _document: SweepDocument,
  _offset: number,
  _around: Surroundings,
): Definition | undefined {
  return undefined;
}

/** Every place of the sweep that speaks of what stands under `offset`: a parameter or a metric. */
export function referencesAt(_document: SweepDocument, _offset: number): readonly TextRange[] {
  return [];
}

/** The places of the sweep that speak of what a script says at `offset` of its file `path`. */
export function referencesTo(
  _document: SweepDocument,
  _around: Surroundings,
  _place: { readonly path: string; readonly offset: number },
): readonly TextRange[] {
  return [];
}
