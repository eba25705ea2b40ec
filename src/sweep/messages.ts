/** Problems as sentences: what is, then what to do. The only way from a problem to prose. */
import { deckSentences } from "./deck-messages.js";
import { parameterSentences } from "./parameter-messages.js";
import type { ProblemFacts } from "./problem.js";
import { ruleSentences } from "./rule-messages.js";
import { shapeSentences } from "./shape-messages.js";
import type { Sentences } from "./wording.js";
import { yamlSentences } from "./yaml-messages.js";

const sentences: Sentences<ProblemFacts> = {
  ...yamlSentences,
  ...shapeSentences,
  ...parameterSentences,
  ...ruleSentences,
  ...deckSentences,
};

export function messageOf(problem: ProblemFacts): string {
  const sentence = sentences[problem.code] as (problem: ProblemFacts) => string;
  return sentence(problem);
}
