/**
 * What established practice would do otherwise, as data. Advice, not errors: a sweep that has all of
 * these runs, and means what it says.
 */
import type { Severity } from "../../sweep/problem.js";
import type { TextRange } from "../../sweep/tree.js";
import type { Related } from "../findings.js";
import type { Dependence, Overlap } from "./couplings.js";
import type { Fields } from "./family.js";

export type Goal = "minimize" | "maximize";

export type PracticeFacts =
  /** `goal`: what is written, or what holds when nothing is. `word`: of the name, tells the goal. */
  | { code: "goal-against-name"; metric: string; goal: Goal; better: Goal; word: string }
  | { code: "goal-missing"; metric: string; better: Goal; word: string }
  /** `instead`: a metric that the script reports too, measured on validation data. */
  | { code: "metric-on-training-data"; metric: string; isNamed: boolean; instead?: string }
  | { code: "metric-on-test-data"; metric: string; instead?: string }
  | { code: "nothing-searched" }
  | { code: "seed-searched"; name: string }
  | { code: "budget-searched"; name: string }
  | { code: "yardstick-searched"; name: string }
  | { code: "bookkeeping-searched"; name: string }
  /** `partner`: the learning rate, as the sweep or its script calls it, and what to search for it. */
  | {
      code: "searched-alone";
      name: string;
      why: Dependence;
      partner: { readonly name: string; readonly fields?: Fields };
    }
  | { code: "searched-twice"; name: string; other: string; why: Overlap }
  | { code: "loss-changed"; name: string; metric: string }
  | { code: "linear-over-decades"; name: string; min: number; max: number; from?: number }
  /** `keep`: the ones that matter most, as far as they are known. `enough`: runs for all of them. */
  | {
      code: "too-many-parameters";
      parameters: number;
      runs: number;
      keep: readonly string[];
      enough?: number;
    }
  | { code: "run-cap-below-start-up"; runs: number; enough: number };

export type PracticeCode = PracticeFacts["code"];

export type PracticeProblem = Readonly<PracticeFacts> & {
  readonly severity: Severity;
  readonly range: TextRange;
  readonly related?: readonly Related[];
};
