/** What `1e-4` comes to under W&B, which reads it as text: that depends on who reads it then. */
import type { ParsedSweep } from "../../sweep/parse.js";
import type { SweepProblem } from "../../sweep/problem.js";
import { type TextRange, valueAt } from "../../sweep/tree.js";
import { parametersOf, type Swept } from "../practice/swept.js";
import type { Surroundings } from "../surroundings.js";
import { type Fit, fitOf } from "./fit.js";
import { drawsFractionsForInteger } from "./value-checks.js";

const judgedByScript = new Set(["number-without-dot", "fractions-of-a-count"]);

/**
 * The problems of the file itself, with those numbers as loud as they are harmful: W&B refuses them
 * as bounds; as values they arrive as text in `wandb.config`, and as the number that is meant where
 * an option converts its text anyway. Where the script says that it takes whole numbers, nothing is
 * guessed from a name.
 */
export function sweepProblemsBeside(
  parsed: ParsedSweep,
  around: Surroundings,
): readonly SweepProblem[] {
  const { problems } = parsed;
  if (!problems.some(({ code }) => judgedByScript.has(code))) return problems;
  // A script that loads a file of JSON itself gets numbers, whatever the dots.
  if (isJson(parsed.document.text)) return problems.map(softened);
  const fit = fitOf(parsed, around);
  if (fit === undefined) return problems;
  const parameters = parametersOf(fit.root);
  return problems.flatMap((problem) => {
    if (problem.code === "fractions-of-a-count") {
      const swept = parameters.find(({ name }) => name === problem.name);
      return swept !== undefined && drawsFractionsForInteger(fit, swept) ? [] : [problem];
    }
    if (problem.code !== "number-without-dot") return [problem];
    const swept = parameters.find((each) => isAmongValues(each, problem.range));
    return [swept !== undefined && isConverted(fit, swept) ? softened(problem) : problem];
  });
}

function softened(problem: SweepProblem): SweepProblem {
  return problem.code === "number-without-dot" ? { ...problem, severity: "hint" } : problem;
}

function isJson(text: string): boolean {
  if (!/^\s*\{/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isAmongValues({ node }: Swept, { start, end }: TextRange): boolean {
  return ["value", "values"].some((key) => {
    const range = valueAt(node, key)?.range;
    return range !== undefined && range.start <= start && end <= range.end;
  });
}

function hasKey(keys: readonly { readonly name: string }[], name: string): boolean {
  return keys.some((key) => key.name === name);
}

/** Whether the script gets the value as an argument, which is text under any reader, and converts it. */
function isConverted(fit: Fit, { name }: Swept): boolean {
  const { reading, passed } = fit;
  const isPassed = passed.style === "hyphens" || passed.style === "overrides";
  if (!isPassed) return false;
  const acceptance = fit.acceptance(name);
  const { config } = reading;
  const isReadThere = config.passedOn.length > 0 || (config.isRead && hasKey(config.keys, name));
  if (isReadThere) return false;
  const option = acceptance.verdict === "accepted" ? acceptance.option : undefined;
  return option !== undefined || passed.style === "overrides";
}
