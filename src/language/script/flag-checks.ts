/** What becomes of a boolean where the command gives it as a flag: `--name` for true, nothing for false. */
import type { Option } from "../../script/reading.js";
import { type TextNode, valueAt } from "../../sweep/tree.js";
import { macroFor } from "../options.js";
import { parametersOf, type Swept } from "../practice/swept.js";
import { asPassed, type Fit } from "./fit.js";
import type { ScriptFacts } from "./problem.js";

export const flagMacro = "${args_no_boolean_flags}";

export function passesFlags({ macro }: Fit): boolean {
  return macro?.name === flagMacro;
}

export function valuesOf({ node }: Swept): readonly TextNode[] {
  const value = valueAt(node, "value");
  const values = valueAt(node, "values");
  if (value !== undefined) return [value];
  return values?.kind === "list" ? values.items : [];
}

interface Said {
  readonly facts: ScriptFacts;
  readonly severity: "error" | "warning";
}

/** What is wrong with a boolean that the macro for flags passes. */
export function flagFacts(
  fit: Fit,
  name: string,
  option: Option,
  value: boolean,
): Said | undefined {
  const passed = asPassed(fit, name);
  if (!value) {
    if (!staysOn(option, name)) return undefined;
    const takesWords = option.takes.kind === "boolean";
    return {
      facts: { code: "flag-stays-on", name, passed, takesWords, ...negationOf(option) },
      severity: "warning",
    };
  }
  if (!needsValue(fit, option)) return undefined;
  return { facts: { code: "flag-without-value", name, passed }, severity: "error" };
}

/** Of a boolean that a flag is given with its value: what the macro for flags would make of it. */
export function flagCure(
  fit: Fit,
  name: string,
  option: Option,
): { readonly isStuck: boolean; readonly negation?: string; readonly hindering?: string } {
  const swept = parametersOf(fit.root);
  const own = swept.find((each) => each.name === name);
  const isStuck = own !== undefined && has(own, false) && staysOn(option, name);
  const hindering = swept.find((each) => each.name !== name && hinders(fit, each))?.name;
  return {
    isStuck,
    ...(isStuck && negationOf(option)),
    ...(hindering !== undefined && { hindering: asPassed(fit, hindering) }),
  };
}

/** The macro by which this sweep's parameters reach the script. */
export function macroOfFit(fit: Fit): string {
  const macro = macroFor(fit.reading);
  const isHindered = parametersOf(fit.root).some((swept) => hinders(fit, swept));
  return macro === flagMacro && isHindered ? "${args}" : macro;
}

/** Whether the macro for flags would lose or break what a parameter says. */
function hinders(fit: Fit, swept: Swept): boolean {
  const acceptance = fit.acceptance(swept.name);
  const option = acceptance.verdict === "accepted" ? acceptance.option : undefined;
  if (option === undefined) return false;
  if (has(swept, false) && staysOn(option, swept.name)) return true;
  return option.takes.kind !== "flag" && has(swept, true) && takesNoBareName(option);
}

function has(swept: Swept, value: boolean): boolean {
  return valuesOf(swept).some((node) => node.kind === "scalar" && node.value === value);
}

/** Whether the script does the same for false, of which the macro gives it nothing, as for true. */
function staysOn({ takes, default: preset }: Option, name: string): boolean {
  if (preset !== true) return false;
  if (takes.kind === "boolean") return true;
  if (takes.kind !== "flag" || !takes.sets) return false;
  return takes.negation === undefined || alike(takes.negation) !== alike(`--${name}`);
}

function alike(name: string): string {
  return name.replaceAll("_", "-");
}

function takesNoBareName({ mayBeBare }: Option): boolean {
  return mayBeBare !== true;
}

/** Proven of argparse alone: some of the other libraries take the name of a boolean for true. */
function needsValue({ reading }: Fit, option: Option): boolean {
  const isArgparse = reading.commandLines.every(({ library }) => library === "argparse");
  return isArgparse && option.takes.kind === "boolean" && takesNoBareName(option);
}

function negationOf({ takes }: Option): { negation?: string } {
  return takes.kind === "flag" && takes.negation !== undefined
    ? { negation: takes.negation.replace(/^--/, "") }
    : {};
}
