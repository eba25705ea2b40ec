/** Whether a value that someone wrote down is one that a distribution draws. */
import { identity } from "./distribution.js";
import { boundsOf } from "./expression/domain.js";
import type { Distribution } from "./space.js";
import type { Json } from "./value.js";

/** Why a value is none of a distribution's. */
export type Outside =
  | { readonly kind: "not-a-number" }
  | { readonly kind: "not-whole" }
  | { readonly kind: "beyond-bounds"; readonly low: number; readonly high: number }
  | { readonly kind: "not-a-choice"; readonly choices: readonly Json[] };

/** Undefined where it is inside. A value between two steps of `q` is inside: a script takes it as well. */
export function outsideOf(distribution: Distribution, value: Json): Outside | undefined {
  switch (distribution.kind) {
    case "constant":
      return amongChoices([distribution.value], value);
    case "categorical":
      return amongChoices(distribution.values, value);
    default: {
      if (typeof value !== "number") return { kind: "not-a-number" };
      if (distribution.kind === "int_uniform" && !Number.isInteger(value)) {
        return { kind: "not-whole" };
      }
      const { low, high } = boundsOf(distribution);
      const margin = "q" in distribution ? distribution.q / 2 : roundingIn(low, high);
      const isInside = value >= low - margin && value <= high + margin;
      return isInside ? undefined : { kind: "beyond-bounds", low, high };
    }
  }
}

/** Bounds that are exponents are exact to a rounding error only. */
function roundingIn(low: number, high: number): number {
  return Number.isFinite(high - low) ? (high - low) * 1e-12 : 0;
}

function amongChoices(choices: readonly Json[], value: Json): Outside | undefined {
  const own = identity(value);
  return choices.some((choice) => identity(choice) === own)
    ? undefined
    : { kind: "not-a-choice", choices };
}
