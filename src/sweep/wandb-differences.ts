/**
 * Where a sweep file is judged or read otherwise than by W&B's engine, on purpose, and why.
 *
 * The reference prints this table, and the differential test allows exactly what it lists.
 */
import type { ProblemCode } from "./problem.js";

export interface WandbDifference {
  /** The problems that show it; none where a file is read otherwise and nothing is wrong. */
  readonly codes: readonly ProblemCode[];
  /** `accepts`: W&B refuses it; `refuses`: W&B accepts it, or finds out when the sweep runs. */
  readonly here: "accepts" | "refuses" | "reads otherwise";
  readonly what: string;
  readonly why: string;
}

export const wandbDifferences: readonly WandbDifference[] = [
  {
    codes: [],
    here: "accepts",
    what: "the block `sweepdeck:`",
    why: "W&B knows no other keys than its own. Without the block the file is a W&B sweep.",
  },
  {
    codes: ["number-without-dot"],
    here: "accepts",
    what: "`1e-4`, `1.0e5` and `-.5` are numbers, with a warning",
    why: "PyYAML takes them for text, the commonest fatal mistake of public sweep files.",
  },
  {
    codes: ["log-uniform-exponents"],
    here: "accepts",
    what: "`log_uniform`, `q_log_uniform` and `inv_log_uniform` run, with a hint, or a warning where the bounds look like values",
    why: "W&B reports them as deprecated, and its engine still knows what they mean.",
  },
  {
    codes: ["null-block"],
    here: "accepts",
    what: "`metric:` and `early_terminate:` without a value count as absent, with a hint",
    why: "Public sweep files have them, and W&B's service runs them all the same.",
  },
  {
    codes: ["date-as-text"],
    here: "accepts",
    what: "a date (`2026-01-31`) is text, with a warning",
    why: "PyYAML makes a date object of it, which W&B cannot pass on to a script.",
  },
  {
    codes: ["not-finite"],
    here: "refuses",
    what: "`.inf` and `.nan` as bounds, means or targets",
    why: "The schema takes them, and nothing sensible can be drawn.",
  },
  {
    codes: ["no-spread"],
    here: "refuses",
    what: "`sigma: 0`, `a: 0` and `b: 0`",
    why: "The schema takes them, and the engine draws NaN.",
  },
  {
    codes: ["min-not-below-max"],
    here: "refuses",
    what: "`min` not below `max` in nested groups",
    why: "W&B checks the top level only, and fails when the sweep runs.",
  },
  {
    codes: ["probabilities-count", "probabilities-sum"],
    here: "refuses",
    what: "probabilities of nested groups that do not fit their values",
    why: "W&B checks the top level only, and then draws by them as they are.",
  },
  {
    codes: ["bayes-needs-metric", "bayes-needs-variable", "grid-needs-discrete"],
    here: "refuses",
    what: "what the method cannot search: bayes without metric, a grid of continuous parameters",
    why: "The schema takes it, and the engine fails when the sweep runs.",
  },
  {
    codes: ["search-space-in-python"],
    here: "refuses",
    what: "a sweep whose parameters are a Python function (`scheduler.search_space`)",
    why: "Only W&B's scheduler calls it.",
  },
  {
    codes: ["tag-unsupported", "alias-inside-itself", "aliases-too-large", "nested-too-deep"],
    here: "refuses",
    what: "`!!set`, `!!binary`, values that hold themselves, and documents beyond 100,000 values",
    why: "PyYAML builds them, and JSON, and so W&B, cannot carry them.",
  },
  {
    codes: ["yaml-syntax"],
    here: "refuses",
    what: "brackets and quotes whose next lines are not indented, and `#` right after a bracket",
    why: "YAML 1.2, by which structure is found, asks for it.",
  },
  {
    codes: [],
    here: "reads otherwise",
    what: "1 and 1.0 are the same value, also inside lists and maps",
    why: "W&B's service passes both on as 1; its grid keeps `[1]` and `[1.0]` apart.",
  },
];
