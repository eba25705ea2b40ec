/** A value that a script declares by name and type: a dataclass's field, or a function's parameter. */
import { evaluate } from "../evaluate.js";
import type { Modules } from "../modules.js";
import type { Scope } from "../python/scope.js";
import type { Expression } from "../python/syntax.js";
import type { Gap, Literal, Option, SourcePlace } from "../reading.js";
import type { ScopedExpression } from "../written.js";
import type { Hint } from "./hint.js";
import { choicesOf, type TakesRules, takesOf } from "./takes.js";

export interface Field {
  readonly name: string;
  readonly hint: Hint;
  /** As written; of a factory, what it makes. */
  readonly default?: ScopedExpression;
  /** The default's value, where no expression of the workspace says it. */
  readonly known?: Literal;
  readonly isRequired: boolean;
  readonly help?: string;
  /** Keywords of `field(...)` other than the default, and of its `metadata`. */
  readonly metadata: ReadonlyMap<string, ScopedExpression>;
  /** The call that specifies it, such as `field(...)`. */
  readonly specifier?: ScopedExpression;
  /** Whether it may only be given by name. */
  readonly keywordOnly: boolean;
  readonly place: SourcePlace;
}

/** What a class or a function declares. */
export interface Fields {
  readonly fields: readonly Field[];
  /** Why others may be declared too. */
  readonly gaps: readonly Gap[];
  /** Whether it takes names that it does not declare (`**kwargs`). */
  readonly takesOthers: boolean;
}

/** The value of a field's default, where it is written down. */
export function defaultOf(
  modules: Modules,
  field: Field,
  enumBy: TakesRules["enumBy"],
): Literal | undefined {
  if (field.default === undefined) return field.known;
  const { value, scope } = field.default;
  const { type } = field.hint;
  if (type.kind === "enum" && enumBy === "name") {
    return value.kind === "attribute" && type.members.has(value.name) ? value.name : undefined;
  }
  return evaluate(modules, scope, value);
}

/** An option for a field: what it takes, by the library's rules, under given spellings. */
export function optionOf(
  modules: Modules,
  field: Field,
  rules: TakesRules,
  { name, spellings }: { readonly name: string; readonly spellings: readonly string[] },
): Option {
  const given = defaultOf(modules, field, rules.enumBy);
  const choices = choicesOf(field.hint.type, rules);
  return {
    name,
    spellings,
    takes: takesOf(field.hint.type, rules),
    ...(given !== undefined && { default: given }),
    ...(choices !== undefined && { choices }),
    ...(field.help !== undefined && field.help !== "" && { help: field.help }),
    isRequired: field.isRequired,
    place: field.place,
  };
}

/** The text of an expression, where it is written down. */
export function textOfValue(
  modules: Modules,
  scope: Scope,
  expression: Expression | undefined,
): string | undefined {
  const value = expression === undefined ? undefined : evaluate(modules, scope, expression);
  return typeof value === "string" ? value : undefined;
}
