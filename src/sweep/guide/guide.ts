/** The guide to every problem that a sweep file can have in itself. */
import { deckGuide } from "../deck-guide.js";
import type { ProblemCode } from "../problem.js";
import type { Guide } from "./entry.js";
import { parameterGuide } from "./parameter.js";
import { ruleGuide } from "./rule.js";
import { shapeGuide } from "./shape.js";
import { yamlGuide } from "./yaml.js";

export const sweepChapters = [
  { title: "The text", guide: yamlGuide },
  { title: "Keys and values", guide: shapeGuide },
  { title: "Parameters", guide: parameterGuide },
  { title: "What belongs together, and the command", guide: ruleGuide },
  { title: "The block sweepdeck", guide: deckGuide },
] as const;

export const sweepGuide: Guide<ProblemCode> = {
  ...yamlGuide,
  ...shapeGuide,
  ...parameterGuide,
  ...ruleGuide,
  ...deckGuide,
};
