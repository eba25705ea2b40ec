/**
 * `early_terminate`: at which counts of reported values trials are compared, and how many go on.
 *
 * The bands are those of W&B's engine: up from `min_iter` by factors of `eta`, or, where `max_iter`
 * is given, down from it in `s` steps.
 */
import { type FileParameter, parametersIn } from "./file-parameter.js";
import { bandsBelow, survivorsOf } from "./hyperband-bands.js";
import type { Report } from "./problem.js";
import type { Sweep } from "./sweep.js";
import {
  entryOf,
  isNull,
  type MapEntry,
  type MapNode,
  numberOf,
  valueAt,
  visibleRange,
} from "./tree.js";

export function checkEarlyTerminate(root: MapNode, report: Report): void {
  const entry = entryOf(root, "early_terminate");
  if (entry === undefined || isNull(entry.value)) return;
  const { keyRange, value: node } = entry;
  const metric = valueAt(root, "metric");
  if ((metric === undefined || isNull(metric)) && entryOf(root, "metrics") === undefined) {
    report(keyRange, { code: "early-terminate-needs-metric" });
  }
  if (node.kind !== "map") return;
  checkBands(entry, node, report);
  checkReach(node, root, report);
}

function checkBands({ keyRange }: MapEntry, node: MapNode, report: Report): void {
  const [minIter, maxIter, s] = ["min_iter", "max_iter", "s"].map((key) => entryOf(node, key));
  const eta = numberOf(valueAt(node, "eta")) ?? 3;
  if (minIter === undefined && (maxIter === undefined || s === undefined)) {
    report(keyRange, { code: "hyperband-incomplete" });
  } else if (maxIter !== undefined && s === undefined) {
    const steps = stepsBetween(numberOf(minIter?.value), numberOf(maxIter.value), eta);
    report(maxIter.keyRange, { code: "hyperband-without-s", ...(steps > 0 && { s: steps }) });
  } else if (maxIter !== undefined && s !== undefined) {
    const [longest, steps] = [numberOf(maxIter.value), numberOf(s.value)];
    if (longest === undefined || steps === undefined || !(eta > 1)) return;
    const bands = Number.isInteger(steps) ? bandsBelow(longest, steps, eta) : [];
    if (bands.length === 0) report(visibleRange(s), { code: "hyperband-no-bands" });
    else if (new Set(bands).size < bands.length) {
      report(visibleRange(s), { code: "hyperband-repeated-bands", bands, eta });
    }
  }
}

/** How many bands lie between `min_iter`, included, and `max_iter`: the `s` that was meant. */
function stepsBetween(
  minIter: number | undefined,
  maxIter: number | undefined,
  eta: number,
): number {
  if (minIter === undefined || maxIter === undefined || !(minIter > 0) || !(eta > 1)) return 0;
  return Math.floor(Math.log(maxIter / minIter) / Math.log(eta) + 1e-9);
}

/** The parameters that say, where they are constant, how often a trial reports at most. */
const lengths = new Set(["epochs", "num_epochs", "n_epochs", "max_epochs", "num_train_epochs"]);

/** Bands that a trial of so many epochs cannot reach, where it reports once an epoch. */
function checkReach(node: MapNode, root: MapNode, report: Report): void {
  const minIter = entryOf(node, "min_iter");
  const first = numberOf(minIter?.value);
  if (minIter === undefined || first === undefined || entryOf(node, "max_iter") !== undefined)
    return;
  for (const parameter of parametersIn(valueAt(root, "parameters"))) {
    const longest = parameter === undefined ? undefined : longestOf(parameter);
    if (parameter === undefined || longest === undefined || longest >= first) continue;
    report(visibleRange(minIter), {
      code: "hyperband-out-of-reach",
      first,
      name: parameter.name,
      longest,
    });
  }
}

function longestOf({ name, distribution }: FileParameter): number | undefined {
  if (!lengths.has(name) || distribution === undefined) return undefined;
  switch (distribution.kind) {
    case "constant":
      return typeof distribution.value === "number" ? distribution.value : undefined;
    case "categorical": {
      const numbers = distribution.values.filter((value) => typeof value === "number");
      return numbers.length === distribution.values.length ? Math.max(...numbers) : undefined;
    }
    case "int_uniform":
    case "q_uniform":
      return distribution.max;
    default:
      return undefined;
  }
}

/**
 * Of n trials that reach a band, floor(n / eta) + 1 go on at most. With so few trials the first
 * that come are cut against two or three others.
 */
export function adviseOnStopping(
  { runCap, earlyTerminate }: Sweep,
  root: MapNode,
  report: Report,
): void {
  const entry = entryOf(root, "early_terminate");
  if (runCap === undefined || earlyTerminate === undefined || entry === undefined) return;
  const { eta } = earlyTerminate;
  if (runCap > 2 * eta) return;
  const left = survivorsOf(runCap, eta);
  if (left === runCap) return;
  report(entry.keyRange, { code: "hyperband-cuts-hard", trials: runCap, left });
}
