/** What can be wrong with the `sweepdeck:` block beyond its shape. */
import type { Severity } from "./problem.js";

export type DeckProblem = { code: "pattern-invalid"; detail: string };

/** Everything that is not listed is an error. */
export const milderOfDeck: Partial<Record<DeckProblem["code"], Severity>> = {};
