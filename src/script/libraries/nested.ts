/** Fields within fields: a dataclass that holds dataclasses, as its leaves by their dotted names. */
import type { Modules } from "../modules.js";
import type { Gap } from "../reading.js";
import { fieldsOfClass, isDeclared } from "./dataclass.js";
import type { Field, Fields } from "./field.js";

export interface Leaf {
  readonly path: readonly string[];
  readonly field: Field;
}

export interface Leaves {
  readonly leaves: readonly Leaf[];
  readonly gaps: readonly Gap[];
}

// A dataclass that holds itself ends here.
const deepest = 8;

/** The leaves of what is declared; a field whose type is a dataclass of the workspace is a branch. */
export function leavesWithin(
  modules: Modules,
  declared: Fields,
  path: readonly string[] = [],
): Leaves {
  const leaves: Leaf[] = [];
  const gaps: Gap[] = [...declared.gaps];
  for (const field of declared.fields) {
    const below = [...path, field.name];
    const inner = path.length < deepest ? innerFields(modules, field) : undefined;
    if (inner === undefined) {
      leaves.push({ path: below, field });
      continue;
    }
    const within = leavesWithin(modules, inner, below);
    leaves.push(...within.leaves);
    gaps.push(...within.gaps.map((gap) => ({ ...gap, prefix: gap.prefix ?? below.join(".") })));
  }
  return { leaves, gaps };
}

/** The fields of the dataclass that a field holds. */
export function innerFields(modules: Modules, field: Field): Fields | undefined {
  const { type } = field.hint;
  if (type.kind !== "class" || !isDeclared(modules, type.definition, type.scope)) return undefined;
  return fieldsOfClass(modules, type.definition, type.scope);
}
