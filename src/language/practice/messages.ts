/** What practice advises, in sentences: what is, then what to do. */
import { count, short } from "../../sweep/wording.js";
import type { Dependence, Overlap } from "./couplings.js";
import type { PracticeCode, PracticeFacts, PracticeProblem } from "./problem.js";

type Sentences = {
  readonly [C in PracticeCode]: (problem: Extract<PracticeFacts, { code: C }>) => string;
};

export function practiceMessageOf(problem: PracticeProblem): string {
  const sentence = sentences[problem.code] as (problem: PracticeFacts) => string;
  return sentence(problem);
}

const sentences: Sentences = {
  "goal-against-name": ({ metric, goal, better, word }) =>
    `The sweep would ${goal} \`${metric}\`, and \`${word}\` is better ${way(better)}. Use \`goal: ${better}\`.`,
  "goal-missing": ({ metric, better }) =>
    `Without a \`goal\`, W&B minimizes \`${metric}\`, which is better ${way(better)}. Add \`goal: ${better}\`.`,
  "metric-on-training-data": ({ metric, isNamed, instead }) =>
    isNamed
      ? `\`${metric}\` is measured on the training data, so it favours what learns it by heart. ${useOr(instead, "Use a validation metric.")}`
      : `\`${metric}\` is probably measured on the training data: the script reports a validation metric beside it. ${useOr(instead, "Use that.")}`,
  "metric-on-test-data": ({ metric, instead }) =>
    `A search by \`${metric}\` uses up the test data: its best value is too good to be true. ${useOr(instead, "Use a validation metric, and keep the test data for the end.")}`,
  "nothing-searched": () =>
    "Every parameter has a single value, so each run is the same again. Give one of them several values, or use `method: grid`, which runs it once.",
  "seed-searched": ({ name }) =>
    `\`${name}\` cannot be improved: the best seed is luck. Fix it, and rerun the best few settings with other seeds.`,
  "budget-searched": ({ name }) =>
    `\`${name}\` is a budget, not a parameter. Give every trial the same, and keep its best checkpoint.`,
  "yardstick-searched": ({ name }) =>
    `\`${name}\` changes how trials are measured, so they cannot be compared. Set it once with \`value\`.`,
  "bookkeeping-searched": ({ name }) =>
    `\`${name}\` affects speed or bookkeeping, not the result. Set it with \`value\`.`,
  "searched-alone": ({ name, why, partner }) =>
    `${dependenceSentences[why]}, so \`${name}\` alone mostly measures how well \`${partner.name}\` fits. Search both, or fix it.`,
  "searched-twice": ({ name, other, why }) => overlapSentences[why](name, other),
  "loss-changed": ({ name, metric }) =>
    `\`${name}\` changes the loss itself, so values of \`${metric}\` cannot be compared across it. Judge by another metric, such as accuracy.`,
  "linear-over-decades": ({ name, min, max }) =>
    `Nine of ten draws of \`${name}\` lie above ${short(min + (max - min) / 10)}, though it may be as small as ${short(min)}. Use log_uniform_values, which draws each factor of ten alike.`,
  "too-many-parameters": ({ parameters, runs, keep, enough }) => {
    const what = keep.length === 0 ? "the few that matter most" : and(keep.map(inCode));
    const instead = enough === undefined ? "" : `, or allow ${enough} runs`;
    return `${count(parameters, "parameter", "parameters")}, ${count(runs, "run", "runs")}: keep ${what} and fix the rest${instead}.`;
  },
  "run-cap-below-start-up": ({ runs, enough }) =>
    `A Bayesian search draws about ten trials at random before it learns, and this one ends after ${runs}. Allow ${enough}, or use \`method: random\`.`,
};

const dependenceSentences: Readonly<Record<Dependence, string>> = {
  "batch-size-and-rate": "Each batch size wants its own learning rate",
  "momentum-and-rate": "The effective step is lr / (1 - momentum)",
};

const overlapSentences: Readonly<Record<Overlap, (name: string, other: string) => string>> = {
  "leaves-and-depth": (name, other) =>
    `\`${name}\` and \`${other}\` both bound the size of trees. Search \`${name}\`, and leave the other at -1.`,
  "rank-and-alpha": (name, other) =>
    `LoRA scales by alpha over rank, so \`${name}\` and \`${other}\` undo each other. Search the rank, and keep alpha at one value.`,
  "rounds-and-rate": (name, other) =>
    `More trees and a larger \`${other}\` do the same. Fix \`${name}\` high, stop early by validation loss, and search \`${other}\`.`,
};

function way(goal: "minimize" | "maximize"): string {
  return goal === "minimize" ? "lower" : "higher";
}

function useOr(instead: string | undefined, otherwise: string): string {
  return instead === undefined ? otherwise : `Use \`${instead}\`, which the script reports too.`;
}

function inCode(name: string): string {
  return `\`${name}\``;
}

function and(words: readonly string[]): string {
  if (words.length <= 1) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}
