/**
 * The search space: what can vary, and how.
 *
 * A space is flat. Nested groups of a sweep file become parameters with a path; `nest` gives a
 * configuration its shape back when it is handed to a script.
 */
import type { Json } from "./value.js";

/** How the values of one parameter are spread; field names and defaults are W&B's. */
export type Distribution =
  | { readonly kind: "constant"; readonly value: Json }
  | {
      readonly kind: "categorical";
      readonly values: readonly Json[];
      /** As many as `values`, summing to 1; absent means equal chances. */
      readonly probabilities?: readonly number[];
    }
  | { readonly kind: "int_uniform"; readonly min: number; readonly max: number }
  | {
      readonly kind:
        | "uniform"
        | "log_uniform_values"
        | "inv_log_uniform_values"
        /** Deprecated in W&B: `min` and `max` are natural-log exponents. */
        | "log_uniform"
        | "inv_log_uniform";
      readonly min: number;
      readonly max: number;
    }
  | {
      readonly kind: "q_uniform" | "q_log_uniform_values" | "q_log_uniform";
      readonly min: number;
      readonly max: number;
      readonly q: number;
    }
  | { readonly kind: "normal" | "log_normal"; readonly mu: number; readonly sigma: number }
  | {
      readonly kind: "q_normal" | "q_log_normal";
      readonly mu: number;
      readonly sigma: number;
      readonly q: number;
    }
  | { readonly kind: "beta"; readonly a: number; readonly b: number }
  | { readonly kind: "q_beta"; readonly a: number; readonly b: number; readonly q: number };

export interface Parameter {
  /**
   * The name it has in configurations and in the journal: its path joined by `.`, or by `/` where
   * a literal dotted name of the same sweep would clash.
   */
  readonly name: string;
  readonly path: readonly string[];
  readonly distribution: Distribution;
}

export interface Space {
  /** In the order of the file; constants included. */
  readonly parameters: readonly Parameter[];
}

/** One value for each parameter of a space (constants included), by `Parameter.name`. */
export type Configuration = Readonly<Record<string, Json>>;
