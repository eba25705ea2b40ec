/** Where a conditional parameter exists, as the part of every other axis where it does. */
import { type Condition, meets, type Requirement } from "../space/condition.js";
import { namesOf } from "../space/search-space.js";
import type { Json } from "../space/value.js";
import { type Measure, priorMeasure } from "./marginal.js";
import type { Axis, Results } from "./results.js";

/** How finely an axis with an order is looked through for where a requirement is met. */
const stretches = 256;

/**
 * Of each axis the part that counts where the parameters of `of` exist: requirements are each about
 * one other parameter, so the region is a product. Where nothing is left of an axis, all of it counts.
 */
export function measuresWhere(
  { search, axes }: Results,
  of: readonly number[],
): readonly Measure[] {
  const names = of.flatMap((axis) => {
    const dimension = axes[axis]?.dimension;
    return dimension === undefined ? [] : namesOf(dimension);
  });
  const requirements = requirementsOf(names, search.conditions);
  return axes.map((axis) => {
    const own = requirements.filter(({ parameter }) => namesOf(axis.dimension).includes(parameter));
    return own.length === 0 ? priorMeasure(axis) : (measureOf(axis, own) ?? priorMeasure(axis));
  });
}

/** What must be met for parameters to exist, by them and by those they depend on. */
function requirementsOf(
  names: readonly string[],
  conditions: readonly Condition[],
): readonly Requirement[] {
  const asked = new Set<string>();
  const requirements: Requirement[] = [];
  const pending = [...names];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (asked.has(name)) continue;
    asked.add(name);
    const own = conditions
      .filter(({ parameter }) => parameter === name)
      .flatMap((condition) => condition.requirements);
    requirements.push(...own);
    pending.push(...own.map(({ parameter }) => parameter));
  }
  return requirements;
}

function measureOf(axis: Axis, requirements: readonly Requirement[]): Measure | undefined {
  const { dimension } = axis;
  const names = namesOf(dimension);
  const isMet = (values: readonly Json[]) =>
    requirements.every((each) => meets(each, values[names.indexOf(each.parameter)]));
  if (dimension.kind === "numeric") {
    const inside = Float64Array.from({ length: stretches }, (_, stretch) =>
      isMet([dimension.valueAt((stretch + 0.5) / stretches)]) ? 1 : 0,
    );
    return stretchMeasure(inside);
  }
  const met = dimension.choices.map((choice) => isMet(choice));
  if (axis.weights !== undefined) {
    const weights = dimension.probabilities.map((each, index) => (met[index] ? each : 0));
    const total = weights.reduce((sum, each) => sum + each, 0);
    if (total === 0) return undefined;
    return { below: (at) => at, weights: weights.map((each) => each / total) };
  }
  return stretchMeasure(choiceStretches(axis, met));
}

/** Of each stretch the choice that it belongs to: the one whose middle is nearest from its own side. */
function choiceStretches(axis: Axis, met: readonly boolean[]): Float64Array {
  const { dimension } = axis;
  const inside = new Float64Array(stretches);
  if (dimension.kind === "numeric") return inside;
  met.forEach((isMet, index) => {
    const middle = axis.coordinateOf(index);
    const half = (dimension.probabilities[index] ?? 0) / 2;
    if (!isMet) return;
    inside.fill(
      1,
      Math.round((middle - half) * stretches),
      Math.round((middle + half) * stretches),
    );
  });
  return inside;
}

function stretchMeasure(inside: Float64Array): Measure | undefined {
  const below = new Float64Array(inside.length + 1);
  inside.forEach((each, index) => {
    below[index + 1] = (below[index] ?? 0) + each;
  });
  const total = below[inside.length] ?? 0;
  if (total === 0) return undefined;
  return {
    weights: [],
    below: (coordinate) => {
      const at = Math.min(1, Math.max(0, coordinate)) * inside.length;
      const index = Math.min(inside.length - 1, Math.floor(at));
      return ((below[index] ?? 0) + (inside[index] ?? 0) * (at - index)) / total;
    },
  };
}
