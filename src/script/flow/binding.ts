/** The arguments of a call, bound to the parameters of what it calls. */
import { scopeOwnedBy } from "../python/module.js";
import { type Scope, scopeWith } from "../python/scope.js";
import type { Argument, Expression, Parameter } from "../python/syntax.js";
import type { ScopedExpression } from "../written.js";
import {
  type CallUse,
  type Frame,
  followedOf,
  joinedValues,
  nothing,
  type Value,
  type Values,
} from "./values.js";

/** Binds what is known of the arguments to the parameters' names. */
export function bindArguments(
  frame: Frame,
  parameters: readonly Parameter[],
  use: CallUse | undefined,
  self: Value | undefined,
): void {
  const [first, ...others] = parameters;
  const isMethod = self !== undefined && first !== undefined;
  if (isMethod) frame.values.set(first.name, [self]);
  const open = isMethod ? others : parameters;
  if (use === undefined) return;
  const written = new Map<string, ScopedExpression>();
  const extra: { argument: Argument; values: Values }[] = [];
  const named = new Set<string>();
  const positional = open.filter((each) => each.spread === undefined && !each.keywordOnly);
  let position = 0;
  for (const [at, argument] of use.call.arguments.entries()) {
    const values = use.given[at] ?? nothing;
    if (argument.spread !== undefined) {
      spreadArgument(frame, open, argument, values, use);
      continue;
    }
    const parameter =
      argument.name === undefined
        ? positional[position]
        : open.find((each) => each.name === argument.name && each.spread === undefined);
    if (argument.name === undefined) position += 1;
    if (parameter === undefined) {
      extra.push({ argument, values });
      continue;
    }
    named.add(parameter.name);
    frame.values.set(parameter.name, values);
    if (isBoundOnce(frame.scope, parameter.name)) {
      written.set(parameter.name, { value: argument.value, scope: use.scope });
    }
  }
  bindExtra(open, extra, use, written, frame);
  if (written.size === 0) return;
  frame.scope = scopeWith(frame.scope, written);
  frame.bound = true;
}

/** `*args` and `**kwargs` become a tuple and a dictionary of what was given beyond the others. */
function bindExtra(
  parameters: readonly Parameter[],
  extra: readonly { argument: Argument; values: Values }[],
  use: CallUse,
  written: Map<string, ScopedExpression>,
  frame: Frame,
): void {
  for (const { name, spread } of parameters) {
    if (spread === undefined) continue;
    const taken = extra.filter(
      ({ argument }) => (argument.name === undefined) === (spread === "*"),
    );
    const { start, end } = use.call;
    const value: Expression =
      spread === "*"
        ? { kind: "tuple", start, end, items: taken.map(({ argument }) => argument.value) }
        : {
            kind: "dict",
            start,
            end,
            entries: taken.map(({ argument }) => ({
              key: { kind: "constant", start, end, value: argument.name ?? "" },
              value: argument.value,
            })),
          };
    const hidesMore = use.call.arguments.some((argument) => argument.spread !== undefined);
    if (!hidesMore) written.set(name, { value, scope: use.scope });
    const values = taken.map((each) => each.values).filter((each) => each.length > 0);
    if (values.length > 0) {
      const known = frame.values.get(name) ?? nothing;
      frame.values.set(name, joinedValues(known, [{ kind: "box", items: values }]));
    }
  }
}

function spreadArgument(
  frame: Frame,
  parameters: readonly Parameter[],
  argument: Argument,
  values: Values,
  use: CallUse,
): void {
  const names = parameters.filter((each) => each.spread === undefined).map((each) => each.name);
  for (const followed of followedOf(values)) followed.spreadOver(names, use);
  const rest = parameters.find((each) => each.spread === argument.spread);
  if (rest !== undefined) frame.values.set(rest.name, values);
}

/** What nobody handed over is what the function says. */
export function bindDefaults(
  frame: Frame,
  parameters: readonly Parameter[],
  use: CallUse | undefined,
  scope: Scope,
): void {
  if (use === undefined || use.call.arguments.some((argument) => argument.spread)) return;
  const given = frame.scope.bindings;
  const written = new Map<string, ScopedExpression>();
  for (const parameter of parameters) {
    const isGiven =
      frame.values.has(parameter.name) ||
      (frame.bound && given.get(parameter.name)?.[0]?.kind === "value");
    if (isGiven || parameter.default === undefined) continue;
    const inside = scopeOwnedBy(scope.module, frame.scope.owner) ?? frame.scope;
    if (!isBoundOnce(inside, parameter.name)) continue;
    written.set(parameter.name, { value: parameter.default, scope });
  }
  if (written.size > 0) {
    frame.scope = scopeWith(frame.scope, written);
    frame.bound = true;
  }
}

function isBoundOnce(scope: Scope, name: string): boolean {
  return scope.bindings.get(name)?.length === 1;
}
