/** Whether the command gives the script its parameters, in the form that the script takes. */
import { optionNamed } from "../../script/acceptance.js";
import { entryOf } from "../../sweep/tree.js";
import { parametersOf } from "../practice/swept.js";
import { type Fit, severityIn, startsRun } from "./fit.js";
import { macroOfFit } from "./flag-checks.js";
import type { ScriptProblem } from "./problem.js";

export function commandProblems(fit: Fit): readonly ScriptProblem[] {
  const { reading, root, script, macro } = fit;
  const command = entryOf(root, "command");
  const hasParameters = parametersOf(root).length > 0;
  if (!hasParameters || reading.startsAgent !== undefined) return [];
  if (fit.mismatched !== undefined) return [otherStyle(fit, fit.mismatched)];
  if (command === undefined || macro !== undefined || isGivenOtherwise(fit)) return [];
  return [
    {
      code: "parameters-not-passed",
      severity: severityIn(fit, isCertain(fit) ? "warning" : "hint"),
      range: command.keyRange,
      script,
      macro: macroOfFit(fit),
      related: reading.commandLines.map(({ place }) => ({
        place,
        message: "Here the script reads its arguments.",
      })),
    },
  ];
}

/** Whether the script can be seen to have no other way to its parameters. */
function isCertain(fit: Fit): boolean {
  const { reading, root } = fit;
  return (
    startsRun(fit) ||
    parametersOf(root).some(({ name }) => optionNamed(reading, name) !== undefined)
  );
}

/** By `wandb.config`, by environment variables, or in a way that was not seen. */
function isGivenOtherwise({ reading, root, text }: Fit): boolean {
  const { config, gaps, words } = reading;
  if (config.isRead || config.keys.length > 0 || config.passedOn.length > 0) return true;
  if (gaps.some(({ why }) => why === "executes-text" || why === "too-many-files")) return true;
  if (words.has("WANDB_SWEEP_PARAM_PATH") || words.has("SWEEPDECK_PARAMS")) return true;
  // `--lr=${lr}` is a mistake of its own, and says that passing was meant.
  const command = entryOf(root, "command")?.value;
  const written = command === undefined ? "" : text.slice(command.range.start, command.range.end);
  return parametersOf(root).some(({ name }) => written.includes(`\${${name}}`));
}

function otherStyle(fit: Fit, line: NonNullable<Fit["mismatched"]>): ScriptProblem {
  const { macro, root, script } = fit;
  const program = entryOf(root, "program") ?? entryOf(root, "parameters");
  return {
    code: "arguments-in-other-style",
    severity: severityIn(fit, "error"),
    range: macro?.node?.range ?? program?.keyRange ?? root.range,
    library: line.library,
    script,
    ...(macro?.node !== undefined && { macro: macro.name }),
    better: macroOfFit(fit),
    related: [{ place: line.place, message: "Here the script reads its arguments." }],
  };
}
