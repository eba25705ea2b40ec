/** The guide to problems of the `sweepdeck:` block. */

import type { DeckProblem } from "./deck-problem.js";
import type { Guide } from "./guide/entry.js";

export const deckGuide: Guide<DeckProblem["code"]> = {
  "pattern-invalid": {
    title: "A pattern that is no regular expression",
    why: "Metrics are found in the output by it.",
    cure: "Correct it; the message says what is wrong.",
  },
  "executor-not-one": {
    title: "No executor, or several",
    why: "All trials of a study run in one place.",
    cure: "Keep one of `local`, `slurm` and `ray`.",
  },
  "sampler-needs-metric": {
    title: "A sampler that learns, and nothing to learn from",
    why: "Without a metric no trial is better than another, and what is drawn is as good as random.",
    cure: "Add `metric`, or use `random` or `sobol`.",
  },
  "objective-twice": {
    title: "The same objective twice",
    why: "A metric cannot be weighed against itself.",
    cure: "Delete one of them, or correct its name.",
  },
  "stopping-needs-metric": {
    title: "A stopping rule without a metric",
    why: "Trials are judged by the metric that decides, and there is none.",
    cure: "Add `metric` to the sweep, or name one in the rule.",
  },
  "stopping-bounds": {
    title: "Bounds of a stopping rule in the wrong order",
    why: "Nothing lies between them, so every trial would be stopped, or none.",
    cure: "Swap them, or correct one.",
  },
  "threshold-without-bound": {
    title: "A threshold without bounds",
    why: "It would stop nothing.",
    cure: "Give it `lower`, `upper` or both.",
  },
  "unknown-parameter": {
    title: "A parameter that there is not",
    why: "`initial`, `conditions`, `constraints` and `zip` speak of the parameters of this sweep, by the names that they have here. Names of a group stand before a dot: `optimizer.lr`.",
    cure: "Correct the name, or add the parameter. In a constraint, put text in quotes.",
  },
  "initial-outside": {
    title: "A first configuration that the sweep itself would never draw",
    why: "It is tried, but a sampler learns nothing from a value outside its range.",
    cure: "Change the value, or widen the parameter.",
  },
  "condition-impossible": {
    title: "A condition that is never met",
    why: "The parameter that it is compared with never has this value, so what depends on it never exists.",
    cure: "Correct the value.",
  },
  "condition-cycle": {
    title: "Conditions in a circle",
    why: "Each parameter waits for the next one, so none of them ever exists.",
    cure: "Take one of the conditions out.",
  },
  "condition-comparison": {
    title: "A condition that compares with nothing",
    why: 'A comparison such as `">= 3"` needs a number behind its sign, and a parameter that is a number.',
    cure: "Write a number, or list the values.",
  },
  "zip-not-a-list": {
    title: "Something other than a list to be read side by side",
    why: "The first value of one list goes with the first of the other. Ranges, constants and weighted choices have no first value.",
    cure: "Give the parameter `values`, or take it out.",
  },
  "zip-lengths": {
    title: "Lists of different lengths side by side",
    why: "Some values would be left without a partner.",
    cure: "Give all of them as many values.",
  },
  "zip-twice": {
    title: "A parameter that is read side by side twice",
    why: "A value can have one partner only.",
    cure: "Put all parameters that go together in one list.",
  },
  "repeats-seed-searched": {
    title: "A seed that is searched and repeated",
    why: "Each repeat sets the seed, so what the sampler chose for it is lost.",
    cure: "Take it out of `parameters`: it is added by itself. Or list as many `values` as there are repeats.",
  },
  "constraint-syntax": {
    title: "A constraint that cannot be read",
    why: "Constraints are written with numbers, text in quotes, names of parameters, `+ - * / // % **`, comparisons, `and`, `or`, `not`, `in`, and a few functions. They are read and calculated here, never executed.",
    cure: "Correct what the message points at: `==` for equality, `and` for `&&`.",
  },
  "constraint-hyphens": {
    title: "A name with hyphens in a constraint",
    why: "A hyphen is a minus in a constraint.",
    cure: "Put the name in backticks.",
  },
  "constraint-function": {
    title: "A function that there is not",
    why: "Constraints know a few functions of numbers, and no others.",
    cure: "Use `min`, `max`, `abs`, `log`, `sqrt`, `floor`, `ceil` or `round`.",
  },
  "constraint-operands": {
    title: "A function with too few or too many values",
    why: "What it is given is not what it takes.",
    cure: "Call it as the message says.",
  },
  "constraint-types": {
    title: "Text where a number belongs",
    why: "Text cannot be calculated with, and has no order beside a number.",
    cure: "Use a number, or compare with `==`.",
  },
  "constraint-impossible-value": {
    title: "A text that the parameter never has",
    why: "It would never be equal, mostly because of a typing error.",
    cure: "Correct the text.",
  },
  "constraint-not-a-condition": {
    title: "A constraint that is only a value",
    why: "`width * layers` is a number. What must hold of it is missing.",
    cure: "Compare it: `width * layers <= 4096`.",
  },
  "constraint-never-holds": {
    title: "A constraint that no configuration fulfils",
    why: "The ranges of the parameters leave nothing that could be tried.",
    cure: "Correct the constraint, or widen the parameters.",
  },
  "constraint-always-holds": {
    title: "A constraint that changes nothing",
    why: "Every configuration within the ranges of the parameters fulfils it.",
    cure: "Correct it, or delete it.",
  },
};
