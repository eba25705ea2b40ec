/** What stands in grey behind the keys of a sweep: how many values each parameter has. */
import type { ParsedSweep } from "../sweep/parse.js";
import type { Surroundings } from "./surroundings.js";

export interface InlayHint {
  /** It is shown before the character here, after a space. */
  readonly offset: number;
  readonly label: string;
  /** Markdown. */
  readonly tooltip?: string;
}

/** In the order of the text; also of a sweep with errors. */
export function inlayHintsOf(_parsed: ParsedSweep, _around: Surroundings): readonly InlayHint[] {
  return [];
}
