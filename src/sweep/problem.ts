/**
 * What can be wrong, or worth saying, of a sweep file: as data. `messages.ts` turns it into
 * sentences; quick fixes are made from the same fields.
 */
import type { Json } from "../space/value.js";
import type { DeckProblem } from "./deck-problem.js";
import { severityOf } from "./severity.js";
import type { TextRange } from "./tree.js";

export type Severity = "error" | "warning" | "info" | "hint";

/** What a value is, in the words of messages. */
export type Kind = "map" | "list" | "text" | "number" | "boolean" | "null" | "date";

export type YamlProblem =
  /** `reason` is the code, and `detail` the sentence, of the YAML parser. */
  | { code: "yaml-syntax"; reason: string; detail: string }
  | { code: "tab-between-words" }
  | { code: "character-not-allowed"; codePoint: number }
  | { code: "several-documents"; count: number }
  | { code: "nested-too-deep" }
  | { code: "alias-unknown"; name: string }
  | { code: "alias-inside-itself"; name: string }
  | { code: "anchor-twice"; name: string }
  | { code: "anchor-name"; name: string }
  | { code: "aliases-too-large"; limit: number }
  | { code: "merge-not-a-map"; found: Kind }
  | { code: "tag-unsupported"; tag: string }
  | { code: "scalar-unreadable"; text: string; tag?: string }
  | { code: "key-not-a-word"; found: Kind }
  | { code: "key-not-text"; text: string; reads: Json; found: Kind }
  | { code: "duplicate-key"; key: string; first: TextRange }
  | { code: "integer-too-large"; text: string; reads: number }
  | { code: "date-as-text"; text: string }
  /** `as`: where a number must stand, or a value of any kind may. */
  | {
      code: "number-without-dot";
      text: string;
      reads: number;
      replacement: string;
      as: "number" | "value";
    }
  | {
      code: "yaml-versions-differ";
      text: string;
      reads: Json;
      otherwise: string;
      form: MisreadForm;
      /** Beside values of the same width, as in 008, 009, 010: names rather than numbers. */
      isPadded: boolean;
    };

/** How a value is written that YAML's versions read differently. */
export type MisreadForm =
  | "leading-zero"
  | "sixties"
  | "underscores"
  | "word"
  | "binary"
  | "octal-prefix";

export type ShapeProblem =
  | { code: "file-empty" }
  | {
      code: "unknown-key";
      key: string;
      where: string;
      allowed: readonly string[];
      closest?: string;
      /** The distributions that have such a key, where another one is chosen. */
      belongsTo?: readonly string[];
    }
  | { code: "missing-key"; key: string; where: string }
  | { code: "wrong-type"; where: string; expected: readonly string[]; found: Kind }
  | {
      code: "unknown-value";
      where: string;
      value: Json;
      allowed: readonly string[];
      closest?: string;
    }
  | {
      code: "out-of-bounds";
      where: string;
      value: number;
      minimum?: number;
      maximum?: number;
      exclusive: boolean;
    }
  | { code: "not-finite"; where: string; text: string }
  | { code: "not-whole"; where: string; text: string }
  | { code: "not-of-the-form"; where: string; value: string; form: string }
  | { code: "too-few"; where: string; minimum: number; found: number }
  /** A key that belongs into the block `home`, a path; empty for the top of the file. */
  | {
      code: "misplaced-key";
      key: string;
      home: string;
      /** Keys behind it that belong there too. */
      others: readonly { readonly key: string; readonly keyRange: TextRange }[];
    }
  | { code: "null-block"; key: string }
  | { code: "not-supported-yet"; key: string; instead: string };

export type ParameterProblem =
  | { code: "parameter-name"; name: string }
  | {
      code: "parameter-not-a-map";
      name: string;
      keyRange: TextRange;
      found: Kind;
      suggestion?: string;
    }
  | {
      code: "parameter-unclear";
      name: string;
      reason: UnclearReason;
      candidates: readonly string[];
      /** The keys that several distributions have. */
      keys: readonly string[];
    }
  | { code: "group-without-parameters"; name: string }
  | { code: "integer-wanted"; name: string; text: string }
  | { code: "min-not-below-max"; name: string; min: number; max: number }
  | { code: "no-spread"; name: string; key: string }
  | { code: "probabilities-count"; name: string; values: number; probabilities: number }
  | { code: "probabilities-sum"; name: string; sum: number }
  | {
      code: "duplicate-value";
      name: string;
      text: string;
      firstText: string;
      first: TextRange;
      isGrid: boolean;
    }
  | { code: "list-as-value"; name: string }
  | {
      code: "whole-numbers-only";
      name: string;
      min: number;
      max: number;
      /** Whether `distribution: int_uniform` is written down. */
      explicit: boolean;
      looksLike: "rate" | "anything";
    }
  | {
      code: "fractions-of-a-count";
      name: string;
      distribution: string;
      /** `whole-fractions`: such as 124.0, for want of a whole `q`. */
      draws: "fractions" | "whole-fractions" | "steps";
    }
  | {
      code: "rounding-leaves-few";
      name: string;
      q: number;
      isDefault: boolean;
      draws: readonly number[];
    }
  | {
      code: "rounding-leaves-bounds";
      name: string;
      q: number;
      min: number;
      max: number;
      from: number;
      to: number;
    }
  | {
      code: "log-uniform-exponents";
      name: string;
      distribution: string;
      replacement: string;
      min: number;
      max: number;
      sampledFrom: number;
      sampledTo: number;
      /** What the bounds look like: values or base-10 exponents, taken for natural exponents. */
      looksLike: "values" | "base-10" | "exponents";
    };

/** Why a parameter cannot be told apart. */
export type UnclearReason = "empty" | "value-and-values" | "distribution-needed";

export type SweepRule =
  | { code: "bayes-needs-metric" }
  | { code: "bayes-needs-variable" }
  | { code: "grid-needs-discrete"; name: string; distribution: string }
  | { code: "early-terminate-needs-metric" }
  | { code: "metric-and-metrics" }
  | { code: "metrics-need-custom"; method: string }
  | { code: "scheduler-excludes"; key: "early_terminate" | "controller" }
  | { code: "scheduler-method"; engine: string; method: string; supported: readonly string[] }
  | { code: "scheduler-needs-source"; key: string }
  | { code: "search-space-in-python" }
  | { code: "hyperband-incomplete" }
  /** `s`: how many bands lie between `min_iter` and `max_iter`. */
  | { code: "hyperband-without-s"; s?: number }
  | { code: "hyperband-no-bands" }
  | { code: "hyperband-repeated-bands"; bands: readonly number[]; eta: number }
  | { code: "hyperband-out-of-reach"; first: number; name: string; longest: number }
  | { code: "hyperband-cuts-hard"; trials: number; left: number }
  | { code: "no-custom-scheduler" }
  | { code: "not-used-here"; key: string; because: string }
  | { code: "no-metric" }
  /** `isAsked`: the command that is written down has `${program}`. */
  | { code: "program-missing"; isAsked: boolean }
  | { code: "run-cap-below-grid"; cap: number; grid: number }
  | {
      code: "grid-drops-max";
      name: string;
      min: number;
      max: number;
      q: number;
      last: number;
    }
  | { code: "grid-huge"; grid: number };

export type CommandProblem =
  | { code: "command-null-element" }
  | { code: "command-unknown-macro"; macro: string; isParameter: boolean; closest?: string }
  /** `isParameter`: it is no macro but the name of a parameter. */
  | { code: "command-embedded-macro"; macro: string; element: string; isParameter: boolean }
  | { code: "command-macro-form"; text: string; macro: string }
  /** `isCertain`: it starts a program or an option, or holds macros. */
  | { code: "command-several-words"; element: string; isCertain: boolean }
  | { code: "command-not-a-word"; found: Kind };

export type ProblemFacts =
  | YamlProblem
  | ShapeProblem
  | ParameterProblem
  | SweepRule
  | CommandProblem
  | DeckProblem;

export type ProblemCode = ProblemFacts["code"];

export type SweepProblem = Readonly<ProblemFacts> & {
  readonly severity: Severity;
  readonly range: TextRange;
};

/** Where the readers of a file hand what they find. */
export type Report = (range: TextRange, facts: ProblemFacts) => void;

export function problemAt(range: TextRange, facts: ProblemFacts): SweepProblem {
  return { ...facts, severity: severityOf(facts), range };
}
