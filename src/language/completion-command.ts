/** Completions of the command: whole forms, macros, interpreters. */
import { commandMacros } from "../sweep/command-rules.js";
import { defaultCommand } from "../sweep/sweep.js";
import type { Offer, Site } from "./offer.js";
import { macroFor } from "./options.js";
import { escaped, written } from "./snippet.js";

interface CommandForm {
  readonly name: string;
  readonly words: readonly string[];
  readonly documentation: string;
}

const usual = defaultCommand.slice(0, -1);

/** `macro` is the one that fits the script, `module` what `-m` would be given. */
function formsWith(macro: string, module: string): readonly CommandForm[] {
  return [
    {
      name: "default",
      words: defaultCommand,
      documentation: "What W&B runs when there is no command: `--name=value` for each parameter.",
    },
    {
      name: "Hydra",
      words: [...usual, "${args_no_hyphens}"],
      documentation: "`name=value` for each parameter, as Hydra takes them.",
    },
    {
      name: "with flags",
      words: [...usual, "${args_no_boolean_flags}"],
      documentation: "`--name` alone where a parameter is true, nothing where it is false.",
    },
    {
      name: "module",
      words: ["${env}", "${interpreter}", "-m", module, macro],
      documentation: "Runs the script as a module of its package, from the folder above it.",
    },
    {
      name: "accelerate",
      words: ["accelerate", "launch", "${program}", macro],
      documentation: "Starts the script by Hugging Face Accelerate, with its own configuration.",
    },
    {
      name: "torchrun",
      words: ["torchrun", "--standalone", "--nproc_per_node=1", "${program}", macro],
      documentation: "Starts the script by PyTorch's launcher; one process for each GPU.",
    },
  ];
}

/** The form that fits the script first. */
function commandForms({ around, script }: Site): readonly CommandForm[] {
  const macro = script === undefined ? "${args}" : macroFor(script.reading);
  const forms = [
    ...formsWith(macro, moduleOf(around)),
    ...around.interpreters.map((interpreter) => ({
      name: interpreter,
      words: [interpreter, "${program}", macro],
      documentation: "Runs the script by this interpreter, whatever the editor has chosen.",
    })),
  ];
  const fitting = forms.find(({ words }) => words.at(-1) === macro);
  return fitting === undefined ? forms : [fitting, ...forms.filter((form) => form !== fitting)];
}

function moduleOf({ program }: Site["around"]): string {
  const file = program?.kind === "read" ? program.path.split("/").at(-1) : undefined;
  return file === undefined ? "package.train" : file.replace(/\.py$/, "");
}

/** `command:` and all its words. */
export function wholeCommands(site: Site): Offer[] {
  if (site.cursor.style === "flow") return [];
  return commandForms(site).map(({ name, words, documentation }) => ({
    label: `command: ${name}`,
    kind: "form",
    snippet: ["command:", ...words.map((word) => `  - ${inYaml(word)}`)].join("\n"),
    documentation,
  }));
}

/** The items of a command of which there is none yet. */
export function commandItems(site: Site): Offer[] {
  if (site.cursor.style === "flow") return [];
  return commandForms(site).map(({ name, words, documentation }) => ({
    label: name,
    kind: "form",
    snippet: words.map((word) => `- ${inYaml(word)}`).join("\n"),
    documentation,
  }));
}

/** The words of a command one by one: macros, and interpreters. */
export function commandWords(site: Site): Offer[] {
  const { around, script } = site;
  const macro = script === undefined ? undefined : macroFor(script.reading);
  const macros = Object.entries(commandMacros).map(([name, meaning]): Offer => {
    const text = `\${${name}}`;
    const fits = text === macro ? { detail: "fits the script" } : {};
    return { label: text, kind: "macro", snippet: escaped(text), documentation: meaning, ...fits };
  });
  const interpreters = around.interpreters.map(
    (interpreter): Offer => ({
      label: interpreter,
      kind: "file",
      snippet: escaped(written(interpreter)),
      documentation: "The interpreter of a virtual environment.",
    }),
  );
  return [
    ...macros,
    {
      label: "${envvar:NAME}",
      kind: "macro",
      snippet: "\\${envvar:${1:NAME}\\}",
      documentation: "The value of an environment variable; it may stand inside a word.",
    },
    ...interpreters,
  ];
}

/** A macro is text to YAML, for all its braces. */
function inYaml(word: string): string {
  return escaped(word.startsWith("${") ? word : written(word));
}
