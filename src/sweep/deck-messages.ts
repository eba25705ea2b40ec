/** What is said of the `sweepdeck:` block. */

import type { Outside } from "../space/membership.js";
import type { Json } from "../space/value.js";
import type { ConstraintProblem, DeckProblem, PlanProblem } from "./deck-problem.js";
import { code, count, oneOf, type Sentences, short } from "./wording.js";

type Syntax = Extract<ConstraintProblem, { code: "constraint-syntax" }>;

const planSentences: Sentences<PlanProblem> = {
  "unknown-parameter": ({ name, closest, isValueOf }) => {
    if (isValueOf !== undefined) {
      return `\`${name}\` is a value of \`${isValueOf}\`, and stands here as a parameter. Put it in quotes: '${name}'.`;
    }
    return `There is no parameter \`${name}\`. ${meant(closest, "Add it to `parameters`, or correct the name.")}`;
  },
  "initial-outside": ({ name, value, outside, closest }) =>
    `\`${name}\` is never ${written(value)}: ${whatItIs(outside)}. ${meant(closest, "Change the value, or let the parameter reach it.")}`,
  "condition-impossible": ({ name, on, value, closest }) =>
    `\`${on}\` is never ${written(value)}, so \`${name}\` would not exist for it. ${meant(closest, "Correct the value.")}`,
  "condition-cycle": ({ names }) =>
    names.length === 1
      ? `\`${names[0] ?? ""}\` depends on itself, so it would never exist. Name another parameter.`
      : `${together(code(names))} depend on each other in a circle, so none of them would ever exist. Take one of the conditions out.`,
  "condition-comparison": ({ text, on }) =>
    `\`${text}\` compares \`${on}\` with nothing that it has an order with. Write a number behind the sign, or list the values.`,
  "zip-not-a-list": ({ name, found }) =>
    `\`${name}\` is ${found}, and only lists can be read side by side. Give it \`values\`, or take it out.`,
  "zip-lengths": ({ names, lengths }) => {
    const each = names.map((name, index) => `\`${name}\` has ${lengths[index] ?? 0}`);
    return `${together(each)} values. Give lists that are read side by side as many as each other.`;
  },
  "zip-twice": ({ name }) =>
    `\`${name}\` is read side by side with others already. Put all of them in one list.`,
  "repeats-seed-searched": ({ name }) =>
    `\`${name}\` is searched, and gets a seed of its own in each repeat. Take it out of \`parameters\`, or list as many \`values\` as there are repeats.`,
};

const constraintSentences: Sentences<ConstraintProblem> = {
  "constraint-syntax": syntax,
  "constraint-hyphens": ({ name }) => `A hyphen is a minus here. Put \`${name}\` in backticks.`,
  "constraint-function": ({ name, known, closest }) =>
    `There is no function \`${name}\`. ${closest === undefined ? `There are ${known.map((each) => `\`${each}\``).join(", ")}.` : `Did you mean \`${closest}\`?`}`,
  "constraint-operands": ({ signature, found }) =>
    `\`${signature}\` is given ${count(found, "value", "values")}. Correct how it is called.`,
  "constraint-types": ({ operator, wants }) =>
    wants === "numbers"
      ? `\`${operator}\` takes numbers, and this is none. Use a number, or a parameter that is one.`
      : `Text and numbers have no order, so \`${operator}\` cannot tell. Compare a number with a number.`,
  "constraint-impossible-value": ({ name, value, possible, closest }) => {
    const is = `\`${name}\` is never \`${value}\`.`;
    if (closest !== undefined) return `${is} Did you mean \`${closest}\`?`;
    return possible.length === 0 || possible.length > 8
      ? `${is} Correct the value.`
      : `${is} It is ${oneOf(code(possible))}.`;
  },
  "constraint-not-a-condition": () =>
    "This is a value, and nothing that holds or fails. Compare it: `… <= 4096`.",
  "constraint-never-holds": () =>
    "No configuration fulfils this, so none would be tried. Correct it, or widen the parameters.",
  "constraint-always-holds": () =>
    "Every configuration fulfils this, so it changes nothing. Correct it, or delete it.",
};

export const deckSentences: Sentences<DeckProblem> = {
  "pattern-invalid": ({ detail }) => `${detail.replace(/\.?$/, ".")} Correct the pattern.`,
  "executor-not-one": ({ found }) =>
    found.length === 0
      ? "No executor is named. Write `local`, `slurm` or `ray`."
      : `Trials run in one place, and ${found.length} are named. Keep one of ${oneOf(code(found))}.`,
  "sampler-needs-metric": ({ sampler }) =>
    `\`${sampler}\` learns from the metric, and there is none. Add \`metric\`, or use \`random\` or \`sobol\`.`,
  "objective-twice": ({ name }) => `\`${name}\` is an objective already. Delete one of them.`,
  "stopping-needs-metric": ({ rule }) =>
    `\`${rule}\` looks at the metric, and there is none. Add \`metric\` to the sweep, or to the rule.`,
  "stopping-bounds": ({ lowKey, highKey, low, high }) =>
    `\`${lowKey}\` is ${short(low)}, and \`${highKey}\` ${short(high)}. \`${lowKey}\` must be below it.`,
  "threshold-without-bound": () =>
    "A threshold without bounds stops nothing. Give it `lower`, `upper` or both.",
  ...planSentences,
  ...constraintSentences,
};

function syntax({ reason, found, expected, meant: here }: Syntax): string {
  switch (reason) {
    case "empty":
      return "The constraint is empty. Write what must hold, such as `width * layers <= 4096`, or delete it.";
    case "character":
      return `\`${found}\` means nothing here. Delete it, or put text in quotes.`;
    case "unclosed":
      return `This \`${found}\` is never closed. Close it.`;
    case "foreign-operator":
      return `\`${found}\` is written \`${(here ?? "").trim()}\` here.`;
    case "too-long":
      return "The constraint is too long. Split it: all constraints must hold.";
    case "unexpected":
      return found === ""
        ? `The constraint ends where ${expected ?? "more"} is missing. Add it.`
        : `Here ${expected ?? "something else"} is expected, and \`${found}\` stands here. Correct it; text needs quotes.`;
  }
}

function meant(closest: string | undefined, otherwise: string): string {
  return closest === undefined ? otherwise : `Did you mean \`${closest.replaceAll("`", "")}\`?`;
}

function written(value: Json): string {
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

function whatItIs(outside: Outside): string {
  switch (outside.kind) {
    case "not-a-number":
      return "it is a number";
    case "not-whole":
      return "it is a whole number";
    case "beyond-bounds":
      return `it lies between ${short(outside.low)} and ${short(outside.high)}`;
    case "not-a-choice": {
      const { choices } = outside;
      const words = choices.map(written);
      return words.length > 8 ? `it is one of ${words.length} values` : `it is ${oneOf(words)}`;
    }
  }
}

function together(words: readonly string[]): string {
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}
