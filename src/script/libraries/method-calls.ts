/** What is done with an object: the calls of its methods, anywhere in the modules. */
import type { Modules } from "../modules.js";
import type { Scope } from "../python/scope.js";
import type { Call } from "../python/syntax.js";
import { written } from "../written.js";

export interface MethodCall {
  readonly method: string;
  readonly call: Call;
  readonly scope: Scope;
}

/** The calls of methods of the object that the call `made` makes, as far as names lead to it. */
export function methodCalls(modules: Modules, made: Call): readonly MethodCall[] {
  return modules.all.flatMap((module) =>
    module.calls.flatMap(({ call, scope }): MethodCall[] => {
      if (call.callee.kind !== "attribute") return [];
      const { object, name: method } = call.callee;
      return object === made || written(modules, scope, object).value === made
        ? [{ method, call, scope }]
        : [];
    }),
  );
}
