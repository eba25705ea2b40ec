/** How loudly each problem is said: an error only where the file is no sweep with it. */
import { milderOfDeck } from "./deck-problem.js";
import type { ProblemCode, ProblemFacts, Severity } from "./problem.js";

/** Everything that is not listed is an error. */
const milder: Partial<Record<ProblemCode, Severity>> = {
  "duplicate-key": "warning",
  "integer-too-large": "warning",
  "date-as-text": "warning",
  "number-without-dot": "warning",
  "null-block": "hint",
  "not-supported-yet": "warning",
  "duplicate-value": "info",
  "list-as-value": "hint",
  "fractions-of-a-count": "info",
  "rounding-leaves-few": "warning",
  "rounding-leaves-bounds": "info",
  "early-terminate-needs-metric": "warning",
  "hyperband-without-s": "warning",
  "hyperband-no-bands": "warning",
  "hyperband-repeated-bands": "hint",
  "hyperband-out-of-reach": "hint",
  "hyperband-cuts-hard": "hint",
  "no-custom-scheduler": "info",
  "not-used-here": "info",
  "no-metric": "hint",
  "run-cap-below-grid": "hint",
  "grid-drops-max": "warning",
  "grid-huge": "info",
  "command-null-element": "warning",
  "command-unknown-macro": "warning",
  "command-embedded-macro": "warning",
  "command-macro-form": "warning",
  "command-not-a-word": "warning",
  ...milderOfDeck,
};

/** Most of the exponents in public sweeps are meant as such. */
const exponentSeverity = { values: "warning", "base-10": "info", exponents: "hint" } as const;

export function severityOf(facts: ProblemFacts): Severity {
  switch (facts.code) {
    case "yaml-versions-differ":
      // Words and underscores are read by W&B as their writers mean them.
      return facts.form === "leading-zero" || facts.form === "sixties" ? "warning" : "hint";
    case "log-uniform-exponents":
      return exponentSeverity[facts.looksLike];
    case "whole-numbers-only":
      return facts.looksLike === "rate" ? "warning" : "hint";
    case "program-missing":
      // Without a command it may be the sweep of a script that starts an agent of its own.
      return facts.isAsked ? "warning" : "hint";
    case "command-several-words":
      return facts.isCertain ? "warning" : "hint";
    default:
      return milder[facts.code] ?? "error";
  }
}
