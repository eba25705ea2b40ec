/** What is said of parameters. */
import type { ParameterProblem } from "./problem.js";
import { code, count, kindInWords, oneOf, type Sentences, short } from "./wording.js";

export const parameterSentences: Sentences<ParameterProblem> = {
  "parameter-name": ({ name }) =>
    `\`${name}\` is no name of a parameter. Use letters, digits, \`_\`, \`-\` and \`.\`, and start with a letter or \`_\`.`,
  "parameter-not-a-map": ({ name, found, suggestion }) =>
    `\`${name}\` is ${kindInWords(found)}. ${
      suggestion === undefined
        ? "Give it `values`, `value`, or `min` and `max`."
        : `Write \`${suggestion}\` below it.`
    }`,
  "parameter-unclear": ({ name, reason, candidates }) => {
    switch (reason) {
      case "empty":
        return `\`${name}\` says nothing. Give it \`values\`, \`value\`, or \`min\` and \`max\`.`;
      case "value-and-values":
        return `\`${name}\` has both \`value\` and \`values\`. Keep one of them.`;
      case "distribution-needed":
        return `The keys of \`${name}\` need a \`distribution\`. Add ${oneOf(code(candidates.map((each) => `distribution: ${each}`)))}.`;
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
  "log-uniform-exponents": (problem) => {
    const { distribution, replacement, min, max, sampledFrom, sampledTo, looksLike } = problem;
    const is = `${distribution} takes natural exponents, so this samples between ${short(sampledFrom)} and ${short(sampledTo)}.`;
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
