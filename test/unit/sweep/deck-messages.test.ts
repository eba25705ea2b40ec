import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { deckGuide } from "../../../src/sweep/deck-guide.js";
import { messageOf } from "../../../src/sweep/messages.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import type { Severity } from "../../../src/sweep/problem.js";
import { withoutAnnotations } from "../../support/annotations.js";

const folder = path.join(import.meta.dirname, "../../fixtures/problems");

/** By the folder of the example: what is, then what to do. */
const expected: Readonly<Record<string, readonly [Severity, string]>> = {
  "condition-comparison": [
    "error",
    "`> half` compares `momentum` with nothing that it has an order with. Write a number behind the sign, or list the values.",
  ],
  "condition-cycle": [
    "error",
    "`momentum` and `optimizer` depend on each other in a circle, so none of them would ever exist. Take one of the conditions out.",
  ],
  "condition-impossible": [
    "error",
    "`optimizer` is never `sdg`, so `momentum` would not exist for it. Did you mean `sgd`?",
  ],
  "condition-impossible.comparison": [
    "error",
    "`layers` is never `> 8`, so `width` would not exist for it. Correct the value.",
  ],
  "constraint-always-holds": [
    "info",
    "Every configuration fulfils this, so it changes nothing. Correct it, or delete it.",
  ],
  "constraint-function": ["error", "There is no function `ln`. Did you mean `log`?"],
  "constraint-hyphens": ["error", "A hyphen is a minus here. Put `batch-size` in backticks."],
  "constraint-impossible-value": ["error", "`optimizer` is never `adm`. Did you mean `adam`?"],
  "constraint-never-holds": [
    "error",
    "No configuration fulfils this, so none would be tried. Correct it, or widen the parameters.",
  ],
  "constraint-not-a-condition": [
    "error",
    "This is a value, and nothing that holds or fails. Compare it: `… <= 4096`.",
  ],
  "constraint-operands": ["error", "`sqrt(x)` is given 2 values. Correct how it is called."],
  "constraint-syntax": ["error", "`=` is written `==` here."],
  "constraint-syntax.and": ["error", "`&&` is written `and` here."],
  "constraint-syntax.unfinished": [
    "error",
    "The constraint ends where a value is missing. Add it.",
  ],
  "constraint-types": [
    "error",
    "`*` takes numbers, and this is none. Use a number, or a parameter that is one.",
  ],
  "constraint-types.order": [
    "error",
    "Text and numbers have no order, so `<` cannot tell. Compare a number with a number.",
  ],
  "executor-not-one": [
    "error",
    "Trials run in one place, and 2 are named. Keep one of `slurm` or `ray`.",
  ],
  "initial-outside": [
    "warning",
    "`optimizer` is never `Adam`: it is `adam` or `sgd`. Did you mean `adam`?",
  ],
  "initial-outside.bounds": [
    "warning",
    "`momentum` is never `0.999`: it lies between 0.5 and 0.99. Change the value, or let the parameter reach it.",
  ],
  "objective-twice": ["error", "`val_loss` is an objective already. Delete one of them."],
  "pattern-invalid": [
    "error",
    "Invalid regular expression: /loss=([0-9.]+/: Unterminated group. Correct the pattern.",
  ],
  "repeats-seed-searched": [
    "warning",
    "`seed` is searched, and gets a seed of its own in each repeat. Take it out of `parameters`, or list as many `values` as there are repeats.",
  ],
  "sampler-needs-metric": [
    "warning",
    "`tpe` learns from the metric, and there is none. Add `metric`, or use `random` or `sobol`.",
  ],
  "stopping-bounds": [
    "error",
    "`min_steps` is 27, and `max_steps` 3. `min_steps` must be below it.",
  ],
  "stopping-needs-metric": [
    "warning",
    "`patience` looks at the metric, and there is none. Add `metric` to the sweep, or to the rule.",
  ],
  "threshold-without-bound": [
    "error",
    "A threshold without bounds stops nothing. Give it `lower`, `upper` or both.",
  ],
  "unknown-parameter": ["error", "There is no parameter `momentun`. Did you mean `momentum`?"],
  "unknown-parameter.in-a-constraint": [
    "error",
    "There is no parameter `widht`. Did you mean `width`?",
  ],
  "unknown-parameter.without-quotes": [
    "error",
    "`sgd` is a value of `optimizer`, and stands here as a parameter. Put it in quotes: 'sgd'.",
  ],
  "zip-lengths": [
    "error",
    "`width` has 3 and `heads` has 2 values. Give lists that are read side by side as many as each other.",
  ],
  "zip-not-a-list": [
    "error",
    "`layers` is int_uniform, and only lists can be read side by side. Give it `values`, or take it out.",
  ],
  "zip-twice": [
    "error",
    "`width` is read side by side with others already. Put all of them in one list.",
  ],
};

describe("of the sweepdeck block, the message of", () => {
  for (const [name, [severity, message]] of Object.entries(expected)) {
    it(`${name} says what is and what to do`, () => {
      const text = readFileSync(path.join(folder, name, "before.yaml"), "utf8");
      const [code] = name.split(".");
      const found = parseSweep(withoutAnnotations(text)).problems.filter(
        (problem) => problem.code === code,
      );
      expect(found.map((problem) => [problem.severity, messageOf(problem)])).to.deep.equal([
        [severity, message],
      ]);
    });
  }

  it("every code is there", () => {
    const codes = new Set(Object.keys(expected).map((name) => name.split(".")[0]));
    expect([...codes]).to.have.members(Object.keys(deckGuide));
  });
});
