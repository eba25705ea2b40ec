/**
 * What the field knows of a parameter, as data: how it is spelt, what it is, which range to begin
 * with and why, and how much it matters. One entry serves completion, hover, hints and the docs.
 */
import type { Json } from "../../space/value.js";
import type { Sign } from "./signs.js";
import type { SourceKey, Standing } from "./sources.js";

/** The tables of the documentation; in this order where two families matter alike. */
export const areas = [
  "optimisation",
  "fine-tuning",
  "boosting",
  "scikit-learn",
  "reinforcement learning",
  "contrastive and diffusion",
  "regularisation",
  "architecture",
  "augmentation",
  "not for searching",
] as const;

export type Area = (typeof areas)[number];

/** What a parameter is to a search. */
export type Role =
  | "search"
  /** Known, but its default should stay as it is. */
  | "leave"
  | "seed"
  /** How long a trial runs: the same for all. */
  | "budget"
  /** Moves what is measured, so that trials cannot be compared. */
  | "yardstick"
  /** Speed, logging, paths, names. */
  | "bookkeeping"
  /** Buys quality with time or memory. */
  | "trade-off";

/** The fields of a parameter, as a sweep file has them. */
export type Fields =
  | { readonly values: readonly Json[] }
  | {
      readonly distribution: "int_uniform" | "uniform" | "log_uniform_values";
      readonly min: number;
      readonly max: number;
    }
  | {
      readonly distribution: "q_uniform" | "q_log_uniform_values";
      readonly min: number;
      readonly max: number;
      readonly q: number;
    };

/** How a range is laid around the script's own default. */
export type Width =
  /** From default / factor to default * factor, by factors. */
  | { readonly rule: "scale"; readonly factor: number; readonly min: number; readonly max: number }
  /** Values spaced in 1 - x, from five times the distance of the default to a fifth of it. */
  | { readonly rule: "near-one"; readonly min: number; readonly max: number }
  /** 0.3 to both sides. */
  | { readonly rule: "fraction"; readonly min: number; readonly max: number }
  /** The default times each factor. */
  | {
      readonly rule: "sizes";
      readonly factors: readonly number[];
      readonly min: number;
      readonly max: number;
    }
  /** Two to both sides. */
  | { readonly rule: "count"; readonly min: number; readonly max: number }
  /** A quarter to four times, by factors, in whole numbers. */
  | { readonly rule: "large-count"; readonly min: number; readonly max: number }
  /** The values that are usual, and the default among them. */
  | { readonly rule: "usual-values" }
  /** Words that the script is known to take; `usual` in lower case. */
  | { readonly rule: "words"; readonly usual: readonly string[] };

/** Where a statement comes from, and how far it can be relied on. */
export interface Evidence {
  readonly sources: readonly SourceKey[];
  readonly standing: Standing;
}

export interface ProposalRule extends Evidence {
  /** Holds only where all of these are seen; the first rule that holds is taken. */
  readonly where?: readonly Sign[];
  /** Absent: `usual` holds whatever the default is. */
  readonly around?: Width;
  /** Where the default is unknown, or no range can stand around it. */
  readonly usual?: Fields;
  /** A default within `usual` changes nothing. */
  readonly usualFirst?: true;
  /** Where the default is 0, which means off. */
  readonly off?: Fields;
  /** A sentence. */
  readonly reason: string;
}

/** How much it matters among the parameters of its area. */
export interface Order extends Evidence {
  /** 1 first. */
  readonly place: number;
  /** A sentence. */
  readonly because: string;
}

type Interval = readonly [least: number, most: number];

export interface Family {
  /** Unique: `learning_rate`, `boosting.learning_rate`. */
  readonly id: string;
  /** What families of several areas have in common, where it is not the id. */
  readonly concept?: string;
  /** In words: "learning rate". */
  readonly title: string;
  readonly area: Area;
  readonly role: Role;
  /** Folded to lower case with `_`; compared with the last segment of a dotted name. */
  readonly spellings?: readonly string[];
  /** Names that others have too: they mean this only where one of the signs is seen. */
  readonly shared?: {
    readonly spellings: readonly string[];
    readonly signs: readonly Sign[];
    readonly defaultsWithin?: Interval;
  };
  /** A default outside says that something else is meant. */
  readonly defaultsWithin?: Interval;
  /** Whether the loss itself changes with it, so that losses cannot be compared. */
  readonly changesLoss?: true;
  /** A sentence: what it is. */
  readonly what: string;
  /** What frameworks take when nothing is said. */
  readonly defaults?: string;
  readonly proposals: readonly ProposalRule[];
  /** Absent: it has no place among those to search. */
  readonly order?: Order;
  /** Sentences on what goes with it, or what to do instead. */
  readonly advice?: Evidence & { readonly text: string };
}

/** Names that are compared: `SOLVER.BASE-LR` is `base_lr`. */
export function foldedName(name: string): string {
  return segmentsOf(name).at(-1) ?? "";
}

export function segmentsOf(name: string): readonly string[] {
  return name
    .toLowerCase()
    .replaceAll("-", "_")
    .split(/[./]/)
    .filter((segment) => segment !== "");
}
