/** The guide to what practice advises. */
import type { Guide } from "../guide.js";
import type { PracticeCode } from "./problem.js";

export const practiceGuide: Guide<PracticeCode> = {
  "goal-against-name": {
    title: "A goal that contradicts the metric's name",
    why: "The search goes the wrong way, and the leaderboard is upside down. It is said only where the name can mean nothing else: a score may be better either way, and a drop in accuracy is minimized.",
    cure: "Use the other goal.",
  },
  "goal-missing": {
    title: "A metric to maximize without a goal",
    why: "Where there is no `goal`, W&B minimizes: the search looks for the lowest accuracy.",
    cure: "Add `goal: maximize`.",
  },
  "metric-on-training-data": {
    title: "A search by a training metric",
    why: "A Bayesian search, or a stopping rule, that goes by the training data favours what learns them by heart: large models, long training, no regularisation. A grid or a random search is only ranked by it: there it is said where the script reports the same on validation data.",
    cure: "Use the same metric on validation data.",
  },
  "metric-on-test-data": {
    title: "A search by a test metric",
    why: "The best of many trials on the test data is too good to be true, and no data are left that could tell the truth.",
    cure: "Use a validation metric, and test the best trial once.",
  },
  "nothing-searched": {
    title: "A search without anything to search",
    why: "With one value for each parameter there is one configuration. A grid runs it once; a random or Bayesian search repeats it until it is stopped. Nothing is said of constants alone in a random search, nor of `repeats`: those repeat it on purpose.",
    cure: "Give a parameter several values, or use `method: grid`.",
  },
  "seed-searched": {
    title: "A seed that is searched",
    why: "The best seed is luck, and the next one is as good as any. A grid over seeds repeats every setting, which is sound and is not reported.",
    cure: "Fix the seed, and rerun the best few settings with three to five others.",
  },
  "budget-searched": {
    title: "The length of training that is searched",
    why: "Longer training nearly always looks better, so the search spends its runs on finding that out. What is best at one length may not be at another.",
    cure: "Give every trial the same length, and keep its best checkpoint.",
  },
  "yardstick-searched": {
    title: "A setting of the evaluation that is searched",
    why: "It changes how trials are measured: the best trial may be the one that was measured most kindly.",
    cure: "Set it once with `value`.",
  },
  "bookkeeping-searched": {
    title: "Bookkeeping that is searched",
    why: "Workers, devices, paths and names do not change the result, and each value of them is paid for with trials.",
    cure: "Set it with `value`.",
  },
  "searched-alone": {
    title: "A batch size or momentum without the learning rate",
    why: "Both change how large the steps are. With a fixed learning rate the search finds the value for which that rate happens to fit.",
    cure: "Search the learning rate too, or fix both.",
  },
  "searched-twice": {
    title: "Two parameters that do the same",
    why: "Leaves and depth both bound a tree, alpha over rank is one number, and trees make up for a small learning rate: the search covers the same ground twice.",
    cure: "Search one of them, and fix the other.",
  },
  "loss-changed": {
    title: "A parameter that changes the loss it is judged by",
    why: "Label smoothing, weights of classes and temperatures rescale the loss, so its values cannot be compared between trials.",
    cure: "Judge by a metric outside the loss, such as accuracy.",
  },
  "linear-over-decades": {
    title: "Several decades on a linear scale",
    why: "Nine of ten draws fall into the last decade, and small values are hardly tried.",
    cure: "Use `log_uniform_values`, with a lower bound above 0.",
  },
  "too-many-parameters": {
    title: "More parameters than the runs can tell apart",
    why: "Ten runs are enough for one parameter, 25 for two, 60 for five, 100 for eight: a rule of thumb, after the tuning playbook.",
    cure: "Keep those that matter most, or allow more runs.",
  },
  "run-cap-below-start-up": {
    title: "A Bayesian search that ends before it begins",
    why: "Bayesian samplers draw their first ten trials or so at random, to have something to learn from.",
    cure: "Allow more runs, or use `method: random`.",
  },
};
