/** Whether the script takes the parameters of the sweep, by their names. */
import type { Severity } from "../../sweep/problem.js";
import { parametersOf, type Swept } from "../practice/swept.js";
import { asPassed, type Fit, severityIn, startsRun, takesWords } from "./fit.js";
import type { ScriptProblem } from "./problem.js";

export function nameProblems(fit: Fit): readonly ScriptProblem[] {
  const swept = parametersOf(fit.root);
  const missing = neverAsked(fit, swept);
  if (missing !== undefined) return [missing];
  return swept.flatMap((parameter) => nameProblem(fit, parameter, swept) ?? []);
}

/** A script that asks neither its arguments nor `wandb.config` for anything. */
function neverAsked(fit: Fit, swept: readonly Swept[]): ScriptProblem | undefined {
  const { reading, script, passed } = fit;
  const { config } = reading;
  const asks = reading.readsArguments || config.isRead || config.passedOn.length > 0;
  const first = swept.find(({ distribution }) => distribution !== "constant") ?? swept[0];
  if (asks || first === undefined || reading.startsAgent !== undefined) return undefined;
  if (passed.style === "json" || passed.style === "none") return undefined;
  if (isHidden(reading.gaps) || mentionsArguments(reading.words)) return undefined;
  return {
    code: "parameters-not-read",
    severity: severityIn(fit, startsRun(fit) ? "warning" : "hint"),
    range: first.entry.keyRange,
    script,
  };
}

/** Whether anything that is called may read arguments, a library's own parser for one. */
function mentionsArguments(words: ReadonlySet<string>): boolean {
  return [...words].some((word) =>
    /^parse_|_parse$|parser|argv|^(?:cmd_?|cli_?|get_?)?args$|cmd_?line|(?:^|_)cli$|^CLI|getopt|docopt|^environ$|^sacred$|SWEEPDECK|WANDB_SWEEP/i.test(
      word,
    ),
  );
}

/** Whether files that could not be read may ask for the parameters. */
function isHidden(gaps: Fit["reading"]["gaps"]): boolean {
  return gaps.some(({ why }) => why === "executes-text" || why === "too-many-files");
}

function nameProblem(
  fit: Fit,
  { name, entry, distribution }: Swept,
  swept: readonly Swept[],
): ScriptProblem | undefined {
  const { reading, script } = fit;
  // What is no name of a parameter is said to be none, and no more.
  if (!/^[+~]{0,2}[\w.\-/@]+$/.test(name)) return undefined;
  // Hydra: a key that is added or overridden by force is never refused.
  if (/^[+~]/.test(name) || /append|override/.test(fit.macro?.name ?? "")) return undefined;
  const acceptance = fit.acceptance(name);
  const range = entry.keyRange;
  const isConstant = distribution === "constant";
  if (acceptance.verdict === "refused" && isTakenWhole(fit, name, entry.key)) return undefined;
  switch (acceptance.verdict) {
    case "refused": {
      const { commandLine } = acceptance;
      const severity: Severity = isConstant ? "warning" : "error";
      const key = reading.config.keys.find((each) => each.name === name);
      return {
        code: "parameter-refused",
        severity: severityIn(fit, severity),
        range,
        name,
        passed: asPassed(fit, name),
        library: commandLine.library,
        script,
        isKey: key !== undefined,
        ...free(acceptance.closest, swept),
        ...(acceptance.onlyWith !== undefined && {
          needs: acceptance.onlyWith.map(({ name: group, value }) => `${group}=${value}`),
        }),
        related: [
          { place: commandLine.place, message: "Here the script reads its arguments." },
          ...(key === undefined
            ? []
            : [{ place: key.place, message: "Here it reads the value, once it gets this far." }]),
        ],
      };
    }
    case "unread":
      if (forwardsArguments(fit)) return undefined;
      return {
        code: "parameter-unread",
        severity: severityIn(fit, isConstant ? "hint" : "warning"),
        range,
        name,
        script,
        ...free(acceptance.closest, swept),
      };
    case "unknown":
      return isReadByKeysOnly(fit, swept)
        ? { code: "parameter-unread", severity: "hint", range, name, script }
        : undefined;
    default:
      return undefined;
  }
}

/** Whether an option takes the group that a parameter stands in: what is passed is `--model={'width': 1}`. */
function isTakenWhole(fit: Fit, name: string, key: string): boolean {
  if (name === key) return false;
  const above = name.slice(0, -key.length - 1).split(".");
  return above.some((_, at) => {
    const acceptance = fit.acceptance(above.slice(0, at + 1).join("."));
    const option = acceptance.verdict === "accepted" ? acceptance.option : undefined;
    return (
      option !== undefined && (option.takes.kind === "text" || option.takes.kind === "unknown")
    );
  });
}

/**
 * Whether values can only arrive as keys of `wandb.config`, all of which were seen. A name that is
 * none of them and still stands in the script may be read in a way that was not; that most of the
 * others are keys tells that the reading works.
 */
function isReadByKeysOnly({ reading, passed }: Fit, swept: readonly Swept[]): boolean {
  const { config, commandLines, gaps } = reading;
  const isOpen = config.passedOn.length > 0 || gaps.length > 0 || commandLines.length > 0;
  if (!config.isRead || isOpen || reading.readsArguments || passed.style === "json") return false;
  const keys = new Set(config.keys.map(({ name }) => name));
  return swept.filter(({ name }) => keys.has(name)).length * 3 >= swept.length * 2;
}

/** A script that takes its arguments raw may hand them on to another program as they are. */
function forwardsArguments({ reading, passed }: Fit): boolean {
  const { style, words } = passed;
  if (style !== "hyphens" && style !== "overrides") return false;
  const { commandLines, words: known } = reading;
  // Sacred takes `with name=value` for any name.
  if (known.has("sacred")) return true;
  if (commandLines.length === 0) return reading.readsArguments;
  return style === "overrides" && commandLines.some((line) => takesWords(line, words));
}

/** A name that the sweep has already is not the one that was meant. */
function free(closest: string | undefined, swept: readonly Swept[]): { closest?: string } {
  const isTaken = swept.some(({ name }) => name === closest);
  return closest === undefined || isTaken ? {} : { closest };
}
