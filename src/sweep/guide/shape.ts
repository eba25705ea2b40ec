/** The guide to keys and values that the grammar does not know. */
import type { ShapeProblem } from "../problem.js";
import type { Guide } from "./entry.js";

export const shapeGuide: Guide<ShapeProblem["code"]> = {
  "file-empty": {
    title: "An empty file",
    why: "There is nothing to run.",
    cure: "Begin with `program`, `method` and `parameters`: completion offers each with its form.",
  },
  "unknown-key": {
    title: "A key that does not exist",
    why: "W&B takes no other keys than its own, so the sweep would be refused, or the setting would do nothing.",
    cure: "Correct the name, or delete the key. What goes beyond W&B stands below `sweepdeck:`.",
  },
  "missing-key": {
    title: "A key that must be there",
    why: "Without it the file says too little to be run.",
    cure: "Add it.",
  },
  "wrong-type": {
    title: "A value of the wrong kind",
    why: "The key takes a list, a map, a number or text, and was given something else; often a dash or an indent is missing.",
    cure: "Write what the message asks for.",
  },
  "unknown-value": {
    title: "A value that is none of the choices",
    why: "W&B reports it after the sweep was created, and goes on with something else: any other `goal` than its two words means that it minimises.",
    cure: "Use one of the words that the message names.",
  },
  "out-of-bounds": {
    title: "A number beyond its limits",
    why: "W&B's schema refuses it.",
    cure: "Choose one within the limits.",
  },
  "not-finite": {
    title: "An infinite bound, or none at all",
    why: "W&B's schema takes `.inf` and `.nan`, and nothing sensible can be drawn between them.",
    cure: "Write a finite number.",
  },
  "not-whole": {
    title: "A fraction where a whole number is wanted",
    why: "W&B's schema refuses it.",
    cure: "Round it.",
  },
  "not-of-the-form": {
    title: "A text that is not of its form",
    why: "Durations and sizes carry their unit.",
    cure: "Write it as the message shows.",
  },
  "too-few": {
    title: "Too few entries",
    why: "W&B's schema asks for more, and without them there is nothing to choose from.",
    cure: "Add some, or delete the key.",
  },
  "misplaced-key": {
    title: "A key at the wrong level",
    why: "An indent too many or too few moves a key into another block, where it means nothing, and leaves the block that it came from empty.",
    cure: "Indent it below the key that it belongs to.",
  },
  "null-block": {
    title: "A block without content",
    why: "It counts as absent. W&B reports it, and runs the sweep all the same.",
    cure: "Delete it, or fill it.",
  },
  "not-supported-yet": {
    title: "A setting that does nothing yet",
    why: "The file is right, and this part of it is not run yet.",
    cure: "Leave it for later, or delete it.",
  },
};
