/** The guide to problems of parameters. */
import type { ParameterProblem } from "../problem.js";
import type { Guide } from "./entry.js";

export const parameterGuide: Guide<ParameterProblem["code"]> = {
  "parameter-name": {
    title: "A name that no parameter can have",
    why: "W&B's schema takes letters, digits, `_`, `-` and `.`, with a letter or `_` in front.",
    cure: "Rename it.",
  },
  "parameter-not-a-map": {
    title: "A parameter that is a bare value",
    why: "A parameter says how its values are chosen, also where there is but one: `value: 0.1`.",
    cure: "Write `value:` or `values:` below the name.",
  },
  "parameter-unclear": {
    title: "A parameter that could be several things",
    why: "W&B tells a parameter by its keys. `q`, `mu` and `sigma` belong to several distributions, so it asks for the name of one.",
    cure: "Add `distribution`.",
  },
  "group-without-parameters": {
    title: "A group whose `parameters` is missing",
    why: "Nested parameters stand below a key `parameters:` of their group. Without it their names are read as keys of a distribution.",
    cure: "Put them below `parameters:`.",
  },
  "integer-wanted": {
    title: "A whole number that is written as a fraction",
    why: "To PyYAML `1.0` is a fraction, and W&B's schema refuses it as a bound of whole numbers.",
    cure: "Write it without the dot.",
  },
  "min-not-below-max": {
    title: "Bounds with nothing between them",
    why: "W&B refuses the sweep, or, in a nested group, fails when it draws from it.",
    cure: "Swap them, or use `value` for a constant.",
  },
  "no-spread": {
    title: "A distribution without spread",
    why: "W&B's schema takes 0 here, and its engine then draws NaN.",
    cure: "Choose a number above 0, or use `value`.",
  },
  "probabilities-count": {
    title: "Probabilities that do not match the values",
    why: "Each value has one probability.",
    cure: "Add or delete some.",
  },
  "probabilities-sum": {
    title: "Probabilities that do not sum to 1",
    why: "W&B refuses the sweep, or, in a nested group, draws from what they happen to say.",
    cure: "Divide each by their sum.",
  },
  "duplicate-value": {
    title: "A value that stands twice",
    why: "Random and Bayesian searches draw it twice as often. A grid tries it once, and there 1 and 1.0 are one value: the last way of writing it wins, so the grid is smaller than the product of the lists.",
    cure: "Delete one. Where one value is to be drawn more often than others, `probabilities` says so.",
  },
  "list-as-value": {
    title: "A list where one value is expected",
    why: "`value` is a constant: every trial gets the whole list. That is right for layer sizes, and hardly for a learning rate.",
    cure: "Use `values` to try its entries one by one.",
  },
  "whole-numbers-only": {
    title: "Bounds that draw only 0 and 1",
    why: "Bounds without a dot mean whole numbers, so `min: 0, max: 1` draws 0 and 1 and nothing between them.",
    cure: "Write one bound as a fraction: `max: 1.0`.",
  },
  "fractions-of-a-count": {
    title: "A count that is drawn as a fraction",
    why: "A number of layers or the size of a batch is whole, and an option for whole numbers refuses `2.0` as well as `2.37`.",
    cure: "Use `int_uniform`, or a `q_` distribution with a whole `q`.",
  },
  "rounding-leaves-few": {
    title: "A step that leaves next to nothing",
    why: "The `q_` distributions round each draw to a multiple of `q`, which is 1 where it is not given: between 0 and 1 that leaves 0 and 1.",
    cure: "Choose a `q` that is small against the bounds.",
  },
  "rounding-leaves-bounds": {
    title: "Rounded values beyond the bounds",
    why: "Each draw is rounded to a multiple of `q` and not brought back between `min` and `max`: from 1 to 10 in steps of 4 a 0 is drawn.",
    cure: "Use bounds that are multiples of `q`.",
  },
  "log-uniform-exponents": {
    title: "`log_uniform` takes exponents",
    why: "The bounds of `log_uniform` are natural exponents, not values: `min: 1.0e-5, max: 0.01` samples between e^0.00001 and e^0.01, a sliver above 1. Many tutorials have it wrong, and nothing complains. W&B has deprecated the name.",
    cure: "Use `log_uniform_values`, whose bounds are the values themselves.",
  },
};
