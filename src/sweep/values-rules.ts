/** Lists of values: what stands there twice, what was meant to be a list, and what weights need. */
import { identity } from "../space/distribution.js";
import type { FileParameter } from "./file-parameter.js";
import { roleOf } from "./name-role.js";
import type { Report } from "./problem.js";
import { entryOf, numberOf, type TextNode, toJson, valueAt, visibleRange } from "./tree.js";

export function checkValues(
  parameter: FileParameter,
  method: string | undefined,
  report: Report,
): void {
  checkDuplicates(parameter, method === "grid", report);
  checkListAsValue(parameter, report);
  checkProbabilities(parameter, report);
}

/** A grid tries equal values once, and 1 and 1.0 are equal to it; elsewhere each is a draw more. */
function checkDuplicates({ name, node }: FileParameter, isGrid: boolean, report: Report): void {
  const values = valueAt(node, "values");
  // With probabilities each has its own weight, and the sum is meant.
  if (values?.kind !== "list" || entryOf(node, "probabilities") !== undefined) return;
  const seen = new Map<string, TextNode>();
  for (const item of values.items) {
    const same = identity(toJson(item));
    const first = seen.get(same);
    if (first === undefined) seen.set(same, item);
    else {
      const [text, firstText] = [wordsOf(item), wordsOf(first)];
      report(item.range, {
        code: "duplicate-value",
        name,
        text,
        firstText,
        first: first.range,
        isGrid,
      });
    }
  }
}

function wordsOf(node: TextNode): string {
  return node.kind === "scalar" ? node.source : JSON.stringify(toJson(node));
}

/** Lists are values too, but hardly of a learning rate. */
function checkListAsValue({ name, node }: FileParameter, report: Report): void {
  const entry = entryOf(node, "value");
  if (entry?.value.kind !== "list" || entry.value.items.length < 2) return;
  // Of layers, units or filters a list is one value.
  const isOne =
    roleOf(name) === "rate" || /^(?:num|n)_|(?:^|_)(?:batch_?size|epochs|seed)$/.test(name);
  if (!isOne || entry.value.items.some((item) => numberOf(item) === undefined)) return;
  report(entry.keyRange, { code: "list-as-value", name });
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
