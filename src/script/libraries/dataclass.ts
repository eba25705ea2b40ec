/** The fields of a dataclass and of what it inherits; of attrs and pydantic classes too. */
import { evaluate } from "../evaluate.js";
import type { Modules } from "../modules.js";
import { scopeOwnedBy, topScope } from "../python/module.js";
import type { Scope } from "../python/scope.js";
import type { Call, ClassDefinition, Expression, Statement } from "../python/syntax.js";
import { argumentOf, dottedPath } from "../python/walk.js";
import type { Gap } from "../reading.js";
import { outsideName, resolve } from "../resolve.js";
import type { ScopedExpression } from "../written.js";
import { commentOn, docstringBelow, docstringOn, oneLine } from "./comments.js";
import { type Field, type Fields, textOfValue } from "./field.js";
import { hintOf } from "./hint.js";
import { libraryFields } from "./library-classes.js";

// Deeper than anybody inherits; a class that inherits from itself ends here too.
const deepest = 12;

/** What stands in the way of a dataclass's fields, and the classes in it that are none. */
export function fieldsOfClass(
  modules: Modules,
  definition: ClassDefinition,
  scope: Scope,
  depth = 0,
): Fields {
  const fields = new Map<string, Field>();
  const gaps: Gap[] = [];
  const add = (declared: Fields): void => {
    for (const field of declared.fields) fields.set(field.name, field);
    gaps.push(...declared.gaps);
  };
  // As Python does, from the last base to the first: those named first have the last word.
  for (const argument of [...definition.arguments].reverse()) {
    if (argument.name !== undefined) continue;
    const place = scope.module.place(argument);
    const base = argument.value.kind === "subscript" ? argument.value.object : argument.value;
    const resolved = resolve(modules, scope, base);
    if (resolved?.kind === "class" && depth < deepest) {
      add(fieldsOfClass(modules, resolved.definition, resolved.scope, depth + 1));
    } else if (resolved?.kind === "outside") {
      add(libraryFields(resolved.name, place));
    } else {
      gaps.push({ place, why: "options-computed" });
    }
  }
  for (const field of ownFields(modules, definition, scope)) fields.set(field.name, field);
  return { fields: [...fields.values()], gaps, takesOthers: false };
}

/** Whether a class is declared by its annotations: one that is not inherits fields and adds none. */
export function isDeclared(modules: Modules, definition: ClassDefinition, scope: Scope): boolean {
  if (definition.decorators.length > 0) return true;
  return definition.arguments.some((argument) => {
    if (argument.name !== undefined) return false;
    const resolved = resolve(modules, scope, argument.value);
    if (resolved?.kind === "outside")
      return declaringBases.has(resolved.name.split(".").at(-1) ?? "");
    return resolved?.kind === "class" && !hasDataclassDecorator(resolved.definition)
      ? isDeclared(modules, resolved.definition, resolved.scope)
      : false;
  });
}

const declaringBases = new Set([
  "BaseModel",
  "BaseSettings",
  "NamedTuple",
  "TypedDict",
  "Tap",
  "Struct",
]);

function hasDataclassDecorator(definition: ClassDefinition): boolean {
  return definition.decorators.some((decorator) => {
    const callee = decorator.kind === "call" ? decorator.callee : decorator;
    return /^(?:dataclass|attrs?|define|frozen|mutable|s)$/.test(dottedPath(callee)?.at(-1) ?? "");
  });
}

function ownFields(modules: Modules, definition: ClassDefinition, scope: Scope): Field[] {
  if (!isDeclared(modules, definition, scope)) return [];
  const inside = scopeOwnedBy(scope.module, definition) ?? topScope(scope.module);
  const fields: Field[] = [];
  for (const [at, statement] of definition.body.entries()) {
    const read = fieldOf(modules, definition, inside, statement, definition.body[at + 1]);
    if (read !== undefined) fields.push(read);
  }
  return fields;
}

function fieldOf(
  modules: Modules,
  definition: ClassDefinition,
  scope: Scope,
  statement: Statement,
  next: Statement | undefined,
): Field | undefined {
  if (statement.kind !== "assign" || statement.annotation === undefined) return undefined;
  const [target] = statement.targets;
  if (target?.kind !== "name" || isClassVariable(statement.annotation)) return undefined;
  const { module } = scope;
  const specified = specifierOf(statement.value);
  const keyword = (name: string) =>
    specified === undefined ? undefined : argumentOf(specified, name);
  const init = keyword("init");
  if (init !== undefined && evaluate(modules, scope, init) === false) return undefined;
  const given = defaultOf(modules, scope, statement.value, specified);
  const metadata = metadataOf(scope, specified);
  const told = metadata.get("help") ?? metadata.get("description");
  const help =
    textOfValue(modules, told?.scope ?? scope, told?.value) ??
    docstringBelow(next) ??
    commentOn(module, statement) ??
    docstringOn(definition.docstring, target.name);
  return {
    name: target.name,
    hint: hintOf(modules, scope, statement.annotation),
    ...(given !== undefined && { default: given }),
    isRequired:
      statement.value === undefined || (specified !== undefined && !hasDefault(specified)),
    ...(help !== undefined && { help: oneLine(help) }),
    metadata,
    ...(specified !== undefined && { specifier: { value: specified, scope } }),
    keywordOnly: true,
    place: module.place({ start: target.start, end: statement.end }),
  };
}

function isClassVariable(annotation: Expression): boolean {
  const named = annotation.kind === "subscript" ? annotation.object : annotation;
  return /^(?:ClassVar|KW_ONLY)$/.test(dottedPath(named)?.at(-1) ?? "");
}

/** The call that specifies a field: `field(...)`, `dataclasses.field(...)`, `Field(...)`, `choice(...)`. */
function specifierOf(value: Expression | undefined): Call | undefined {
  if (value?.kind !== "call") return undefined;
  const name = dottedPath(value.callee)?.at(-1) ?? "";
  return specifiers.has(name) ? value : undefined;
}

const specifiers = new Set(
  "field Field choice list_field dict_field mutable_field flag attrib ib HfArg subgroups".split(
    " ",
  ),
);

const defaultKeywords = ["default", "default_factory", "factory"];

function hasDefault(specified: Call): boolean {
  const name = dottedPath(specified.callee)?.at(-1);
  if (name === "list_field" || name === "dict_field" || name === "mutable_field") return true;
  const positional = argumentOf(specified, "default", name === "choice" ? undefined : 0);
  const isEllipsis = positional?.kind === "other";
  if (positional !== undefined && !isEllipsis) return true;
  return specified.arguments.some(
    ({ name: keyword, spread }) =>
      spread === "**" || defaultKeywords.slice(1).includes(keyword ?? ""),
  );
}

function defaultOf(
  modules: Modules,
  scope: Scope,
  value: Expression | undefined,
  specified: Call | undefined,
): ScopedExpression | undefined {
  if (value === undefined) return undefined;
  if (specified === undefined) {
    const isMissing = outsideName(modules, scope, value)?.split(".").at(-1) === "MISSING";
    return isMissing ? undefined : { value, scope };
  }
  const name = dottedPath(specified.callee)?.at(-1);
  if (name === "list_field") {
    const items = specified.arguments.map((argument) => argument.value);
    return { value: { kind: "list", start: specified.start, end: specified.end, items }, scope };
  }
  const takesFirst = name !== "choice" && name !== "mutable_field" && name !== "dict_field";
  const given = argumentOf(specified, "default", takesFirst ? 0 : undefined);
  if (given !== undefined) return { value: given, scope };
  const factory = argumentOf(specified, "default_factory") ?? argumentOf(specified, "factory");
  return factory?.kind === "lambda" ? { value: factory.body, scope } : undefined;
}

/** The keywords of a specifier, and what its `metadata` holds, which goes first. */
function metadataOf(scope: Scope, specified: Call | undefined): Map<string, ScopedExpression> {
  const metadata = new Map<string, ScopedExpression>();
  if (specified === undefined) return metadata;
  for (const { name, value } of specified.arguments) {
    if (name !== undefined) metadata.set(name, { value, scope });
  }
  const given = argumentOf(specified, "metadata");
  const entries = given?.kind === "dict" ? given.entries : [];
  for (const { key, value } of entries) {
    if (key?.kind === "constant" && typeof key.value === "string") {
      metadata.set(key.value, { value, scope });
    }
  }
  if (given?.kind === "call") {
    for (const { name, value } of given.arguments) {
      if (name !== undefined) metadata.set(name, { value, scope });
    }
  }
  return metadata;
}
