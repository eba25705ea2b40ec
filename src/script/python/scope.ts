/**
 * Which name is bound to what: a module's scope, and those of its functions and classes.
 *
 * Lambdas and comprehensions open no scope of their own here: their variables are merely not found.
 */
import type { PythonModule } from "./module.js";
import type {
  ClassDefinition,
  Expression,
  FunctionDefinition,
  Parameter,
  Statement,
} from "./syntax.js";
import { expressionsIn, statementsIn, targetNames } from "./walk.js";

export interface Scope {
  readonly module: PythonModule;
  /** Undefined: the module itself. */
  readonly owner: FunctionDefinition | ClassDefinition | undefined;
  readonly parent: Scope | undefined;
  readonly body: readonly Statement[];
  /** All that is ever bound to a name here, in the order of the text. */
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
  /** Modules of which everything is imported here. */
  readonly everythingFrom: readonly ImportSource[];
}

export interface ImportSource {
  /** Dots before the name. */
  readonly level: number;
  readonly module: string;
}

export type Binding =
  /** `member` undefined: the module itself. */
  | { readonly kind: "import"; readonly from: ImportSource; readonly member: string | undefined }
  | { readonly kind: "function"; readonly definition: FunctionDefinition }
  | { readonly kind: "class"; readonly definition: ClassDefinition }
  /** `scope`: where the value's own names are looked up. */
  | { readonly kind: "value"; readonly value: Expression; readonly scope: Scope }
  | { readonly kind: "parameter"; readonly parameter: Parameter }
  /** Bound by a loop: an element of `iterable`. */
  | { readonly kind: "element"; readonly iterable: Expression; readonly target: Expression }
  /** `with value as name`. */
  | { readonly kind: "context"; readonly value: Expression }
  /** Taken apart, changed in place, caught, deleted, or declared without a value. */
  | { readonly kind: "unknown" };

export interface Scoped {
  readonly scope: Scope;
  readonly bindings: readonly Binding[];
}

/** What a name is bound to, seen from a scope: as in Python, a class's names are seen only from its own body. */
export function lookup(scope: Scope, name: string): Scoped | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    if (at !== scope && at.owner?.kind === "class") continue;
    const bindings = at.bindings.get(name);
    if (bindings !== undefined) return { scope: at, bindings };
  }
  return undefined;
}

/** The same scope, with names bound to given values: a loop's turn, or a call's arguments. */
export function scopeWith(
  scope: Scope,
  values: ReadonlyMap<string, { readonly value: Expression; readonly scope: Scope }>,
): Scope {
  const bindings = new Map(scope.bindings);
  for (const [name, { value, scope: at }] of values) {
    bindings.set(name, [{ kind: "value", value, scope: at }]);
  }
  return { ...scope, bindings };
}

/** The scope of a module, and those of all that is defined in it, outer before inner. */
export function scopesOf(module: PythonModule): readonly Scope[] {
  const scopes: Scope[] = [];
  const globals = new Map<string, Binding[]>();
  const open = (owner: Scope["owner"], parent: Scope | undefined, body: Scope["body"]): void => {
    const scope = scopeOf(module, owner, parent, body, globals);
    scopes.push(scope);
    for (const statement of statementsIn(body)) {
      if (statement.kind === "function" || statement.kind === "class") {
        open(statement, scope, statement.body);
      }
    }
  };
  open(undefined, undefined, module.body);
  return scopes;
}

function scopeOf(
  module: PythonModule,
  owner: Scope["owner"],
  parent: Scope | undefined,
  body: readonly Statement[],
  globals: Map<string, Binding[]>,
): Scope {
  const own = parent === undefined ? globals : new Map<string, Binding[]>();
  const elsewhere = new Set<string>();
  const everythingFrom: ImportSource[] = [];
  const scope: Scope = { module, owner, parent, body, bindings: own, everythingFrom };
  const bind = (name: string, binding: Binding): void => {
    const into = elsewhere.has(name) ? globals : own;
    const earlier = into.get(name);
    if (earlier === undefined) into.set(name, [binding]);
    else earlier.push(binding);
  };
  if (owner !== undefined && owner.kind !== "class") {
    for (const parameter of owner.parameters)
      bind(parameter.name, { kind: "parameter", parameter });
  }
  for (const statement of statementsIn(body)) {
    if (statement.kind === "other-statement") {
      for (const name of statement.globals) elsewhere.add(name);
    }
  }
  for (const statement of statementsIn(body)) {
    if (statement.kind === "import-from" && statement.everything) {
      everythingFrom.push({ level: statement.level, module: statement.module });
    }
    bindStatement(statement, scope, bind);
  }
  for (const expression of expressionsIn(body)) {
    if (expression.kind !== "named") continue;
    bindTarget(expression.target, expression.value, scope, bind);
  }
  return scope;
}

type Bind = (name: string, binding: Binding) => void;

function bindStatement(statement: Statement, scope: Scope, bind: Bind): void {
  switch (statement.kind) {
    case "import":
      for (const { name, alias } of statement.names) {
        const first = name.split(".")[0] ?? name;
        const from = { level: 0, module: alias === undefined ? first : name };
        bind(alias ?? first, { kind: "import", from, member: undefined });
      }
      return;
    case "import-from":
      for (const { name, alias } of statement.names) {
        const from = { level: statement.level, module: statement.module };
        bind(alias ?? name, { kind: "import", from, member: name });
      }
      return;
    case "function":
      bind(statement.name, { kind: "function", definition: statement });
      return;
    case "class":
      bind(statement.name, { kind: "class", definition: statement });
      return;
    case "assign":
      for (const target of statement.targets) bindTarget(target, statement.value, scope, bind);
      return;
    case "update":
      for (const name of targetNames(statement.target)) bind(name, { kind: "unknown" });
      return;
    case "for":
      for (const name of targetNames(statement.target)) {
        bind(name, { kind: "element", iterable: statement.iterable, target: statement.target });
      }
      return;
    case "with":
      for (const { value, target } of statement.items) {
        if (target?.kind === "name") bind(target.name, { kind: "context", value });
        else if (target !== undefined) bindTarget(target, undefined, scope, bind);
      }
      return;
    case "try":
      for (const name of statement.names) bind(name, { kind: "unknown" });
      return;
    default:
  }
}

function bindTarget(
  target: Expression,
  value: Expression | undefined,
  scope: Scope,
  bind: Bind,
): void {
  if (target.kind === "name") {
    bind(target.name, value === undefined ? { kind: "unknown" } : { kind: "value", value, scope });
    return;
  }
  const isPair =
    (target.kind === "tuple" || target.kind === "list") &&
    (value?.kind === "tuple" || value?.kind === "list") &&
    target.items.length === value.items.length &&
    ![...target.items, ...value.items].some((item) => item.kind === "starred");
  if (isPair) {
    for (const [at, item] of target.items.entries()) bindTarget(item, value.items[at], scope, bind);
    return;
  }
  for (const name of targetNames(target)) bind(name, { kind: "unknown" });
}
