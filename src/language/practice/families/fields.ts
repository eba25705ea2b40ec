/** Short forms for the tables of families. */
import type { Json } from "../../../space/value.js";
import type { Fields } from "../family.js";

export function oneOf(...values: readonly Json[]): Fields {
  return { values };
}

export function uniform(min: number, max: number): Fields {
  return { distribution: "uniform", min, max };
}

export function whole(min: number, max: number): Fields {
  return { distribution: "int_uniform", min, max };
}

export function byFactors(min: number, max: number): Fields {
  return { distribution: "log_uniform_values", min, max };
}

export function wholeByFactors(min: number, max: number): Fields {
  return { distribution: "q_log_uniform_values", min, max, q: 1 };
}
