/** What must hold between the keys of a parameter, and between parameters and the method. */
import { hasGrid } from "../space/grid.js";
import { distributionOf } from "./build-space.js";
import { chooseDefinition } from "./parameter-definition.js";
import type { DistributionName } from "./parameter-grammar.js";
import type { Report } from "./problem.js";
import {
  entryOf,
  type MapEntry,
  type MapNode,
  numberOf,
  type TextNode,
  valueAt,
  visibleRange,
} from "./tree.js";

/** A parameter as the file has it; its definition is known. */
interface FileParameter {
  readonly name: string;
  readonly entry: MapEntry;
  readonly node: MapNode;
  readonly definition: DistributionName;
}

export function checkParameters(root: MapNode, method: string | undefined, report: Report): void {
  const entry = entryOf(root, "parameters");
  if (entry === undefined) {
    reportMissing(root, report);
    return;
  }
  let unknown = 0;
  const found: FileParameter[] = [];
  for (const parameter of parametersIn(entry.value, "")) {
    if (parameter === undefined) unknown += 1;
    else found.push(parameter);
  }
  for (const parameter of found) checkParameter(parameter, report);
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

/** All parameters, those of groups included; undefined for one whose definition is not clear. */
function* parametersIn(node: TextNode, prefix: string): Generator<FileParameter | undefined> {
  if (node.kind !== "map") return;
  for (const entry of node.entries) {
    const name = prefix === "" ? entry.key : `${prefix}.${entry.key}`;
    if (entry.value.kind !== "map") {
      yield undefined;
      continue;
    }
    const choice = chooseDefinition(entry.value);
    if (choice.kind !== "definition") yield undefined;
    else if (choice.name !== "group") {
      yield { name, entry, node: entry.value, definition: choice.name };
    } else {
      const inner = valueAt(entry.value, "parameters");
      if (inner !== undefined) yield* parametersIn(inner, name);
    }
  }
}

function checkParameter(parameter: FileParameter, report: Report): void {
  checkBounds(parameter, report);
  checkProbabilities(parameter, report);
  checkSpread(parameter, report);
  checkExponents(parameter, report);
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

function checkProbabilities({ name, node }: FileParameter, report: Report): void {
  const entry = entryOf(node, "probabilities");
  const values = valueAt(node, "values");
  if (entry?.value.kind !== "list" || values?.kind !== "list") return;
  const weights = entry.value.items.map(numberOf);
  if (weights.length !== values.items.length) {
    const counts = { values: values.items.length, probabilities: weights.length };
    report(visibleRange(entry), { code: "probabilities-count", name, ...counts });
    return;
  }
  const sum = weights.reduce<number>((total, weight) => total + (weight ?? Number.NaN), 0);
  // As close as NumPy's isclose asks.
  if (Math.abs(sum - 1) > 1e-8 + 1e-5) {
    report(visibleRange(entry), { code: "probabilities-sum", name, sum });
  }
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
  if ((min > 0 && min < 1) || max > 30) return "values";
  const whole = Number.isInteger(min) && Number.isInteger(max);
  return whole && min < 0 && min >= -6 && max <= 0 ? "base-10" : "exponents";
}

function checkGrid(parameters: readonly FileParameter[], report: Report): void {
  for (const { name, entry, node, definition } of parameters) {
    const distribution = distributionOf(node, definition);
    if (distribution === undefined || hasGrid(distribution)) continue;
    const written = entryOf(node, "distribution") ?? entryOf(node, "probabilities");
    const range = written === undefined ? entry.keyRange : visibleRange(written);
    report(range, { code: "grid-needs-discrete", name, distribution: definition });
  }
}
