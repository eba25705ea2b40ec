/** What an option takes for a type, as far as libraries agree on it. */
import type { Literal, Takes } from "../reading.js";
import type { HintType } from "./hint.js";

/** What a library makes of a type that others treat otherwise. */
export interface TakesRules {
  readonly boolean: Takes;
  /** Absent: it refuses a fraction. */
  readonly integer?: Takes;
  /** How a member of an Enum is given. */
  readonly enumBy: "name" | "value";
}

export function takesOf(type: HintType, rules: TakesRules): Takes {
  switch (type.kind) {
    case "text":
    case "path":
    case "enum":
      return { kind: "text" };
    case "choices":
      return takesOfChoices(type.values);
    case "integer":
      return rules.integer ?? { kind: "integer" };
    case "number":
      return { kind: "number" };
    case "boolean":
      return rules.boolean;
    case "list":
      return { kind: "list", of: takesOf(type.of, rules) };
    case "union":
      return takesOfUnion(type.of, rules);
    default:
      return { kind: "unknown" };
  }
}

export function choicesOf(type: HintType, { enumBy }: TakesRules): readonly Literal[] | undefined {
  if (type.kind === "choices") return type.values;
  if (type.kind === "list") return choicesOf(type.of, { boolean: { kind: "unknown" }, enumBy });
  if (type.kind !== "enum" || type.members.size === 0) return undefined;
  return enumBy === "name" ? [...type.members.keys()] : [...type.members.values()];
}

function takesOfChoices(values: readonly Literal[]): Takes {
  if (values.every((value) => typeof value === "string")) return { kind: "text" };
  if (values.every((value) => typeof value === "number")) {
    return { kind: values.every((value) => Number.isInteger(value)) ? "integer" : "number" };
  }
  return { kind: "unknown" };
}

// `int | float` takes what `float` takes; with `str` in it a union takes any text.
function takesOfUnion(types: readonly HintType[], rules: TakesRules): Takes {
  const kinds = new Set(types.map(({ kind }) => kind));
  if (kinds.size === 1 && types[0] !== undefined) return takesOf(types[0], rules);
  if (kinds.size === 2 && kinds.has("integer") && kinds.has("number")) return { kind: "number" };
  return kinds.has("text") ? { kind: "text" } : { kind: "unknown" };
}
