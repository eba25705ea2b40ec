import { expect } from "chai";
import { messageOf } from "../../../src/sweep/messages.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import type { ProblemCode, Severity } from "../../../src/sweep/problem.js";
import { problemExamples } from "../../support/problem-examples.js";

/** What is, then what to do. */
const expected: Readonly<Record<ProblemCode, readonly [Severity, string]>> = {
  "yaml-syntax": ["error", "Something is missing here: a `:` after a key, or a comma."],
  "tab-between-words": [
    "error",
    "PyYAML, with which W&B reads the file, takes no tab here. Use spaces.",
  ],
  "character-not-allowed": [
    "error",
    "The character U+0007 is not allowed in YAML. Delete it, or write it as an escape in double quotes.",
  ],
  "several-documents": [
    "error",
    "The file holds 2 documents, and a sweep is one. Delete the `---`, or move the others to files of their own.",
  ],
  "nested-too-deep": ["error", "The file is nested too deeply to be read. Flatten it."],
  "alias-unknown": ["error", "Nothing above is marked `&range`. Mark it, or correct the name."],
  "alias-inside-itself": [
    "error",
    "`*range` stands inside what it refers to. Refer to something that is complete.",
  ],
  "anchor-twice": ["error", "`&a` is used twice, which PyYAML refuses. Rename one."],
  "anchor-name": ["error", "PyYAML does not take `&é`. Use letters, digits, `-` and `_`."],
  "aliases-too-large": [
    "error",
    "Written out, the aliases give more than 100000 values. Use fewer.",
  ],
  "merge-not-a-map": [
    "error",
    "`<<` merges maps, and this is a number. Refer to a map, or to a list of maps.",
  ],
  "tag-unsupported": ["error", "The tag `!!set` has no meaning in a sweep file. Delete it."],
  "scalar-unreadable": ["error", "`1.5` is no int. Correct it, or delete the tag."],
  "key-not-a-word": ["error", "A key must be text, and this is a list."],
  "key-not-text": ["error", "As a key, `on` is read as true. Put it in quotes."],
  "duplicate-key": ["warning", "`value` stands here twice, and the last one wins. Delete one."],
  "integer-too-large": [
    "warning",
    "`12345678901234567890` is too large to be exact, and becomes 12345678901234567000. Put it in quotes to keep its digits.",
  ],
  "date-as-text": [
    "warning",
    "PyYAML reads `2026-01-31` as a date, which W&B cannot pass on; here it is text. Put it in quotes.",
  ],
  "number-without-dot": [
    "warning",
    "W&B reads `1e-4` as text, and here it is the number 0.0001. Write 1.0e-4.",
  ],
  "yaml-versions-differ": [
    "hint",
    "`010` is 8 to W&B, and 10 to tools that read YAML 1.2. Write `8`, or put it in quotes if text is meant.",
  ],
  "file-empty": ["error", "The file is empty. A sweep needs at least `method` and `parameters`."],
  "unknown-key": ["error", "A sweep file has no key `run_capp`. Did you mean `run_cap`?"],
  "missing-key": ["error", "`parameters.x` has no `max`. Add it."],
  "wrong-type": ["error", "`command` is text. It must be a list."],
  "unknown-value": ["error", "`metric.goal` cannot be `minimise`. Did you mean `minimize`?"],
  "out-of-bounds": ["error", "`run_cap` is 0. It must be above 0."],
  "not-finite": ["error", "`parameters.x.max` is `.inf`. It must be a finite number."],
  "not-whole": ["error", "`run_cap` is `2.5`. It must be a whole number."],
  "not-of-the-form": [
    "error",
    "`sweepdeck.limits.trial_time` is `2 hours`. Write a duration such as `90s`, `2h` or `1h30m`.",
  ],
  "too-few": ["error", "`parameters.x.values` has no entries. It needs at least 1."],
  "null-block": [
    "warning",
    "`metric` is empty, and counts as absent. Fill it, or delete it: W&B reports it.",
  ],
  "not-supported-yet": [
    "warning",
    "`sweepdeck.repeats` is not supported yet. Meanwhile, each configuration is tried once.",
  ],
  "parameter-name": [
    "error",
    "`1st` is no name of a parameter. Use letters, digits, `_`, `-` and `.`, and start with a letter or `_`.",
  ],
  "parameter-not-a-map": ["error", "`x` is a number. Write `value: 0.1` below it."],
  "parameter-unclear": [
    "error",
    "The keys of `x` need a `distribution`. Add `distribution: q_uniform` or `distribution: q_log_uniform_values`.",
  ],
  "group-without-parameters": [
    "error",
    "`x` is a group. Put what is in it below a key `parameters:`.",
  ],
  "integer-wanted": [
    "error",
    "int_uniform takes whole numbers, and W&B reads `1.0` as a fraction. Write it without the dot.",
  ],
  "min-not-below-max": ["error", "`x` has min 3, which is not below max 1. Change one of them."],
  "no-spread": [
    "error",
    "`sigma` is 0, for which W&B draws NaN. Choose one above 0, or use `value` for a constant.",
  ],
  "probabilities-count": ["error", "`x` has 2 values and 1 probability. Give one to each value."],
  "probabilities-sum": ["error", "The probabilities of `x` sum to 1.1. They must sum to 1."],
  "log-uniform-exponents": [
    "warning",
    "log_uniform takes natural exponents, so this samples between 1.00001 and 1.01005. For 0.00001 to 0.01 use log_uniform_values.",
  ],
  "bayes-needs-metric": [
    "error",
    "`method: bayes` needs a `metric` to learn from. Add one, or use `method: random`.",
  ],
  "bayes-needs-variable": [
    "error",
    "Every parameter is constant, so there is nothing to search. Give one of them several values.",
  ],
  "grid-needs-discrete": [
    "error",
    "A grid has no steps for `x` (uniform). Give it `values`, use q_uniform, or use `method: random`.",
  ],
  "early-terminate-needs-metric": [
    "warning",
    "`early_terminate` compares trials by the `metric`, and there is none. Add one.",
  ],
  "metric-and-metrics": ["error", "`metric` and `metrics` exclude each other. Keep one of them."],
  "metrics-need-custom": [
    "error",
    "`metrics` needs `method: custom`, and the method is random. Use `metric` for a single objective.",
  ],
  "scheduler-excludes": [
    "error",
    "A local `controller` and a `scheduler` exclude each other. Keep one of them.",
  ],
  "scheduler-method": [
    "error",
    "A scheduler with `engine: optuna` takes `method: custom`, and the method is random. Change one of them.",
  ],
  "scheduler-needs-source": [
    "error",
    "`optimizer` names a function in the file that `source` names. Add `source`.",
  ],
  "search-space-in-python": [
    "error",
    "The search space is a Python function, which only W&B's scheduler calls. To run the sweep here, write `parameters`.",
  ],
  "hyperband-incomplete": [
    "error",
    "Hyperband has no bands yet. Give it `min_iter`, or `max_iter` and `s`.",
  ],
  "hyperband-without-s": [
    "warning",
    "`max_iter` goes before `min_iter`, and needs `s`: W&B fails here when it first stops a trial. Add `s`, or delete `max_iter`.",
  ],
  "hyperband-no-bands": [
    "warning",
    "This `s` gives no band to compare at: W&B fails here when it first stops a trial. Use a whole number above 0, and a `max_iter` of at least `eta`.",
  ],
  "early-terminate-not-run": [
    "info",
    "Stopping rules are not run yet. Every trial runs to its end.",
  ],
  "samples-at-random": [
    "info",
    "There is no custom scheduler here. Configurations are drawn at random.",
  ],
  "not-used-here": ["info", "`job` does nothing here. Trials run on this machine."],
  "no-metric": [
    "hint",
    "There is no `metric`, so no trial is better than another. With one, the leaderboard ranks them.",
  ],
  "program-missing": [
    "warning",
    "There is no `program`, so the command has no script to run. Add `program: train.py`, or name the script in `command`.",
  ],
  "run-cap-below-grid": [
    "hint",
    "The grid has 9 configurations, and `run_cap` ends it after 5. Use `method: random` for a fair share of it.",
  ],
  "command-null-element": [
    "warning",
    "This word is empty, and reaches the script as the text None. Delete it.",
  ],
  "command-unknown-macro": [
    "warning",
    "W&B knows no `${arg}`, and leaves it out. Did you mean `${args}`?",
  ],
  "command-embedded-macro": [
    "warning",
    "`${args}` is replaced only where it is a whole word, so this stays as it is. Put it on a line of its own.",
  ],
  "command-several-words": [
    "hint",
    "`python train.py` reaches the program as one word, spaces and all. Put each word on a line of its own.",
  ],
  "command-not-a-word": [
    "warning",
    "A command is a list of words, and this is a list. Put it in quotes if it is meant.",
  ],
  "pattern-invalid": [
    "error",
    "Invalid regular expression: /(loss/: Unterminated group. Correct the pattern.",
  ],
};

describe("the message of", () => {
  for (const [code, [severity, message]] of Object.entries(expected)) {
    it(`${code} says what is and what to do`, () => {
      const text = problemExamples[code as ProblemCode];
      const found = parseSweep(text).problems.filter((problem) => problem.code === code);
      expect(found.map((problem) => [problem.severity, messageOf(problem)])).to.deep.equal([
        [severity, message],
      ]);
    });
  }
});
