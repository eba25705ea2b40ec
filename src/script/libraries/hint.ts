/** What a type annotation says, followed through aliases, quotes, `Optional` and `Annotated`. */
import { enumMembers, evaluate } from "../evaluate.js";
import type { Modules } from "../modules.js";
import { parseModule } from "../python/module.js";
import type { Scope } from "../python/scope.js";
import type { ClassDefinition, Expression } from "../python/syntax.js";
import { positionalOf } from "../python/walk.js";
import type { Literal } from "../reading.js";
import { outsideName, resolve } from "../resolve.js";
import { type ScopedExpression, written } from "../written.js";

export type HintType =
  | { readonly kind: "text" | "integer" | "number" | "boolean" | "path" | "any" | "dictionary" }
  /** `length`: how many items a tuple has; absent, any number. */
  | { readonly kind: "list"; readonly of: HintType; readonly length?: number }
  | { readonly kind: "choices"; readonly values: readonly Literal[] }
  | { readonly kind: "enum"; readonly members: ReadonlyMap<string, Literal> }
  | { readonly kind: "class"; readonly definition: ClassDefinition; readonly scope: Scope }
  | { readonly kind: "union"; readonly of: readonly HintType[] }
  /** `name`: where it lies outside the workspace. */
  | { readonly kind: "unknown"; readonly name?: string };

export interface Hint {
  readonly type: HintType;
  /** Whether None is among what it allows. */
  readonly isOptional: boolean;
  /** What stands behind the type in `Annotated[type, ...]`. */
  readonly metadata: readonly ScopedExpression[];
}

const noHint: Hint = { type: { kind: "any" }, isOptional: false, metadata: [] };

// Deeper than anybody nests types; an alias that means itself ends here too.
const deepest = 30;

export function hintOf(modules: Modules, scope: Scope, annotation: Expression | undefined): Hint {
  return annotation === undefined ? noHint : readHint(modules, scope, annotation, 0);
}

function readHint(modules: Modules, scope: Scope, annotation: Expression, depth: number): Hint {
  if (depth > deepest) return plain({ kind: "unknown" });
  const read = (expression: Expression) => readHint(modules, scope, expression, depth + 1);
  switch (annotation.kind) {
    case "constant": {
      if (annotation.value === null) return { ...plain({ kind: "any" }), isOptional: true };
      const inside = typeof annotation.value === "string" ? quoted(annotation.value) : undefined;
      return inside === undefined ? plain({ kind: "unknown" }) : read(inside);
    }
    case "binary":
      if (annotation.operator !== "|") return plain({ kind: "unknown" });
      return union([read(annotation.left), read(annotation.right)]);
    case "subscript":
      return subscripted(modules, scope, annotation, depth);
    case "name":
    case "attribute":
      return named(modules, scope, annotation, depth);
    case "call": {
      const isNewType = outsideName(modules, scope, annotation.callee)?.endsWith(".NewType");
      const type = positionalOf(annotation)[1];
      return isNewType && type !== undefined ? read(type) : plain({ kind: "unknown" });
    }
    default:
      return plain({ kind: "unknown" });
  }
}

function plain(type: HintType): Hint {
  return { type, isOptional: false, metadata: [] };
}

/** The expression in a quoted annotation. Its offsets are not the module's. */
function quoted(text: string): Expression | undefined {
  const [statement] = parseModule("", text.trim()).body;
  return statement?.kind === "expression" ? statement.value : undefined;
}

function named(modules: Modules, scope: Scope, annotation: Expression, depth: number): Hint {
  const resolved = resolve(modules, scope, annotation);
  if (resolved?.kind === "class") {
    const members = enumMembers(modules, resolved.definition, resolved.scope);
    if (members !== undefined) return plain({ kind: "enum", members });
    const { definition, scope: at } = resolved;
    return plain({ kind: "class", definition, scope: at });
  }
  if (resolved?.kind === "outside") return plain(typeNamed(resolved.name));
  const behind = written(modules, scope, annotation);
  if (behind.value === annotation) return plain({ kind: "unknown" });
  return readHint(modules, behind.scope, behind.value, depth + 1);
}

function typeNamed(name: string): HintType {
  const last = name.split(".").at(-1) ?? name;
  if (name === "str") return { kind: "text" };
  if (name === "int") return { kind: "integer" };
  if (name === "float") return { kind: "number" };
  if (name === "bool") return { kind: "boolean" };
  if (last === "Any" || name === "object") return { kind: "any" };
  if (/^(?:Pure)?(?:Posix|Windows)?Path$|^PathLike$/.test(last)) return { kind: "path" };
  if (sequences.has(last)) return { kind: "list", of: { kind: "any" } };
  if (mappings.has(last)) return { kind: "dictionary" };
  return { kind: "unknown", name };
}

const sequences = new Set(
  "list List tuple Tuple set Set frozenset FrozenSet Sequence Iterable Collection MutableSequence".split(
    " ",
  ),
);
const mappings = new Set("dict Dict Mapping MutableMapping DictConfig".split(" "));

function subscripted(
  modules: Modules,
  scope: Scope,
  annotation: Expression & { kind: "subscript" },
  depth: number,
): Hint {
  const items = annotation.index.kind === "tuple" ? annotation.index.items : [annotation.index];
  const read = (expression: Expression) => readHint(modules, scope, expression, depth + 1);
  const name = outsideName(modules, scope, annotation.object) ?? "";
  const last = name.split(".").at(-1) ?? name;
  const [first, ...rest] = items;
  if (first === undefined) return plain({ kind: "unknown" });
  switch (last) {
    case "Optional":
      return { ...read(first), isOptional: true };
    case "Union":
      return union(items.map(read));
    case "Literal":
      return literals(modules, scope, items);
    case "Annotated": {
      const hint = read(first);
      const metadata = rest.map((value) => ({ value, scope }));
      return { ...hint, metadata: [...hint.metadata, ...metadata] };
    }
    case "Final":
    case "InitVar":
    case "Required":
      return read(first);
    default:
  }
  // A marker of tyro's, such as `tyro.conf.Positional[int]`.
  if (name.startsWith("tyro.conf.")) {
    return { ...read(first), metadata: [{ value: annotation.object, scope }] };
  }
  if (mappings.has(last)) return plain({ kind: "dictionary" });
  if (/^[Tt]uple$/.test(last))
    return tuple(
      items.map((item) => read(item).type),
      items,
    );
  if (sequences.has(last)) return plain({ kind: "list", of: read(first).type });
  // A generic class of the workspace, such as `Config[int]`.
  const hint = read(annotation.object);
  return hint.type.kind === "class" ? hint : plain({ kind: "unknown" });
}

function tuple(types: readonly HintType[], items: readonly Expression[]): Hint {
  const [first = { kind: "any" }] = types;
  const isOpen = items.at(-1)?.kind === "other";
  const isUniform = types.every((type) => type.kind === first.kind);
  return plain({
    kind: "list",
    of: isOpen || isUniform ? first : { kind: "any" },
    ...(!isOpen && { length: items.length }),
  });
}

function literals(modules: Modules, scope: Scope, items: readonly Expression[]): Hint {
  const values = items.map((item) => evaluate(modules, scope, item));
  const known = values.filter((value) => value !== undefined);
  if (known.length < values.length) return plain({ kind: "unknown" });
  const isOptional = known.includes(null);
  const choices = known.filter((value) => value !== null);
  return { ...plain({ kind: "choices", values: choices }), isOptional };
}

function union(hints: readonly Hint[]): Hint {
  const isNone = (hint: Hint) => hint.isOptional && hint.type.kind === "any";
  const types = hints.filter((hint) => !isNone(hint)).map(({ type }) => type);
  const [only, another] = types;
  const isOptional = hints.some((hint) => hint.isOptional);
  const metadata = hints.flatMap((hint) => hint.metadata);
  if (only === undefined) return { type: { kind: "any" }, isOptional, metadata };
  if (another === undefined) return { type: only, isOptional, metadata };
  const of = types.flatMap((type) => (type.kind === "union" ? type.of : [type]));
  return { type: { kind: "union", of }, isOptional, metadata };
}
