/** Parameters that exist only with certain values of others. */
import { compare } from "./expression/evaluate.js";
import { ownValue, recordFrom } from "./record.js";
import type { Configuration } from "./space.js";
import type { Json } from "./value.js";

/** `parameter` exists where every one of `requirements` is met. */
export interface Condition {
  readonly parameter: string;
  readonly requirements: readonly Requirement[];
}

/** What another parameter must be. One that does not exist itself meets nothing. */
export type Requirement =
  | { readonly parameter: string; readonly kind: "one-of"; readonly values: readonly Json[] }
  | {
      readonly parameter: string;
      readonly kind: "compared";
      readonly operator: "<" | "<=" | ">" | ">=" | "!=";
      readonly value: number | string;
    };

/** A configuration without the parameters whose conditions do not hold; `conditions` have no cycle. */
export function withoutInactive(
  configuration: Configuration,
  conditions: readonly Condition[],
): Configuration {
  if (conditions.length === 0) return configuration;
  const known = new Map<string, boolean>();
  const isActive = (name: string): boolean => {
    const before = known.get(name);
    if (before !== undefined) return before;
    // Until it is known: what depends on itself does not exist.
    known.set(name, false);
    const active =
      Object.hasOwn(configuration, name) &&
      conditions
        .filter(({ parameter }) => parameter === name)
        .every(({ requirements }) =>
          requirements.every(
            (each) =>
              isActive(each.parameter) && meets(each, ownValue(configuration, each.parameter)),
          ),
        );
    known.set(name, active);
    return active;
  };
  return recordFrom(Object.entries(configuration).filter(([name]) => isActive(name)));
}

/** Whether a value is what is required of its parameter. */
export function meets(requirement: Requirement, value: Json | undefined): boolean {
  if (value === undefined) return false;
  return requirement.kind === "one-of"
    ? requirement.values.some((each) => compare("==", value, each))
    : compare(requirement.operator, value, requirement.value) === true;
}

/** A round of parameters each of which depends on the next, and the last on the first. */
export function cycleAmong(conditions: readonly Condition[]): readonly string[] | undefined {
  const dependsOn = new Map<string, string[]>();
  for (const { parameter, requirements } of conditions) {
    const others = dependsOn.get(parameter) ?? [];
    dependsOn.set(parameter, [...others, ...requirements.map((each) => each.parameter)]);
  }
  const done = new Set<string>();
  const follow = (name: string, path: readonly string[]): readonly string[] | undefined => {
    const start = path.indexOf(name);
    if (start >= 0) return path.slice(start);
    if (done.has(name)) return undefined;
    for (const other of dependsOn.get(name) ?? []) {
      const cycle = follow(other, [...path, name]);
      if (cycle !== undefined) return cycle;
    }
    done.add(name);
    return undefined;
  };
  for (const name of dependsOn.keys()) {
    const cycle = follow(name, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
