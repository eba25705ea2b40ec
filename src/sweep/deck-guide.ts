/** The guide to problems of the `sweepdeck:` block. */

import type { DeckProblem } from "./deck-problem.js";
import type { Guide } from "./guide/entry.js";

export const deckGuide: Guide<DeckProblem["code"]> = {
  "pattern-invalid": {
    title: "A pattern that is no regular expression",
    why: "Metrics are found in the output by it.",
    cure: "Correct it; the message says what is wrong.",
  },
};
