/** Fixes of parameters. */
import type { SweepDocument } from "../../sweep/parse.js";
import type { ParameterProblem } from "../../sweep/problem.js";
import { entryOf, numberOf, type TextRange } from "../../sweep/tree.js";
import { itemRemovalOf, rewordAt } from "../edit.js";
import {
  addDistribution,
  addKey,
  exponentsAsValues,
  holderAt,
  nestGroup,
  replaceKeys,
  swapBounds,
  wrapParameter,
  writeNumber,
} from "../rewrite.js";
import { type Fix, type Fixers, possible, preferred, preferredIf, replacement } from "./fix.js";

type Facts<C extends ParameterProblem["code"]> = Extract<ParameterProblem, { code: C }>;

export const parameterFixes: Fixers<ParameterProblem> = {
  "integer-wanted": ({ text }, range) => {
    const whole = text.replace(/\.0*$/, "");
    return [
      /^[-+]?\d+$/.test(whole) ? preferred(`Write ${whole}`, replacement(range, whole)) : undefined,
    ];
  },
  "min-not-below-max": ({ min, max }, range, document) => [
    min > max
      ? preferredIf("Swap min and max", swapBounds(document, range))
      : constant(String(min), range, document),
  ],
  "no-spread": ({ key }, range, document) => {
    if (key !== "sigma") return [];
    const mu = numberOf(entryOf(holderAt(document, range), "mu")?.value) ?? 0;
    return [constant(String(mu), range, document)];
  },
  "log-uniform-exponents": (problem, range, document) => {
    const { title, edits } = exponentsAsValues(problem, range, document);
    return [{ title, edits, isPreferred: true }];
  },
  "parameter-unclear": ({ candidates, reason }, range, document) =>
    reason === "distribution-needed"
      ? candidates.map((name, index) => {
          const edit = addDistribution(document, range, name);
          return (
            edit && { title: `Add distribution: ${name}`, edits: [edit], isPreferred: index === 0 }
          );
        })
      : [],
  "parameter-not-a-map": ({ suggestion, found }, range, document) => {
    const key = found === "list" ? "values" : "value";
    const edits = suggestion === undefined ? undefined : wrapParameter(document, range, key);
    return [preferredIf(`Write it as ${key}`, edits)];
  },
  "group-without-parameters": (_problem, range, document) => [
    preferredIf("Put what is in it below parameters", nestGroup(document, range)),
  ],
  "probabilities-sum": ({ sum }, range, document) => [divideWeights(sum, range, document)],
  "duplicate-value": ({ text: value, isGrid }, range, { text }) => {
    const edit = itemRemovalOf(text, range);
    return [edit && { title: `Delete this ${value}`, edits: [edit], isPreferred: isGrid }];
  },
  "list-as-value": (_problem, range, { text }) => [
    possible("Try its entries one by one", rewordAt(text, range, "values")),
  ],
  "whole-numbers-only": ({ explicit, max, looksLike }, range, document) => {
    const distribution = entryOf(holderAt(document, range), "distribution");
    const [title, edit] =
      explicit && distribution
        ? (["Use uniform", replacement(distribution.value.range, "uniform")] as const)
        : ([`Write ${max}.0`, replacement(range, `${max}.0`)] as const);
    return [{ title, edits: [edit], isPreferred: looksLike === "rate" }];
  },
  "fractions-of-a-count": wholeNumbers,
  "rounding-leaves-few": smallerStep,
  "rounding-leaves-bounds": boundsOnSteps,
};

function constant(value: string, range: TextRange, document: SweepDocument): Fix | undefined {
  const holder = holderAt(document, range);
  return (
    holder && possible(`Use value: ${value}`, ...replaceKeys(document, holder, `value: ${value}`))
  );
}

/** Weights as they were meant: in proportion. */
function divideWeights(sum: number, range: TextRange, document: SweepDocument): Fix | undefined {
  const list = entryOf(holderAt(document, range), "probabilities")?.value;
  if (list?.kind !== "list" || !(sum > 0) || !Number.isFinite(sum)) return undefined;
  const edits = list.items.map((item) =>
    replacement(item.range, writeNumber((numberOf(item) ?? 0) / sum)),
  );
  // Thirds and the like sum to 1 only nearly, which W&B takes.
  return preferred(`Divide each by ${writeNumber(sum)}`, ...edits);
}

function wholeNumbers(
  { distribution, draws }: Facts<"fractions-of-a-count">,
  range: TextRange,
  document: SweepDocument,
): readonly (Fix | undefined)[] {
  const holder = holderAt(document, range);
  const written = entryOf(holder, "distribution");
  if (draws === "whole-fractions") {
    return [preferredIf("Add q: 1", addKey(document, holder, "q: 1"))];
  }
  if (draws === "steps" || holder === undefined) return [];
  if (distribution !== "uniform") {
    const step = addKey(document, holder, "q: 1");
    if (written === undefined || step === undefined) return [];
    const name = replacement(written.value.range, "q_log_uniform_values");
    return [preferred("Use q_log_uniform_values with q: 1", name, ...step)];
  }
  const bounds = ["min", "max"].map((key) => entryOf(holder, key)?.value);
  const whole = bounds.map((bound) => numberOf(bound));
  if (!whole.every((bound) => Number.isSafeInteger(bound))) return [];
  const edits = bounds.flatMap((bound, index) =>
    bound?.kind === "scalar" && bound.type === "float"
      ? [replacement(bound.range, String(whole[index]))]
      : [],
  );
  const named = written === undefined ? [] : [replacement(written.value.range, "int_uniform")];
  return [preferred("Draw whole numbers", ...named, ...edits)];
}

/** A round step, twenty to two hundred of which fit between the bounds. */
function smallerStep(
  _problem: Facts<"rounding-leaves-few">,
  range: TextRange,
  document: SweepDocument,
): readonly (Fix | undefined)[] {
  const holder = holderAt(document, range);
  const [min, max] = [
    numberOf(entryOf(holder, "min")?.value),
    numberOf(entryOf(holder, "max")?.value),
  ];
  const isLog = /log/.test(document.text.slice(range.start, range.end));
  const span = min === undefined || max === undefined ? 1 : isLog ? min : max - min;
  if (!(span > 0)) return [];
  const step = writeNumber(10 ** (Math.floor(Math.log10(isLog ? span : span / 2)) - 1));
  const q = entryOf(holder, "q");
  const edits =
    q === undefined ? addKey(document, holder, `q: ${step}`) : [replacement(q.value.range, step)];
  return [preferredIf(`${q === undefined ? "Add" : "Use"} q: ${step}`, edits)];
}

/** The multiples of the step inside the bounds. */
function boundsOnSteps(
  { q, min, max, from, to }: Facts<"rounding-leaves-bounds">,
  range: TextRange,
  document: SweepDocument,
): readonly (Fix | undefined)[] {
  const holder = holderAt(document, range);
  const [low, high] = [Math.ceil(min / q - 1e-9) * q, Math.floor(max / q + 1e-9) * q];
  if (!(low < high)) return [];
  const changes = [
    ...(from < min ? [["min", low] as const] : []),
    ...(to > max ? [["max", high] as const] : []),
  ];
  const edits = changes.flatMap(([key, value]) => {
    const entry = entryOf(holder, key);
    return entry === undefined ? [] : [replacement(entry.value.range, writeNumber(value))];
  });
  const words = changes.map(([key, value]) => `${key}: ${writeNumber(value)}`).join(" and ");
  return [preferred(`Write ${words}`, ...edits)];
}
