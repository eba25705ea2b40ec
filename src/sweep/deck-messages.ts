/** What is said of the `sweepdeck:` block. */
import type { DeckProblem } from "./deck-problem.js";
import type { Sentences } from "./wording.js";

export const deckSentences: Sentences<DeckProblem> = {
  "pattern-invalid": ({ detail }) => `${detail.replace(/\.?$/, ".")} Correct the pattern.`,
};
