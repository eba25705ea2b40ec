/** What can be wrong with the `sweepdeck:` block beyond its shape. */
import type { Outside } from "../space/membership.js";
import type { Json } from "../space/value.js";
import type { Severity } from "./problem.js";

export type DeckProblem =
  | { code: "pattern-invalid"; detail: string }
  | { code: "executor-not-one"; found: readonly string[] }
  | { code: "sampler-needs-metric"; sampler: string }
  | { code: "objective-twice"; name: string }
  | StoppingProblem
  | PlanProblem
  | ConstraintProblem;

export type StoppingProblem =
  | { code: "stopping-needs-metric"; rule: string }
  | { code: "stopping-bounds"; lowKey: string; highKey: string; low: number; high: number }
  | { code: "threshold-without-bound" };

/** Of `initial`, `conditions`, `zip` and `repeats`, which speak of parameters. */
export type PlanProblem =
  | {
      code: "unknown-parameter";
      name: string;
      closest?: string;
      /** The parameter beside it that has this name as a value: quotes were forgotten. */
      isValueOf?: string;
    }
  | { code: "initial-outside"; name: string; value: Json; outside: Outside; closest?: string }
  | { code: "condition-impossible"; name: string; on: string; value: Json; closest?: string }
  | { code: "condition-cycle"; names: readonly string[] }
  | { code: "condition-comparison"; text: string; on: string }
  | { code: "zip-not-a-list"; name: string; found: string }
  | { code: "zip-lengths"; names: readonly string[]; lengths: readonly number[] }
  | { code: "zip-twice"; name: string }
  | { code: "repeats-seed-searched"; name: string };

export type ConstraintProblem =
  | {
      code: "constraint-syntax";
      reason: "empty" | "character" | "unclosed" | "foreign-operator" | "too-long" | "unexpected";
      /** Empty where something is missing at the end. */
      found: string;
      expected?: "a value" | "an operator";
      /** How it is written here. */
      meant?: string;
    }
  /** A name with hyphens, without the backticks that keep it together. */
  | { code: "constraint-hyphens"; name: string }
  | { code: "constraint-function"; name: string; known: readonly string[]; closest?: string }
  | { code: "constraint-operands"; signature: string; found: number }
  | { code: "constraint-types"; operator: string; wants: "numbers" | "an order" }
  | {
      code: "constraint-impossible-value";
      name: string;
      value: string;
      possible: readonly string[];
      closest?: string;
    }
  | { code: "constraint-not-a-condition" }
  | { code: "constraint-never-holds" }
  | { code: "constraint-always-holds" };

/** Everything that is not listed is an error. */
export const milderOfDeck: Partial<Record<DeckProblem["code"], Severity>> = {
  "sampler-needs-metric": "warning",
  "stopping-needs-metric": "warning",
  "initial-outside": "warning",
  "repeats-seed-searched": "warning",
  "constraint-always-holds": "info",
};
