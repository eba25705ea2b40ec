/** What is said of keys that do not fit together, and of the command. */
import type { CommandProblem, SweepRule } from "./problem.js";
import { code, count, kindInWords, oneOf, type Sentences, short } from "./wording.js";

export const ruleSentences: Sentences<SweepRule | CommandProblem> = {
  "bayes-needs-metric": () =>
    "`method: bayes` needs a `metric` to learn from. Add one, or use `method: random`.",
  "bayes-needs-variable": () =>
    "Every parameter is constant, so there is nothing to search. Give one of them several values.",
  "grid-needs-discrete": ({ name, distribution }) =>
    `A grid has no steps for \`${name}\` (${distribution}). Give it \`values\`, use q_uniform, or use \`method: random\`.`,
  "early-terminate-needs-metric": () =>
    "`early_terminate` compares trials by the `metric`, and there is none. Add one.",
  "metric-and-metrics": () => "`metric` and `metrics` exclude each other. Keep one of them.",
  "metrics-need-custom": ({ method }) =>
    `\`metrics\` needs \`method: custom\`, and the method is ${method}. Use \`metric\` for a single objective.`,
  "scheduler-excludes": ({ key }) =>
    key === "controller"
      ? "A local `controller` and a `scheduler` exclude each other. Keep one of them."
      : `\`${key}\` and \`scheduler\` exclude each other: a scheduler stops trials itself. Keep one of them.`,
  "scheduler-method": ({ engine, method, supported }) =>
    `A scheduler with \`engine: ${engine}\` takes ${oneOf(code(supported.map((each) => `method: ${each}`)))}, and the method is ${method}. Change one of them.`,
  "scheduler-needs-source": ({ key }) =>
    `\`${key}\` names a function in the file that \`source\` names. Add \`source\`.`,
  "search-space-in-python": () =>
    "The search space is a Python function, which only W&B's scheduler calls. To run the sweep here, write `parameters`.",
  "hyperband-incomplete": () =>
    "Hyperband has no bands yet. Give it `min_iter`, or `max_iter` and `s`.",
  "hyperband-without-s": ({ s }) =>
    `\`max_iter\` goes before \`min_iter\`, and needs \`s\`: W&B fails here when it first stops a trial. Add \`s${s === undefined ? "" : `: ${s}`}\`, or delete \`max_iter\`.`,
  "hyperband-no-bands": () =>
    "This `s` gives no band to compare at: W&B fails here when it first stops a trial. Use a whole number above 0, and a `max_iter` of at least `eta`.",
  "hyperband-repeated-bands": ({ bands, eta }) =>
    `With \`eta: ${short(eta)}\` the bands are ${bands.join(", ")}, some of them twice. Use a smaller \`s\`.`,
  "hyperband-out-of-reach": ({ first, name, longest }) =>
    `The first band is at ${first} reported values, and \`${name}\` is ${longest} at most: with one report an epoch no trial is stopped. Use a smaller \`min_iter\`.`,
  "hyperband-cuts-hard": ({ trials, left }) =>
    `Of ${trials} trials the first band lets ${left} go on, judged beside very few. Raise \`run_cap\`, or leave \`early_terminate\` out.`,
  "no-custom-scheduler": () =>
    "There is no custom scheduler here. Configurations are chosen as with `method: bayes`.",
  "not-used-here": ({ key, because }) => `\`${key}\` does nothing here. ${because}.`,
  "no-metric": () =>
    "There is no `metric`, so no trial is better than another. With one, the leaderboard ranks them.",
  "program-missing": ({ isAsked }) =>
    isAsked
      ? "There is no `program`, so the command has no script to run. Add `program: train.py`, or name the script in `command`."
      : "There is no `program`, so only a script that starts an agent of its own can run this. Add `program: train.py`.",
  "run-cap-below-grid": ({ cap, grid }) =>
    `The grid has ${count(grid, "configuration", "configurations")}, and \`run_cap\` ends it after ${cap}. Use \`method: random\` for a fair share of it.`,
  "grid-drops-max": ({ max, last }) =>
    `A grid of q_uniform ends before \`max\`: ${last} is tried, ${max} is not. Raise \`max\`, or list the values.`,
  "grid-huge": ({ grid }) =>
    `The grid has ${grid.toLocaleString("en")} configurations: at a minute each they take ${years(grid)}. Use \`method: random\` with a \`run_cap\`, or list fewer values.`,
  "command-null-element": () =>
    "This word is empty, and reaches the script as the text None. Delete it.",
  "command-unknown-macro": ({ macro, isParameter, closest }) =>
    isParameter
      ? `\`${macro}\` is no macro, and W&B leaves it out. All parameters come with \`\${args}\`, on a line of its own.`
      : `W&B knows no \`${macro}\`, and leaves it out. ${closest === undefined ? "Correct or delete it." : `Did you mean \`${closest}\`?`}`,
  "command-embedded-macro": ({ macro, isParameter }) =>
    isParameter
      ? `\`${macro}\` is no macro, and reaches the script as it stands. All parameters come with \`\${args}\`, on a line of its own.`
      : `\`${macro}\` is replaced only where it is a whole word, so this stays as it is. Put it on a line of its own.`,
  "command-macro-form": ({ text, macro }) =>
    `W&B does not replace \`${text}\`, and it reaches the script as it stands. Write \`${macro}\`.`,
  "command-several-words": ({ element }) =>
    `\`${element}\` reaches the program as one word, spaces and all. Put each word on a line of its own.`,
  "command-not-a-word": ({ found }) =>
    `A command is a list of words, and this is ${kindInWords(found)}. Put it in quotes if it is meant.`,
};

/** How long so many minutes are. */
function years(minutes: number): string {
  const days = minutes / 60 / 24;
  if (days < 365) return `${Math.round(days)} days`;
  return `${Math.round(days / 365).toLocaleString("en")} ${days < 547 ? "year" : "years"}`;
}
