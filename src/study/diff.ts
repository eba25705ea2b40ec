/** Where trials differ: parameter by parameter, down to the leaves of nested ones, and metric by metric. */
import { nest } from "../space/configuration.js";
import { identity } from "../space/distribution.js";
import { ownValue } from "../space/record.js";
import type { Space } from "../space/space.js";
import type { Json } from "../space/value.js";
import { trialAttribute } from "./folded-trial.js";
import type { Trial } from "./trial.js";

export interface DiffRow {
  /** `parameter`: what was tried. `metric`: what came of it. */
  readonly kind: "parameter" | "metric";
  readonly path: readonly string[];
  /** One for each trial, in their order; undefined where a trial has none. */
  readonly values: readonly (Json | undefined)[];
  readonly differs: boolean;
  /** How far each number lies from the first trial's; null where either is no number. */
  readonly deltas: readonly (number | null)[];
}

/**
 * Compares two trials or more: parameters before metrics, and among each those that differ first,
 * in the order of the sweep file. The objective is the first of the metrics.
 */
export function diffTrials(
  space: Space,
  objective: string | null,
  trials: readonly Trial[],
): readonly DiffRow[] {
  const configurations = trials.map((trial) => leavesOf(nest(space, trial.configuration)));
  const metrics = trials.map((trial) => metricsOf(objective, trial));
  return [
    ...differingFirst(rowsOf("parameter", configurations)),
    ...differingFirst(rowsOf("metric", metrics)),
  ];
}

interface Leaf {
  readonly path: readonly string[];
  readonly value: Json;
}

type Leaves = ReadonlyMap<string, Leaf>;

/** Lists are leaves: `[64, 64]` against `[128, 128]` is one difference, not two. */
function leavesOf(value: Json): Leaves {
  const leaves = new Map<string, Leaf>();
  const visit = (inner: Json, path: readonly string[]) => {
    if (isGroup(inner) && Object.keys(inner).length > 0) {
      for (const [key, member] of Object.entries(inner)) visit(member, [...path, key]);
    } else {
      leaves.set(JSON.stringify(path), { path, value: inner });
    }
  };
  visit(value, []);
  return leaves;
}

function isGroup(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function metricsOf(objective: string | null, trial: Trial): Leaves {
  const leaves = new Map<string, Leaf>();
  const add = (name: string, value: Json) =>
    leaves.set(JSON.stringify([name]), { path: [name], value });
  if (objective !== null && trial.value !== null) add(objective, trial.value);
  const others = ownValue(trial.attributes, trialAttribute.metrics);
  if (others !== undefined && isGroup(others)) {
    for (const [name, value] of Object.entries(others)) {
      // The objective's last value is not the one that counts where the best does.
      if (name !== objective) add(name, value);
    }
  }
  return leaves;
}

function rowsOf(kind: DiffRow["kind"], trials: readonly Leaves[]): DiffRow[] {
  const paths = new Map<string, readonly string[]>();
  for (const leaves of trials) {
    for (const [key, { path }] of leaves) paths.set(key, path);
  }
  return [...paths].map(([key, path]) => {
    const values = trials.map((leaves) => leaves.get(key)?.value);
    const [first] = values;
    return {
      kind,
      path,
      values,
      differs: values.some((value) => text(value) !== text(first)),
      deltas: values.map((value) => difference(first, value)),
    };
  });
}

function text(value: Json | undefined): string | undefined {
  return value === undefined ? undefined : identity(value);
}

function difference(from: Json | undefined, to: Json | undefined): number | null {
  return typeof from === "number" && typeof to === "number" ? to - from : null;
}

function differingFirst(rows: readonly DiffRow[]): DiffRow[] {
  return [...rows.filter((row) => row.differs), ...rows.filter((row) => !row.differs)];
}
