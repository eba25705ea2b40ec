/** What is said of parameters. */
import type { ParameterProblem } from "./problem.js";
import { allOf, code, count, kindInWords, oneOf, type Sentences, short } from "./wording.js";

export const parameterSentences: Sentences<ParameterProblem> = {
  "parameter-name": ({ name }) =>
    `\`${name}\` is no name of a parameter. Use letters, digits, \`_\`, \`-\` and \`.\`, and start with a letter or \`_\`.`,
  "parameter-not-a-map": ({ name, found, suggestion }) =>
    `\`${name}\` is ${kindInWords(found)}. ${
      suggestion === undefined
        ? "Give it `values`, `value`, or `min` and `max`."
        : `Write \`${suggestion}\` below it.`
    }`,
  "parameter-unclear": ({ name, reason, candidates, keys }) => {
    switch (reason) {
      case "empty":
        return `\`${name}\` says nothing. Give it \`values\`, \`value\`, or \`min\` and \`max\`.`;
      case "value-and-values":
        return `\`${name}\` has both \`value\` and \`values\`. Keep one of them.`;
      case "distribution-needed":
        return `${allOf(code(keys))} of \`${name}\` ${keys.length === 1 ? "needs" : "need"} a \`distribution\`. Add ${oneOf(code(candidates.map((each) => `distribution: ${each}`)))}.`;
    }
  },
  "group-without-parameters": ({ name }) =>
    `\`${name}\` is a group. Put what is in it below a key \`parameters:\`.`,
  "integer-wanted": ({ text }) =>
    `int_uniform takes whole numbers, and W&B reads \`${text}\` as a fraction. Write it without the dot.`,
  "min-not-below-max": ({ name, min, max }) =>
    `\`${name}\` has min ${min}, which is not below max ${max}. Change one of them.`,
  "no-spread": ({ key }) =>
    `\`${key}\` is 0, for which W&B draws NaN. Choose one above 0, or use \`value\` for a constant.`,
  "probabilities-count": ({ name, values, probabilities }) =>
    `\`${name}\` has ${count(values, "value", "values")} and ${count(probabilities, "probability", "probabilities")}. Give one to each value.`,
  "probabilities-sum": ({ name, sum }) =>
    `The probabilities of \`${name}\` sum to ${short(sum)}. They must sum to 1.`,
  "duplicate-value": ({ text, firstText, isGrid }) => {
    const same =
      text === firstText
        ? `\`${text}\` stands`
        : `\`${text}\` and \`${firstText}\` are equal, and stand`;
    return isGrid
      ? `${same} here twice, and a grid tries it once. Delete one.`
      : `${same} here twice, and so is drawn twice as often. Delete one, or give \`probabilities\` if that is meant.`;
  },
  "list-as-value": ({ name }) =>
    `Every trial gets this whole list as \`${name}\`. Use \`values\` if its entries are to be tried.`,
  "whole-numbers-only": ({ min, max, explicit }) => {
    const drawn = min === 0 ? "0 and 1" : "-1, 0 and 1";
    return explicit
      ? `int_uniform draws only ${drawn}. For what lies between use \`uniform\`.`
      : `Bounds without a dot draw whole numbers: only ${drawn}. For what lies between write \`max: ${max}.0\`.`;
  },
  "fractions-of-a-count": ({ name, distribution, draws }) => {
    switch (draws) {
      case "fractions":
        return `${distribution} draws fractions, and \`${name}\` sounds like a count. Use ${wholeOf(distribution)}.`;
      case "whole-fractions":
        return `Without \`q\` W&B draws 124.0, not 124, which an option for whole numbers refuses. Add \`q: 1\`.`;
      case "steps":
        return `This \`q\` is a fraction, so \`${name}\` is drawn as one. Use a whole \`q\`.`;
    }
  },
  "rounding-leaves-few": ({ q, isDefault, draws }) => {
    const step = isDefault
      ? "Without `q` draws are rounded to whole numbers"
      : `Draws are rounded to steps of ${short(q)}`;
    return `${step}, which leaves only ${draws.map(short).join(" and ")}. Choose a smaller \`q\`.`;
  },
  "rounding-leaves-bounds": ({ q, min, max, from, to }) =>
    `Rounded to steps of ${short(q)}, this draws ${short(from)} to ${short(to)}, beyond ${from < min && to > max ? "both bounds" : from < min ? `min ${short(min)}` : `max ${short(max)}`}. Use bounds that are multiples of \`q\`.`,
  "log-uniform-exponents": (problem) => {
    const { distribution, replacement, min, max, sampledFrom, sampledTo, looksLike } = problem;
    const [low, high] = distribution === "inv_log_uniform" ? [-max, -min] : [min, max];
    const is = `${distribution} takes natural exponents, so this samples from e^${low} to e^${high}: ${short(sampledFrom)} to ${short(sampledTo)}.`;
    const deprecated = `W&B has deprecated it.`;
    switch (looksLike) {
      case "values":
        return `${is} For ${min} to ${max} use ${replacement}.`;
      case "base-10":
        return `${is} For ${short(10 ** min)} to ${short(10 ** max)} use ${replacement} with these as min and max.`;
      case "exponents":
        return `${is} ${deprecated} Use ${replacement} with these as min and max.`;
    }
  },
};

/** The distribution that draws whole numbers on the same scale. */
function wholeOf(distribution: string): string {
  return distribution === "uniform" ? "int_uniform" : "q_log_uniform_values with `q: 1`";
}
