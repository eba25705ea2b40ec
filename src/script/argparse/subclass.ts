/** What a subclass of a parser changes. */
import type { ClassDefinition } from "../python/syntax.js";
import { expressionsIn, statementsIn } from "../python/walk.js";

/** Whether an unknown option still ends the program: an `error` of its own may only warn. */
export function exitsOnError(definition: ClassDefinition): boolean {
  for (const method of statementsIn(definition.body)) {
    if (method.kind !== "function" || method.name !== "error") continue;
    for (const expression of expressionsIn(method.body)) {
      const called = expression.kind === "call" ? expression.callee : undefined;
      if (called?.kind === "name" && /^(?:exit|quit)$/.test(called.name)) return true;
      if (called?.kind === "attribute" && /^(?:exit|error|_exit)$/.test(called.name)) return true;
    }
    return [...statementsIn(method.body)].some(
      (statement) => statement.kind === "other-statement" && statement.parts.length > 0,
    );
  }
  return true;
}
