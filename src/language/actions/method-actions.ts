/** From a grid to a search, and back. */
import { cardinality, quantile } from "../../space/distribution.js";
import { hasGrid } from "../../space/grid.js";
import { searchGridSize } from "../../space/search-grid.js";
import type { Distribution } from "../../space/space.js";
import type { ParsedSweep, SweepDocument } from "../../sweep/parse.js";
import { searchedBy } from "../../sweep/search-space.js";
import { entryOf, isNull, type MapEntry, type TextNode, textOf } from "../../sweep/tree.js";
import { removalOf, rewordAt, type TextEdit } from "../edit.js";
import { insertion } from "../fixes/fix.js";
import { distributionIn, parameterEntries } from "../parameter-entries.js";
import { type Action, type Occasion, rewriting } from "./action.js";
import { isWhole, rounded, valuesIn } from "./numbers.js";
import { listText } from "./parameter-actions.js";
import { isFlow, newlineAt, redefine, trimmedLineEnd } from "./redefine.js";

/** So many random trials find one of the best 5 % with a chance of 95 %, in any space. */
const enough = 60;

export function methodActions({ parsed }: Occasion): readonly Action[] {
  const { document } = parsed;
  const method = entryOf(document.root, "method");
  if (method === undefined) return [];
  const change = (title: string, to: string, ...more: readonly TextEdit[]) =>
    rewriting(title, [rewordAt(document.text, method.value.range, to), ...more]);
  const random = "Convert to a random search";
  const bayes = "Convert to a Bayesian search";
  const canLearn = isForBayes(document.root);
  switch (textOf(method.value)) {
    case "grid": {
      const cap = capped(document, method, searchSize(parsed));
      const searches = [change(random, "random", ...cap), change(bayes, "bayes", ...cap)];
      return canLearn ? searches : searches.slice(0, 1);
    }
    case "random":
      return [...(canLearn ? [change(bayes, "bayes")] : []), ...asGrid(document, method)];
    case "bayes":
      return [change(random, "random"), ...asGrid(document, method)];
    default:
      return [];
  }
}

/** It learns from a metric, and needs something that varies. */
function isForBayes(root: TextNode | undefined): boolean {
  const metric = entryOf(root, "metric");
  if (metric === undefined || isNull(metric.value)) return false;
  return parameterEntries(root).some(
    ({ entry }) => (distributionIn(entry.value)?.kind ?? "constant") !== "constant",
  );
}

/** As many trials as the grid has, or as are enough of it. */
function searchSize({ sweep }: ParsedSweep): number {
  return sweep === undefined ? enough : Math.min(enough, searchGridSize(searchedBy(sweep)));
}

/** A search has no end of its own. */
function capped({ text, root }: SweepDocument, method: MapEntry, cap: number): readonly TextEdit[] {
  if (root?.kind !== "map" || entryOf(root, "run_cap") !== undefined) return [];
  if (isFlow(text, root)) return [insertion(method.value.range.end, `, run_cap: ${cap}`)];
  const at = trimmedLineEnd(text, method.value.range.end);
  return [insertion(at, `${newlineAt(text, method.keyRange.start)}run_cap: ${cap}`)];
}

/** What has no steps is listed; the fewer values, the more parameters there are to list. */
function asGrid(document: SweepDocument, method: MapEntry): readonly Action[] {
  const parameters = parameterEntries(document.root).map(({ entry }) => ({
    entry,
    distribution: distributionIn(entry.value),
  }));
  const continuous = parameters.filter(
    ({ distribution }) =>
      distribution !== undefined && distribution.kind !== "categorical" && needsList(distribution),
  ).length;
  const count = continuous <= 1 ? 7 : continuous === 2 ? 5 : 3;
  const edits: TextEdit[] = [rewordAt(document.text, method.value.range, "grid")];
  let size = 1;
  for (const { entry, distribution } of parameters) {
    if (distribution === undefined) return [];
    if (!needsList(distribution)) {
      size *= cardinality(distribution);
      continue;
    }
    const values = gridValues(distribution, count);
    const redefined = redefine(document, entry, [
      ["values", listText(values, isDiscrete(distribution))],
    ]);
    if (redefined === undefined) return [];
    edits.push(...redefined);
    size *= values.length;
  }
  const cap = entryOf(document.root, "run_cap");
  const removal = cap && removalOf(document.text, cap.keyRange);
  if (removal !== undefined) edits.push(removal);
  const configurations = size === 1 ? "1 configuration" : `${size} configurations`;
  return [rewriting(`Convert to a grid of ${configurations}`, edits)];
}

function isDiscrete(distribution: Distribution): boolean {
  return distribution.kind === "categorical" || isWhole(distribution);
}

/** A grid takes `q_uniform` too, and drops its `max`. */
function needsList(distribution: Distribution): boolean {
  return !hasGrid(distribution) || distribution.kind === "q_uniform";
}

function gridValues(distribution: Distribution, count: number) {
  if (distribution.kind === "categorical") return distribution.values;
  const values = valuesIn(distribution, count);
  if (values !== undefined) return values;
  // Without bounds: the middles of equal shares of the draws.
  const shares = Array.from({ length: count }, (_, index) => (index + 0.5) / count);
  const middles = shares.map((share) => quantile(distribution, share));
  return middles.map((value) => (typeof value === "number" ? rounded(value) : value));
}
