/** Signatures as options of jsonargparse, with dots for what lies within. */
import type { Modules } from "../modules.js";
import type { Gap, Option } from "../reading.js";
import type { Resolved } from "../resolve.js";
import { fieldsOfClass, isDeclared } from "./dataclass.js";
import { type Fields, optionOf } from "./field.js";
import { fieldsOfConstructor, fieldsOfFunction } from "./signature.js";
import type { TakesRules } from "./takes.js";

const rules: TakesRules = { boolean: { kind: "boolean", reads: "words" }, enumBy: "name" };

/** Options under a common name, and what of them is not seen. */
export interface Signature {
  readonly options: readonly Option[];
  readonly gaps: readonly Gap[];
}

/** What options are made of: a function, or the constructor of a class. */
export type Component = Resolved & { kind: "function" | "class" };

export function declaredBy(modules: Modules, { kind, definition, scope }: Component): Fields {
  if (kind === "function") return fieldsOfFunction(modules, definition, scope);
  return fieldsOfConstructor(modules, definition, scope);
}

const deepest = 6;

/** The options of what is declared, below `prefix`. A class among the types opens names of its own. */
export function signatureOf(
  modules: Modules,
  declared: Fields,
  prefix: string,
  depth = 0,
): Signature {
  const below = (name: string) => (prefix === "" ? name : `${prefix}.${name}`);
  const options: Option[] = [];
  const gaps: Gap[] = declared.gaps.map((gap) =>
    prefix === "" ? gap : { ...gap, prefix: gap.prefix ?? prefix },
  );
  for (const field of declared.fields) {
    const name = below(field.name);
    const { type } = field.hint;
    const isWithin = type.kind === "class" && depth < deepest;
    const isData = isWithin && isDeclared(modules, type.definition, type.scope);
    if (isData) {
      const inner = fieldsOfClass(modules, type.definition, type.scope);
      const within = signatureOf(modules, inner, name, depth + 1);
      options.push(...within.options);
      gaps.push(...within.gaps);
      continue;
    }
    options.push(optionOf(modules, field, rules, { name, spellings: [`--${name}`] }));
    // Any class that the type allows may be chosen, from anywhere, with options of its own.
    const isChosen = type.kind === "class" || type.kind === "unknown" || type.kind === "union";
    if (isChosen) gaps.push({ place: field.place, why: "options-from-library", prefix: name });
    if (!isWithin) continue;
    const inner = fieldsOfConstructor(modules, type.definition, type.scope);
    const within = signatureOf(modules, inner, name, depth + 1);
    options.push(...within.options.map((option) => ({ ...option, isRequired: false })));
  }
  return { options, gaps };
}
