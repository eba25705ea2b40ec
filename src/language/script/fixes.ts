/** Quick fixes of what does not fit between a sweep and its script. */
import type { ParsedSweep, SweepDocument } from "../../sweep/parse.js";
import { defaultCommand } from "../../sweep/sweep.js";
import { entryOf, type TextRange, valueAt } from "../../sweep/tree.js";
import { lineOf, rewordAt, type TextEdit } from "../edit.js";
import {
  type Fix,
  type Fixers,
  fixesBy,
  insertion,
  possible,
  preferred,
  useValue,
} from "../fixes/fix.js";
import { passingOf } from "../options.js";
import { parametersOf } from "../practice/swept.js";
import { useMacro as wordForMacro } from "../rewrite.js";
import { flagMacro, valuesOf } from "./flag-checks.js";
import type { ScriptFacts, ScriptProblem } from "./problem.js";

/** The best first; none where only the user can know. */
export function scriptFixesFor(parsed: ParsedSweep, problem: ScriptProblem): readonly Fix[] {
  return fixesBy<ScriptFacts>(fixers, parsed, problem);
}

const fixers: Fixers<ScriptFacts> = {
  "parameter-refused": changeName,
  "parameter-unread": changeName,
  "parameters-not-passed": ({ macro }, _range, document) => [lastWord(document, macro)],
  "arguments-in-other-style": ({ better }, _range, document) => [useMacro(document, better)],
  "value-not-a-choice": ({ closest, choices }, range, { text }) =>
    closest === undefined
      ? choices.length > 6
        ? []
        : choices.map((each) => possible(`Change to ${each}`, useValue(text, range, each)))
      : [preferred(`Change to ${closest}`, useValue(text, range, closest))],
  "value-misspelt": ({ closest }, range, { text }) => [
    preferred(`Change to ${closest}`, useValue(text, range, closest)),
  ],
  "boolean-to-a-flag": ({ name, isReversed, isStuck, negation, hindering }, _range, document) => [
    isReversed || isStuck || hindering !== undefined ? undefined : useMacro(document, flagMacro),
    negation === undefined || hindering !== undefined
      ? undefined
      : sweepNegation(document, name, negation, useMacro(document, flagMacro)?.edits),
  ],
  "flag-stays-on": ({ name, negation }, _range, document) => [
    negation === undefined ? undefined : sweepNegation(document, name, negation, []),
  ],
  "fractions-for-an-integer": (_problem, range, document) => [drawIntegers(document, range)],
  "metric-not-logged": ({ closest }, range, { text }) => [
    closest === undefined
      ? undefined
      : preferred(`Change to ${closest}`, useValue(text, range, closest)),
  ],
  "program-not-found": ({ similar }, range, { text }) =>
    similar.slice(0, 5).map((each) => {
      const make = similar.length === 1 ? preferred : possible;
      return make(`Change to ${each}`, useValue(text, range, each));
    }),
};

function changeName(
  { name, closest }: { readonly name: string; readonly closest?: string },
  range: TextRange,
  document: SweepDocument,
): readonly (Fix | undefined)[] {
  if (closest === undefined) return [];
  const { text } = document;
  // `no-residual` says the opposite of `residual`.
  if (negates(name) !== negates(closest)) return [sweepNegation(document, name, closest, [])];
  return [preferred(`Change to ${closest}`, rewordAt(text, range, closest))];
}

function negates(name: string): boolean {
  return /^(?:no|not|dont|disable|without|skip)[-_]/i.test(name);
}

/** The same search under the name of the opposite, with true for false. Undefined where that is taken. */
function sweepNegation(
  { root, text }: SweepDocument,
  name: string,
  negation: string,
  others: readonly TextEdit[] | undefined,
): Fix | undefined {
  const all = parametersOf(root);
  const swept = all.find((each) => each.name === name);
  const isTaken = all.some((each) => each.name === negation);
  if (swept === undefined || isTaken || others === undefined) return undefined;
  const { keyRange } = swept.entry;
  // The last part of a nested name cannot be changed for a whole one.
  const isWhole = text.slice(keyRange.start, keyRange.end).replaceAll(/["']/g, "") === name;
  const values = valuesOf(swept);
  const flipped = values.flatMap((node): TextEdit[] =>
    node.kind === "scalar" && typeof node.value === "boolean"
      ? [{ range: node.range, newText: String(!node.value) }]
      : [],
  );
  if (!isWhole || flipped.length === 0 || flipped.length < values.length) return undefined;
  const renamed = rewordAt(text, keyRange, negation);
  return possible(`Sweep ${negation}, with true for false`, renamed, ...flipped, ...others);
}

/** Another macro in the command, or a command with it where the file has none. */
function useMacro(document: SweepDocument, macro: string): Fix | undefined {
  const command = valueAt(document.root, "command");
  if (command === undefined) return commandWith(document, macro);
  const word =
    command.kind === "list"
      ? command.items.find((item) => item.kind === "scalar" && passingOf([item.source]) !== "none")
      : undefined;
  if (word === undefined) return undefined;
  return preferred(`Use ${macro}`, wordForMacro(document, word.range, macro));
}

/** Behind the program, where it stands on a line of its own. */
function commandWith({ text, root }: SweepDocument, macro: string): Fix | undefined {
  const program = entryOf(root, "program");
  if (program === undefined) return undefined;
  const { line, before } = lineOf(text, program.keyRange.start);
  const { end } = program.value.range;
  if (before.trim() !== "" || end > line.start + line.text.length) return undefined;
  const words = defaultCommand.map((word) => (word === "${args}" ? macro : word));
  const lines = ["command:", ...words.map((word) => `  - ${word}`)];
  const newText = lines.map((each) => `\n${before}${each}`).join("");
  const at = line.start + line.text.length;
  return preferred(`Add a command with ${macro}`, insertion(at, newText));
}

/** A last word more. */
function lastWord({ text, root }: SweepDocument, macro: string): Fix | undefined {
  const command = valueAt(root, "command");
  const last = command?.kind === "list" ? command.items.at(-1) : undefined;
  if (last === undefined) return undefined;
  const { line, before } = lineOf(text, last.range.start);
  const isOwnLine = /^\s*-\s+$/.test(before);
  const at = isOwnLine ? line.start + line.text.length : last.range.end;
  return preferred(
    `Add ${macro}`,
    insertion(at, isOwnLine ? `\n${before}${macro}` : `, "${macro}"`),
  );
}

/** `int_uniform` for a distribution that is written down, or one more key for one that is not. */
function drawIntegers({ text, root }: SweepDocument, range: TextRange): Fix | undefined {
  const swept = parametersOf(root).find(
    ({ entry }) => entry.keyRange.start <= range.start && range.start <= entry.value.range.end,
  );
  const bounds = ["min", "max"].map((key) => valueAt(swept?.node, key));
  if (swept === undefined) return undefined;
  const edits: TextEdit[] = [];
  for (const bound of bounds) {
    if (bound?.kind !== "scalar" || typeof bound.value !== "number") return undefined;
    const whole = String(Math.round(bound.value));
    if (bound.source !== whole) edits.push({ range: bound.range, newText: whole });
  }
  const written = entryOf(swept.node, "distribution");
  if (written !== undefined) edits.push(rewordAt(text, written.value.range, "int_uniform"));
  return preferred("Draw whole numbers", ...edits);
}
