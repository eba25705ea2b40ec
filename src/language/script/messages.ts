/** What does not fit between a sweep and its script, in sentences: what is, then what to do. */
import type { Library } from "../../script/reading.js";
import { code, oneOf } from "../../sweep/wording.js";
import type { ScriptCode, ScriptFacts, ScriptProblem } from "./problem.js";

type Sentences = {
  readonly [C in ScriptCode]: (problem: Extract<ScriptFacts, { code: C }>) => string;
};

export function scriptMessageOf(problem: ScriptProblem): string {
  const sentence = sentences[problem.code] as (problem: ScriptFacts) => string;
  return sentence(problem);
}

const sentences: Sentences = {
  "parameter-refused": ({ passed, library, script, closest, isKey, needs }) => {
    if (needs !== undefined) {
      return `${script} has \`${passed}\` only with ${oneOf(code(needs.slice(0, 4)))}, and ends every run that is given it without. Add that to the command, or delete the parameter.`;
    }
    const what = `${libraryInWords(library)} in ${script} has no \`${passed}\`, and ends every run that is given it.`;
    if (closest !== undefined) return `${what} It has \`${closest}\`.`;
    if (isKey) {
      return `${what} The script reads the value from \`wandb.config\`: take the macro for arguments out of the command, or add the option.`;
    }
    return `${what} Add the option to the script, or delete the parameter.`;
  },
  "parameter-unread": ({ name, script, closest }) =>
    `Nothing in ${script} or in what it imports reads \`${name}\`, so all its values give the same run. ${
      closest === undefined
        ? "Read it in the script, or delete it."
        : `Is \`${closest}\` meant? That is read.`
    }`,
  "argument-missing": ({ missing, script }) =>
    `${script} does not start without ${allOf(code(missing))}, and neither the command nor a parameter gives ${missing.length > 1 ? "them" : "it"}, so every run ends with an error. ${
      missing.every((each) => each.startsWith("-"))
        ? `Add ${missing.length > 1 ? "parameters" : "a parameter"} with \`value\`, or words to the command.`
        : "Add words to the command, behind `${program}`."
    }`,
  "parameters-not-passed": ({ script, macro }) =>
    `The command gives ${script} no parameters, and the script does not read \`wandb.config\`, so every run is the same. Add \`${macro}\`.`,
  "parameters-not-read": ({ script }) =>
    `${script} reads neither its arguments nor \`wandb.config\`, so every run is the same. Read the parameters in the script.`,
  "arguments-in-other-style": ({ library, script, macro, better }) => {
    const given = macro === undefined ? "W&B's default command gives it" : `\`${macro}\` gives it`;
    return better === "${args_no_hyphens}"
      ? `${script} takes \`name=value\` (${libraryInWords(library)}), and ${given} \`--name=value\`, which it refuses. Use \`${better}\`.`
      : `${script} takes \`--name=value\` (${libraryInWords(library)}), and ${given} \`name=value\`, which it refuses. Use \`${better}\`.`;
  },
  "value-not-a-choice": ({ name, value, choices, closest }) =>
    `The script refuses \`${value}\` for \`${name}\`. ${
      closest === undefined
        ? `It takes ${few(choices)}.`
        : `Use \`${closest}\`${choices.length > 1 ? `, of ${few(choices)}` : ""}.`
    }`,
  "value-of-wrong-type": ({ name, value, wanted }) =>
    `The script reads \`${name}\` as ${wanted === "integer" ? "a whole number" : "a number"}, and refuses \`${value}\`.`,
  "fractions-for-an-integer": ({ name, distribution }) =>
    `The script reads \`${name}\` as a whole number, and \`${distribution}\` draws fractions, which it refuses. Use \`int_uniform\`.`,
  "boolean-to-a-flag": ({ passed, isReversed, isStuck, negation, hindering }) => {
    if (isReversed) {
      return `\`${passed}\` is a flag that switches something off, and takes no value. Name the flag in the command, or change the script.`;
    }
    const what = `\`${passed}\` is a flag and takes no value, so \`${passed}=True\` ends the run.`;
    if (isStuck) {
      return negation === undefined
        ? `${what} It is on by default, so no flag can give false. Change the script.`
        : `${what} It is on unless \`--${negation}\` is given. Sweep \`${negation}\` in its place, with \`\${args_no_boolean_flags}\`.`;
    }
    return hindering === undefined
      ? `${what} Use \`\${args_no_boolean_flags}\` in the command.`
      : `${what} \`\${args_no_boolean_flags}\` would give no value to \`${hindering}\`, which needs one: in the script, make both of them flags.`;
  },
  "flag-stays-on": ({ passed, takesWords, negation }) => {
    if (negation !== undefined) {
      return `\`${passed}\` is on unless \`--${negation}\` is given, and W&B's macros cannot give it: with false the run is the same. Sweep \`${negation}\` in its place.`;
    }
    const what = `\`${passed}\` is on by default, and \`\${args_no_boolean_flags}\` gives nothing for false: the run is the same.`;
    return takesWords
      ? `${what} Use \`\${args}\`, which gives \`${passed}=False\`.`
      : `${what} Change the script.`;
  },
  "flag-without-value": ({ passed }) =>
    `\`${passed}\` needs a value, and \`\${args_no_boolean_flags}\` gives it none, which ends the run. Make it a flag in the script.`,
  "boolean-read-as-true": ({ name, value }) =>
    `The script reads \`${name}\` with \`bool\`, to which every text is true, \`${value}\` too. Change its type in the script.`,
  "null-as-text": ({ name, wanted }) =>
    wanted === undefined
      ? `\`${name}\` arrives as the text \`None\`, not as Python's None. Leave the value out, or give the script a word for it.`
      : `The script reads \`${name}\` as ${wanted === "integer" ? "a whole number" : "a number"}, and refuses the text \`None\`, as which null arrives. Leave the value out, or change the type in the script.`,
  "value-misspelt": ({ value, closest, script }) =>
    `\`${value}\` stands nowhere in ${script}. Is \`${closest}\` meant?`,
  "metric-not-logged": ({ metric, script, closest }) =>
    closest === undefined
      ? `Nothing in ${script} or in what it imports reports \`${metric}\`. Report it, or name a metric that is.`
      : `The script reports no \`${metric}\`. It reports \`${closest}\`: use that.`,
  "metric-only-printed": ({ metric, script, closest }) =>
    `${script} prints \`${metric}\` and does not log it: it is read from the output here, and W&B would not see it. ${
      closest === undefined ? "Log it too." : `Log it too, or use \`${closest}\`.`
    }`,
  "program-not-found": ({ program, similar }) => {
    const what = `There is no \`${program}\` beside this file or in a folder above, so it cannot be run from here.`;
    return similar.length === 0
      ? `${what} Name the script as seen from this file.`
      : `${what} Is ${oneOf(code(similar.slice(0, 3)))} meant?`;
  },
  "script-broken": ({ script, line }) =>
    `Line ${line} of ${script} does not look like Python. If it is not, no run can start.`,
};

const libraries: Readonly<Record<Library, string>> = {
  argparse: "The parser",
  click: "The click command",
  typer: "The typer command",
  "hf-argument-parser": "The HfArgumentParser",
  "simple-parsing": "The simple-parsing parser",
  tyro: "tyro",
  tap: "The Tap parser",
  pyrallis: "pyrallis",
  fire: "Fire",
  hydra: "The Hydra configuration",
  jsonargparse: "jsonargparse",
  absl: "absl",
  omegaconf: "The OmegaConf configuration",
  globals: "The script",
};

function libraryInWords(library: Library): string {
  return libraries[library];
}

function few(choices: readonly string[]): string {
  const shown = code(choices.slice(0, 8));
  return choices.length > 8 ? `${shown.join(", ")}, …` : oneOf(shown);
}

function allOf(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${last}` : last;
}
