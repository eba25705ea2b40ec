/** Classes of the workspace: their methods and their fields, those of their bases too. */
import { scopeOwnedBy } from "../python/module.js";
import type { Scope } from "../python/scope.js";
import type { ClassDefinition } from "../python/syntax.js";
import { classLine } from "../resolve.js";
import type { Flow } from "./flow.js";
import type { FunctionValue, Value } from "./values.js";

/** The annotated names of a class and of its bases, as a dataclass takes them. */
export function fieldsOf(flow: Flow, definition: ClassDefinition, scope: Scope): readonly string[] {
  return classLine(flow.modules, definition, scope)
    .toReversed()
    .flatMap((known) =>
      known.definition.body.flatMap((statement) => {
        if (statement.kind !== "assign" || statement.annotation === undefined) return [];
        return statement.targets.flatMap((target) => (target.kind === "name" ? [target.name] : []));
      }),
    );
}

/** A method by its name, `behind` a class for `super()`. */
export function methodOf(
  flow: Flow,
  self: Value,
  name: string,
  behind?: ClassDefinition,
): FunctionValue | undefined {
  if (self.kind !== "instance" && self.kind !== "class") return undefined;
  const line = classLine(flow.modules, self.definition, self.scope);
  const from = behind === undefined ? 0 : line.findIndex((each) => each.definition === behind) + 1;
  for (const { definition, scope } of line.slice(from)) {
    const inside = scopeOwnedBy(scope.module, definition);
    const binding = inside?.bindings.get(name)?.findLast((each) => each.kind === "function");
    if (inside === undefined || binding?.kind !== "function") continue;
    const method = binding.definition;
    const kinds = method.decorators.map((each) => (each.kind === "name" ? each.name : ""));
    const isStatic = kinds.includes("staticmethod");
    const isOfClass = kinds.includes("classmethod");
    const owner: Value = { kind: "class", definition: self.definition, scope: self.scope };
    const bound = isStatic
      ? undefined
      : isOfClass
        ? owner
        : self.kind === "class"
          ? undefined
          : self;
    return { kind: "function", definition: method, scope: inside, closure: undefined, self: bound };
  }
  return undefined;
}
