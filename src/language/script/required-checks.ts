/** Whether the script is given all that it does not start without. */
import type { CommandLine, Option } from "../../script/reading.js";
import { defaultCommand } from "../../sweep/sweep.js";
import { entryOf, type TextNode, valueAt } from "../../sweep/tree.js";
import { passingOf } from "../options.js";
import { parametersOf } from "../practice/swept.js";
import { type Fit, severityIn } from "./fit.js";
import type { ScriptProblem } from "./problem.js";

export function requiredProblems(fit: Fit): readonly ScriptProblem[] {
  const { root, reading, script } = fit;
  const line = closedLine(fit);
  const words = wordsBehindProgram(root);
  const names = givenNames(root);
  if (line === undefined || words === undefined || names === undefined) return [];
  const given = new Set(
    names.flatMap((name) => {
      const acceptance = fit.acceptance(name);
      return acceptance.verdict === "accepted" ? (acceptance.option?.name ?? []) : [];
    }),
  );
  const missing = line.options.filter(
    (option) =>
      option.isRequired &&
      !given.has(option.name) &&
      !isNamed(option, line, words) &&
      !isReplaced(option, line),
  );
  const entry = entryOf(root, "command") ?? entryOf(root, "program");
  if (missing.length === 0 || entry === undefined || reading.startsAgent !== undefined) return [];
  return [
    {
      code: "argument-missing",
      // An option that only some ways through the script add may look like one that all do.
      severity: severityIn(fit, "warning"),
      range: entry.keyRange,
      missing: missing.map(({ name, spellings }) => longest(spellings) ?? name),
      script,
      related: missing.map(({ place }) => ({ place, message: "Here the script asks for it." })),
    },
  ];
}

// They give arguments from elsewhere, or make what is required optional.
const otherSources = ["argv", "configargparse", "fromfile_prefix_chars", "_actions", "SystemExit"];

/** The only parser of the script, where all of it was seen and nothing else can give it arguments. */
function closedLine({ reading, passed, mismatched }: Fit): CommandLine | undefined {
  const [line, another] = reading.commandLines;
  if (line?.library !== "argparse" || another !== undefined || !line.refusesUnknown) {
    return undefined;
  }
  const isOpen = line.gaps.length > 0 || reading.gaps.length > 0 || mismatched !== undefined;
  if (isOpen || passed.style !== "hyphens") return undefined;
  return otherSources.some((word) => reading.words.has(word)) ? undefined : line;
}

/** Undefined where the command does not start the script itself, or has words of an unknown sense. */
function wordsBehindProgram(root: TextNode): readonly string[] | undefined {
  const command = valueAt(root, "command");
  if (command === undefined) return [];
  if (command.kind !== "list") return undefined;
  const words = command.items.map((item) => (item.kind === "scalar" ? item.source : "$"));
  const at = words.indexOf("${program}");
  const isPlain = words
    .slice(0, at)
    .every((word) => defaultCommand.includes(word) || /^(?:(?:.*\/)?python[\d.]*|-u)$/.test(word));
  if (at < 0 || !isPlain) return undefined;
  const behind = words.slice(at + 1).filter((word) => passingOf([word]) === "none");
  return behind.some((word) => word.includes("$")) ? undefined : behind;
}

/** Every name that the sweep sets, those of groups too; undefined where they are not all written. */
function givenNames(root: TextNode): readonly string[] | undefined {
  const parameters = valueAt(root, "parameters");
  if (parameters?.kind !== "map") return undefined;
  const keys = parameters.entries.map(({ key }) => key);
  if (keys.length === 0 || keys.includes("<<")) return undefined;
  return [...new Set([...keys, ...parametersOf(root).map(({ name }) => name)])];
}

/** Whether a word of the command may give it; a place is taken by any word. */
function isNamed({ spellings }: Option, line: CommandLine, words: readonly string[]): boolean {
  if (spellings.length === 0) return words.length > 0;
  return words.some((word) => {
    const [name = ""] = word.split(/[=\s]/);
    return spellings.some(
      (each) =>
        each === name ||
        (!each.startsWith("--") && word.startsWith(each)) ||
        (line.abbreviations && name.length > 2 && each.startsWith(name)),
    );
  });
}

/** With `conflict_handler="resolve"` the last option of a name takes the place of the others. */
function isReplaced(option: Option, { options }: CommandLine): boolean {
  return options.some((other) => other !== option && other.name === option.name);
}

function longest(spellings: readonly string[]): string | undefined {
  return spellings.toSorted((a, b) => b.length - a.length)[0];
}
