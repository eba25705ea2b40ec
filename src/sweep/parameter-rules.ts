/** What must hold between the keys of a parameter, and between parameters and the method. */
import { checkWhatIsDrawn } from "./bounds-rules.js";
import { type FileParameter, parametersIn } from "./file-parameter.js";
import { checkGrid } from "./grid-rules.js";
import type { DistributionName } from "./parameter-grammar.js";
import type { Report } from "./problem.js";
import { entryOf, type MapNode, numberOf, valueAt, visibleRange } from "./tree.js";
import { checkValues } from "./values-rules.js";

export function checkParameters(root: MapNode, method: string | undefined, report: Report): void {
  const entry = entryOf(root, "parameters");
  if (entry === undefined) {
    reportMissing(root, report);
    return;
  }
  let unknown = 0;
  const found: FileParameter[] = [];
  for (const parameter of parametersIn(entry.value)) {
    if (parameter === undefined) unknown += 1;
    else found.push(parameter);
  }
  for (const parameter of found) checkParameter(parameter, method, report);
  if (method === "grid") checkGrid(found, report);
  if (method === "bayes" && unknown === 0 && found.length > 0) {
    const constant = found.every(({ definition }) => definition === "constant");
    if (constant) report(entry.keyRange, { code: "bayes-needs-variable" });
  }
}

function reportMissing(root: MapNode, report: Report): void {
  const scheduler = entryOf(root, "scheduler");
  const searchSpace = entryOf(scheduler?.value, "search_space");
  if (searchSpace !== undefined) {
    report(searchSpace.keyRange, { code: "search-space-in-python" });
    return;
  }
  const { start } = root.range;
  report({ start, end: start }, { code: "missing-key", key: "parameters", where: "" });
}

function checkParameter(
  parameter: FileParameter,
  method: string | undefined,
  report: Report,
): void {
  checkBounds(parameter, report);
  checkSpread(parameter, report);
  checkExponents(parameter, report);
  checkValues(parameter, method, report);
  checkWhatIsDrawn(parameter, method, report);
}

/** W&B looks at the top level only; a group that breaks this rule fails when it is drawn from. */
function checkBounds({ name, node }: FileParameter, report: Report): void {
  const minEntry = entryOf(node, "min");
  const min = numberOf(minEntry?.value);
  const max = numberOf(valueAt(node, "max"));
  if (minEntry === undefined || min === undefined || max === undefined || min < max) return;
  if (Number.isNaN(min) || Number.isNaN(max)) return;
  report(visibleRange(minEntry), { code: "min-not-below-max", name, min, max });
}

/** W&B's schema takes a standard deviation or a shape of 0, and its engine then draws NaN. */
function checkSpread({ name, node }: FileParameter, report: Report): void {
  for (const key of ["sigma", "a", "b"]) {
    const entry = entryOf(node, key);
    if (entry !== undefined && numberOf(entry.value) === 0) {
      report(visibleRange(entry), { code: "no-spread", name, key });
    }
  }
}

const replacements: Partial<Record<DistributionName, DistributionName>> = {
  log_uniform: "log_uniform_values",
  q_log_uniform: "q_log_uniform_values",
  inv_log_uniform: "inv_log_uniform_values",
};

function checkExponents({ name, node, definition }: FileParameter, report: Report): void {
  const replacement = replacements[definition];
  const entry = entryOf(node, "distribution");
  const min = numberOf(valueAt(node, "min"));
  const max = numberOf(valueAt(node, "max"));
  if (!replacement || entry === undefined || min === undefined || max === undefined) return;
  const inverse = definition === "inv_log_uniform";
  report(visibleRange(entry), {
    code: "log-uniform-exponents",
    name,
    distribution: definition,
    replacement,
    min,
    max,
    sampledFrom: Math.exp(inverse ? -max : min),
    sampledTo: Math.exp(inverse ? -min : max),
    looksLike: appearance(min, max),
  });
}

/**
 * Most exponents of public sweep files are negative fractions such as -9.21. Bounds such as 1e-5
 * and 0.1 were meant as values, -5 and -1 probably as powers of ten.
 */
function appearance(min: number, max: number): "values" | "base-10" | "exponents" {
  if ((min > 0 && min < 1) || (min === 0 && max < 1) || max > 30) return "values";
  const whole = Number.isInteger(min) && Number.isInteger(max);
  return whole && min < 0 && min >= -6 && max <= 0 ? "base-10" : "exponents";
}
