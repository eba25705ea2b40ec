/** The guide to keys that do not fit together, and to the command. */
import type { CommandProblem, SweepRule } from "../problem.js";
import type { Guide } from "./entry.js";

export const ruleGuide: Guide<(SweepRule | CommandProblem)["code"]> = {
  "bayes-needs-metric": {
    title: "A Bayesian search without a metric",
    why: "It draws where the results so far promise most, and without a metric there are no results.",
    cure: "Add `metric`, or use `method: random`.",
  },
  "bayes-needs-variable": {
    title: "A Bayesian search of constants",
    why: "W&B's engine fails when every parameter has but one value.",
    cure: "Give one of them several values.",
  },
  "grid-needs-discrete": {
    title: "A grid over a parameter without steps",
    why: "A grid tries every combination, and a continuous parameter has infinitely many values. W&B fails when the sweep runs.",
    cure: "Give it `values`, use `q_uniform`, or use `method: random`.",
  },
  "early-terminate-needs-metric": {
    title: "Early stopping without a metric",
    why: "Trials are compared by the metric, and W&B fails when it first compares them.",
    cure: "Add `metric`, or delete `early_terminate`.",
  },
  "metric-and-metrics": {
    title: "Both `metric` and `metrics`",
    why: "They exclude each other.",
    cure: "Keep one of them.",
  },
  "metrics-need-custom": {
    title: "Several metrics without a scheduler for them",
    why: "W&B takes `metrics` with `method: custom` alone.",
    cure: "Use `metric`.",
  },
  "scheduler-excludes": {
    title: "Two keys of which each decides alone",
    why: "A scheduler stops trials and chooses configurations itself.",
    cure: "Keep one of them.",
  },
  "scheduler-method": {
    title: "A method that the scheduler does not take",
    why: "W&B's engine takes its own three methods, those of Optuna and Ax `custom` alone.",
    cure: "Change the method or the engine.",
  },
  "scheduler-needs-source": {
    title: "A scheduler's function without its file",
    why: "The function is looked for in the file that `source` names.",
    cure: "Add `source`.",
  },
  "search-space-in-python": {
    title: "A search space that is a Python function",
    why: "Only W&B's scheduler calls it.",
    cure: "Write `parameters` to run the sweep here.",
  },
  "hyperband-incomplete": {
    title: "Hyperband without bands",
    why: "Bands are counted up from `min_iter`, or down from `max_iter` in `s` steps.",
    cure: "Give it `min_iter`, or `max_iter` and `s`.",
  },
  "hyperband-without-s": {
    title: "`max_iter` without `s`",
    why: "With `max_iter` the bands are counted down from it, in `s` steps, and `min_iter` is not looked at. W&B's schema takes the file, and its engine fails when it first looks for a trial to stop.",
    cure: "Add `s`, or delete `max_iter`.",
  },
  "hyperband-no-bands": {
    title: "Hyperband whose bands come to nothing",
    why: "`s` bands are counted down from `max_iter`, each a fraction `1/eta` of the one before, until one is below 1. Where none is left, W&B fails when it first looks for a trial to stop.",
    cure: "Use a whole `s` above 0 and a `max_iter` of at least `eta`.",
  },
  "hyperband-repeated-bands": {
    title: "Hyperband with the same band twice",
    why: "Bands are whole counts of reported values. With a small `eta` neighbouring ones fall on the same count.",
    cure: "Use a smaller `s` or a larger `eta`.",
  },
  "hyperband-out-of-reach": {
    title: "A first band that no trial reaches",
    why: "Bands count the reported values of the metric, mostly one an epoch. Where trials end before the first band, none is ever stopped.",
    cure: "Use a smaller `min_iter`.",
  },
  "hyperband-cuts-hard": {
    title: "Early stopping among very few trials",
    why: "Of n trials that reach a band, `n/eta` rounded down, and one more, go on. Of two or three that is a verdict by chance.",
    cure: "Raise `run_cap`, or leave `early_terminate` out.",
  },
  "no-custom-scheduler": {
    title: "No custom scheduler",
    why: "W&B runs a scheduler of your own for `method: custom`. Here the sampler chooses that `method: bayes` means.",
    cure: "Leave it for W&B, or use `method: bayes`.",
  },
  "not-used-here": {
    title: "A key that means something to W&B alone",
    why: "Trials run on this machine, and configurations are chosen here.",
    cure: "Leave it for W&B, or delete it.",
  },
  "no-metric": {
    title: "No metric",
    why: "The sweep runs, and nothing says which trial is best.",
    cure: "Add `metric` with the name that the script reports.",
  },
  "program-missing": {
    title: "No program",
    why: "The command asks for a script that the file does not name.",
    cure: "Add `program`.",
  },
  "run-cap-below-grid": {
    title: "A grid that is cut off",
    why: "A grid goes through its combinations in order, so a cap leaves whole values of the slowest parameters untried.",
    cure: "Use `method: random` for a fair share, raise `run_cap`, or list fewer values.",
  },
  "grid-drops-max": {
    title: "A grid that ends before `max`",
    why: "W&B lays the grid of `q_uniform` with NumPy's `arange`, which leaves its end out. `int_uniform` includes it.",
    cure: "Raise `max` by half a step, or list the values.",
  },
  "grid-huge": {
    title: "A grid that no one will live to see the end of",
    why: "The sizes of the lists are multiplied. A grid also goes through them in order, so the slowest parameters hardly change in the time that there is.",
    cure: "Use `method: random` with a `run_cap`, or list fewer values.",
  },
  "command-null-element": {
    title: "An empty word in the command",
    why: "A dash with nothing but a comment behind it is null, and reaches the script as the text None.",
    cure: "Delete it.",
  },
  "command-unknown-macro": {
    title: "A macro that does not exist",
    why: "W&B replaces it with nothing, without a word.",
    cure: "Correct its name.",
  },
  "command-embedded-macro": {
    title: "A macro inside a word",
    why: "Macros are replaced where they are a whole word of the command; elsewhere the script gets them as text. Only `${envvar:NAME}` may stand inside a word.",
    cure: "Put it on a line of its own.",
  },
  "command-macro-form": {
    title: "A macro in the form of another tool",
    why: "W&B replaces `${name}` and no other form; the script gets the text as it stands.",
    cure: "Write the dollar sign and the braces.",
  },
  "command-several-words": {
    title: "Several words in one",
    why: "Each line of the command is one word to the system, spaces and all: nothing is split.",
    cure: "Put each word on a line of its own.",
  },
  "command-not-a-word": {
    title: "Something other than a word in the command",
    why: "The agent passes on the text that Python makes of a list or a map.",
    cure: "Write words, in quotes where YAML would read something else.",
  },
};
