/** The arguments of a call by their names, with `*` and `**` taken apart where that is written down. */
import { dictionaryEntriesOf, evaluate, itemsOf } from "../evaluate.js";
import type { Modules } from "../modules.js";
import type { Scope } from "../python/scope.js";
import type { Call } from "../python/syntax.js";
import type { ScopedExpression } from "../written.js";

export interface GivenArguments {
  readonly positional: readonly ScopedExpression[];
  readonly named: ReadonlyMap<string, ScopedExpression>;
  /** Whether more may be given than is written down. */
  readonly isOpen: boolean;
}

export function givenArguments(modules: Modules, scope: Scope, call: Call): GivenArguments {
  const positional: ScopedExpression[] = [];
  const named = new Map<string, ScopedExpression>();
  let isOpen = false;
  for (const { name, spread, value } of call.arguments) {
    if (spread === "*") {
      const items = itemsOf(modules, scope, value);
      if (items === undefined) isOpen = true;
      else positional.push(...items);
    } else if (spread === "**") {
      const entries = dictionaryEntriesOf(modules, scope, value);
      for (const entry of entries ?? []) {
        const key = evaluate(modules, entry.key.scope, entry.key.value);
        if (typeof key === "string") named.set(key, entry.value);
        else isOpen = true;
      }
      isOpen ||= entries === undefined;
    } else if (name !== undefined) {
      named.set(name, { value, scope });
    } else {
      positional.push({ value, scope });
    }
  }
  return { positional, named, isOpen };
}
