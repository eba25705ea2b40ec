/** A parameter that varies, as the journal holds it. */
import { identity } from "../space/distribution.js";
import type { Distribution } from "../space/space.js";
import type { Json } from "../space/value.js";
import {
  differentValues,
  distributionText,
  type JournalDistribution,
  journalDistribution,
  type ValueSource,
} from "./distributions.js";

export interface Column {
  readonly name: string;
  readonly distribution: JournalDistribution;
  readonly text: string;
  /** What each index stands for; empty for numbers. */
  readonly values: readonly Json[];
  readonly indexOf: ReadonlyMap<string, number>;
}

export function columnOf(
  name: string,
  distribution: Exclude<Distribution, { kind: "constant" }>,
  source: ValueSource,
): Column {
  const journal = journalDistribution(distribution, source);
  const values = distribution.kind === "categorical" ? differentValues(distribution.values) : [];
  return {
    name,
    distribution: journal,
    text: distributionText(journal),
    values,
    indexOf: new Map(values.map((value, index) => [identity(value), index])),
  };
}

/** Whether two values are one, however they are written. */
export function isSame(a: Json | undefined, b: Json): boolean {
  return a !== undefined && identity(a) === identity(b);
}
