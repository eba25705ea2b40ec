/** What an expression may be, among the things that are followed. */
import { evaluate, itemsOf, turnOf } from "../evaluate.js";
import { topScope } from "../python/module.js";
import { lookup } from "../python/scope.js";
import type { Attribute, Comprehension, Expression, Name, Subscript } from "../python/syntax.js";
import { partsOf } from "../python/walk.js";
import { resolve } from "../resolve.js";
import { callValues, classAttribute } from "./calls.js";
import { methodOf } from "./classes.js";
import { type Flow, newFrame, runModule } from "./flow.js";
import {
  type Frame,
  followedOf,
  joinedValues,
  nothing,
  type Use,
  type Value,
  type Values,
} from "./values.js";

export function valuesOf(flow: Flow, frame: Frame, expression: Expression): Values {
  if (flow.budget <= 0) return nothing;
  flow.budget -= 1;
  switch (expression.kind) {
    case "name":
      return nameValues(flow, frame, expression);
    case "attribute":
      return attributeValues(flow, frame, expression);
    case "subscript":
      return subscriptValues(flow, frame, expression);
    case "call":
      return callValues(flow, frame, expression);
    case "constant":
      return nothing;
    case "list":
    case "tuple":
    case "set":
    case "dict":
      return boxOf(flow, frame, expression);
    case "comprehension":
      return comprehensionValues(flow, frame, expression);
    case "lambda":
      return [{ kind: "lambda", lambda: expression, frame }];
    case "conditional": {
      valuesOf(flow, frame, expression.test);
      const decided = evaluate(flow.modules, frame.scope, expression.test);
      if (decided === true) return valuesOf(flow, frame, expression.whenTrue);
      if (decided === false) return valuesOf(flow, frame, expression.whenFalse);
      return unionOf(flow, frame, [expression.whenTrue, expression.whenFalse]);
    }
    case "named": {
      const values = valuesOf(flow, frame, expression.value);
      if (expression.target.kind === "name") frame.values.set(expression.target.name, values);
      return values;
    }
    case "binary":
      return unionOf(flow, frame, [expression.left, expression.right]);
    default:
      return unionOf(flow, frame, partsOf(expression));
  }
}

export function useOf(flow: Flow, frame: Frame, node: Expression): Use {
  const { scope } = frame;
  return {
    flow,
    frame,
    scope,
    node,
    isConditional: flow.conditions > 0,
    isReached: flow.isReached,
  };
}

function unionOf(flow: Flow, frame: Frame, parts: readonly Expression[]): Values {
  let values: Values = nothing;
  for (const part of parts) values = joinedValues(values, valuesOf(flow, frame, part));
  return values;
}

function boxOf(flow: Flow, frame: Frame, expression: Expression): Values {
  if (expression.kind === "dict") {
    const spread: Values[] = [];
    const items: Values[] = [];
    for (const { key, value } of expression.entries) {
      if (key !== undefined) valuesOf(flow, frame, key);
      (key === undefined ? spread : items).push(valuesOf(flow, frame, value));
    }
    const held = items.filter((values) => values.length > 0);
    const box: Values = held.length === 0 ? nothing : [{ kind: "box", items: held }];
    // `{**config, "device": device}` is the configuration, with something added.
    return spread.reduce(joinedValues, box);
  }
  const items = partsOf(expression).map((item) => valuesOf(flow, frame, item));
  return items.every((values) => values.length === 0) ? nothing : [{ kind: "box", items }];
}

function nameValues(flow: Flow, frame: Frame, expression: Name): Values {
  const { name } = expression;
  const binding = lookup(frame.scope, name);
  for (let at: Frame | undefined = frame; at !== undefined; at = at.parent) {
    const values = at.values.get(name);
    if (values !== undefined) return values;
    // The name is this frame's own: what stands outside is hidden by it. A comprehension runs in a
    // frame within that of the code around it.
    const { owner, module } = at.scope;
    const isOwn = binding?.scope.owner === owner && binding?.scope.module === module;
    if (isOwn && (at.parent?.scope.owner !== owner || at.parent?.scope.module !== module)) break;
  }
  const resolved = resolve(flow.modules, frame.scope, expression);
  switch (resolved?.kind) {
    case "outside":
      return outsideValues(flow, frame, expression, resolved.name);
    case "module":
      runModule(flow, resolved.module);
      return [resolved];
    case "class":
      return [resolved];
    case "function":
      return [{ ...resolved, closure: undefined, self: undefined }];
    case "variable": {
      const { module } = resolved.scope;
      if (resolved.scope.owner !== undefined || module === frame.scope.module) return nothing;
      runModule(flow, module);
      return flow.frames.get(module)?.values.get(resolved.name) ?? nothing;
    }
    default:
      return nothing;
  }
}

function outsideValues(flow: Flow, frame: Frame, node: Expression, name: string): Values {
  let values: Values = [{ kind: "outside", name }];
  const use = useOf(flow, frame, node);
  for (const follower of flow.followers) {
    values = joinedValues(values, follower.outsideValue(name, use));
  }
  // What somebody follows stands for the bare name.
  return values.length > 1 ? values.slice(1) : values;
}

function attributeValues(flow: Flow, frame: Frame, expression: Attribute): Values {
  let values: Values = nothing;
  for (const object of objectValues(flow, frame, expression.object)) {
    values = joinedValues(values, attributeOf(flow, frame, object, expression.name, expression));
  }
  return values;
}

/** What is called: a method of something that is followed is not read as an attribute first. */
export function calleeValues(flow: Flow, frame: Frame, callee: Expression): Values {
  if (callee.kind !== "attribute") return valuesOf(flow, frame, callee);
  const { name } = callee;
  let values: Values = nothing;
  for (const object of objectValues(flow, frame, callee.object)) {
    const own =
      object.kind === "followed" ? nothing : attributeOf(flow, frame, object, name, callee);
    const methods =
      own.length > 0 || object.kind === "box"
        ? own
        : followedOf([object]).map((of): Value => ({ kind: "method", of, name }));
    values = joinedValues(values, methods);
  }
  return values;
}

function objectValues(flow: Flow, frame: Frame, object: Expression): Values {
  const isSuper =
    object.kind === "call" && object.callee.kind === "name" && object.callee.name === "super";
  if (!isSuper) return valuesOf(flow, frame, object);
  const self = frame.scope.owner?.kind === "function" ? frame.scope.owner.parameters[0] : undefined;
  const values = self === undefined ? nothing : (frame.values.get(self.name) ?? nothing);
  const inside = classAround(frame);
  if (inside === undefined) return nothing;
  return values.map((each) => ({ kind: "super", self: each, behind: inside }));
}

function classAround(frame: Frame) {
  for (let at = frame.scope.parent; at !== undefined; at = at.parent) {
    if (at.owner?.kind === "class") return at.owner;
  }
  return undefined;
}

function attributeOf(
  flow: Flow,
  frame: Frame,
  object: Value,
  name: string,
  node: Expression,
): Values {
  switch (object.kind) {
    case "outside":
      return outsideValues(flow, frame, node, `${object.name}.${name}`);
    case "module": {
      runModule(flow, object.module);
      const values = flow.frames.get(object.module)?.values.get(name);
      if (values !== undefined) return values;
      const top = topScope(object.module);
      const { start, end } = node;
      const seen = newFrame(top, undefined);
      return nameValues(flow, seen, { kind: "name", start, end, name });
    }
    case "class":
      return classAttribute(flow, object, name, undefined);
    case "instance": {
      const own = object.attributes.get(name) ?? classAttribute(flow, object, name, undefined);
      if (own.length > 0 || object.inherited === undefined) return own;
      return object.inherited.attribute(name, useOf(flow, frame, node));
    }
    case "super": {
      const method = methodOf(flow, object.self, name, object.behind);
      if (method !== undefined) return [{ ...method, self: method.self ?? object.self }];
      const [inherited] = followedOf([object.self]);
      return inherited === undefined ? nothing : [{ kind: "method", of: inherited, name }];
    }
    case "followed":
      return object.followed.attribute(name, useOf(flow, frame, node));
    case "box":
      // `{...}.items()` and `[...].copy()` hand on what is within.
      return [object];
    default:
      return nothing;
  }
}

function subscriptValues(flow: Flow, frame: Frame, expression: Subscript): Values {
  const objects = valuesOf(flow, frame, expression.object);
  valuesOf(flow, frame, expression.index);
  let values: Values = nothing;
  for (const object of objects) {
    if (object.kind === "box") {
      const index = evaluate(flow.modules, frame.scope, expression.index);
      const item = typeof index === "number" ? object.items.at(index) : undefined;
      values = (item === undefined ? object.items : [item]).reduce(joinedValues, values);
    } else {
      for (const followed of followedOf([object])) {
        const use = useOf(flow, frame, expression);
        values = joinedValues(values, followed.element(expression.index, use));
      }
    }
  }
  return values;
}

const mostTurns = 500;

function comprehensionValues(flow: Flow, frame: Frame, expression: Comprehension): Values {
  const inner = newFrame(frame.scope, frame);
  inner.bound = frame.bound;
  for (const { target, iterable, conditions } of expression.clauses) {
    const values = valuesOf(flow, inner, iterable);
    const items = values.flatMap((value) => {
      if (value.kind === "box") return value.items.flat();
      return followedOf([value]).flatMap((each) => each.each());
    });
    if (target.kind === "name") inner.values.set(target.name, items);
    else
      for (const name of partsOf(target))
        if (name.kind === "name") inner.values.set(name.name, items);
    for (const condition of conditions) valuesOf(flow, inner, condition);
  }
  const [clause, another] = expression.clauses;
  const turns =
    clause === undefined || another !== undefined || !holdsCall(expression.element)
      ? undefined
      : itemsOf(flow.modules, frame.scope, clause.iterable);
  if (clause !== undefined && turns !== undefined && turns.length <= mostTurns) {
    for (const item of turns) {
      inner.scope = turnOf(flow.modules, frame.scope, clause.target, item);
      inner.bound = true;
      valuesOf(flow, inner, expression.element);
    }
    return nothing;
  }
  if (expression.key !== undefined) valuesOf(flow, inner, expression.key);
  const element = valuesOf(flow, inner, expression.element);
  return element.length === 0 ? nothing : [{ kind: "box", items: [element] }];
}

function holdsCall(expression: Expression): boolean {
  return expression.kind === "call" || partsOf(expression).some(holdsCall);
}
