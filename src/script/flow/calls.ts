/** Calls: into functions and classes of the workspace, and out of it. */
import { scopeOwnedBy, topScope } from "../python/module.js";
import type { Scope } from "../python/scope.js";
import type { Argument, Call, ClassDefinition, Expression } from "../python/syntax.js";
import { classLine, outsideBases } from "../resolve.js";
import { bindArguments, bindDefaults } from "./binding.js";
import { fieldsOf, methodOf } from "./classes.js";
import { calleeValues, valuesOf } from "./expressions.js";
import { classFrameOf, type Flow, identityOf, newFrame } from "./flow.js";
import { runBlock } from "./statements.js";
import {
  type CallUse,
  type Followed,
  type Frame,
  type FunctionValue,
  followedOf,
  joinedValues,
  nothing,
  type Value,
  type Values,
} from "./values.js";

const deepest = 30;

export function callValues(flow: Flow, frame: Frame, call: Call): Values {
  const callees = calleeValues(flow, frame, call.callee);
  const given = call.arguments.map((argument) => valuesOf(flow, frame, argument.value));
  const use: CallUse = {
    flow,
    frame,
    scope: frame.scope,
    node: call,
    isConditional: flow.conditions > 0,
    isReached: flow.isReached,
    call,
    given,
    candidates: 0,
  };
  if (callees.length === 0) return unknownCall(flow, use);
  let result: Values = nothing;
  for (const callee of callees) result = joinedValues(result, callOne(flow, callee, use));
  return result;
}

function callOne(flow: Flow, callee: Value, use: CallUse): Values {
  switch (callee.kind) {
    case "function":
      return invoke(flow, callee, use);
    case "lambda": {
      const frame = newFrame(callee.frame.scope, callee.frame);
      bindArguments(frame, callee.lambda.parameters, use, undefined);
      return valuesOf(flow, frame, callee.lambda.body);
    }
    case "class":
      return [instantiate(flow, callee.definition, callee.scope, use)];
    case "method":
      return callee.of.method(callee.name, use);
    case "instance":
      for (const name of ["__call__", "forward"]) {
        const method = methodOf(flow, callee, name);
        if (method !== undefined) return invoke(flow, method, use);
      }
      return unknownCall(flow, use);
    case "outside":
      return outsideCall(flow, callee.name, use);
    default:
      return unknownCall(flow, use);
  }
}

/** Goes into a function, once for the same things handed to it. Without `use` nothing is known of them. */
export function invoke(flow: Flow, callee: FunctionValue, use: CallUse | undefined): Values {
  const { definition, scope } = callee;
  const results = flow.results.get(definition) ?? new Map<string, Values>();
  flow.results.set(definition, results);
  const key = callKey(flow, callee, use);
  const known = results.get(key);
  if (known !== undefined) return known;
  if (flow.depth > deepest || flow.budget <= 0) return nothing;
  // A function that calls itself gives, within itself, what is known of it by then.
  results.set(key, nothing);
  const inside = scopeOwnedBy(scope.module, definition);
  if (inside === undefined) return nothing;
  const parent = callee.closure ?? flow.frames.get(scope.module);
  const frame = newFrame(inside, parent);
  bindArguments(frame, definition.parameters, use, callee.self);
  bindDefaults(frame, definition.parameters, use, scope);
  const conditions = flow.conditions;
  flow.depth += 1;
  runBlock(flow, frame, definition.body);
  flow.depth -= 1;
  flow.conditions = conditions;
  results.set(key, frame.returned);
  return frame.returned;
}

function callKey(flow: Flow, callee: FunctionValue, use: CallUse | undefined): string {
  const self = callee.self === undefined ? "" : identityOfValue(flow, callee.self);
  const closure = callee.closure === undefined ? "" : identityOf(flow, callee.closure);
  const given = use?.given.map((values) =>
    values.map((each) => identityOfValue(flow, each)).join(),
  );
  const site =
    flow.adders.functions.has(callee.definition) && use !== undefined ? siteOf(flow, use) : "";
  return `${self}|${closure}|${site}|${given?.join(";") ?? ""}`;
}

function siteOfCall({ scope, node }: CallUse): string {
  return `${scope.module.path}:${node.start}`;
}

// In a turn of a loop the same call says something else each time.
function siteOf(flow: Flow, use: CallUse): string {
  return `${siteOfCall(use)}:${use.frame.bound ? identityOf(flow, use.scope) : ""}`;
}

function identityOfValue(flow: Flow, value: Value): string | number {
  switch (value.kind) {
    case "followed":
      return identityOf(flow, value.followed);
    case "class":
    case "function":
      return identityOf(flow, value.definition);
    case "outside":
      return value.name;
    case "lambda":
      return identityOf(flow, value.lambda);
    case "module":
      return identityOf(flow, value.module);
    case "method":
      return `${identityOf(flow, value.of)}.${value.name}`;
    default:
      return identityOf(flow, value);
  }
}

function instantiate(flow: Flow, definition: ClassDefinition, scope: Scope, use: CallUse): Value {
  const key = `${siteOfCall(use)}:${identityOf(flow, definition)}`;
  let instance = flow.instances.get(key);
  if (instance === undefined) {
    instance = {
      kind: "instance",
      definition,
      scope,
      attributes: new Map(),
      inherited: inheritedBy(flow, definition, scope, use),
    };
    flow.instances.set(key, instance);
  }
  const start = methodOf(flow, instance, "__init__");
  if (start !== undefined) {
    invoke(flow, start, use);
  } else {
    const fields = fieldsOf(flow, definition, scope);
    for (const [at, argument] of use.call.arguments.entries()) {
      const values = use.given[at] ?? nothing;
      for (const followed of followedOf(values)) {
        if (argument.spread === "**") followed.spreadOver(fields, use);
      }
      const field = argument.name ?? (argument.spread === undefined ? fields[at] : undefined);
      if (field !== undefined && values.length > 0) instance.attributes.set(field, values);
    }
  }
  const after = methodOf(flow, instance, "__post_init__");
  if (after !== undefined) invoke(flow, after, use);
  return instance;
}

function inheritedBy(
  flow: Flow,
  definition: ClassDefinition,
  scope: Scope,
  use: CallUse,
): Followed | undefined {
  const bases = outsideBases(flow.modules, definition, scope);
  if (bases.length === 0) return undefined;
  for (const follower of flow.followers) {
    const inherited = follower.inherited(bases, use, definition);
    if (inherited !== undefined) return inherited;
  }
  // `class dotdict(dict)` is what it is made of, with another way to ask for it.
  return bases.some((base) => isHolder(base)) ? followedOf(use.given[0] ?? nothing)[0] : undefined;
}

function isHolder(base: string): boolean {
  return /^(?:dict|(?:\w+\.)*(?:UserDict|OrderedDict|defaultdict|SimpleNamespace|Namespace))$/.test(
    base,
  );
}

function outsideCall(flow: Flow, name: string, use: CallUse): Values {
  for (const follower of flow.followers) {
    const known = follower.outsideCall(name, use);
    if (known !== undefined) return known;
  }
  return handOut(flow, name, use);
}

function unknownCall(flow: Flow, use: CallUse): Values {
  for (const follower of flow.followers) {
    const known = follower.unknownCall(use);
    if (known !== undefined) return known;
  }
  if (use.given.every((values) => values.length === 0)) return nothing;
  const named = methodsNamed(flow, use);
  let result = handOut(flow, undefined, { ...use, candidates: named.length });
  for (const method of named) result = joinedValues(result, invoke(flow, method, use));
  return result;
}

const mostCandidates = 20;

/**
 * For `something.add_model_options(parser)`, where nobody knows what something is: every method of that
 * name, if something that is followed is handed to it.
 */
function methodsNamed(flow: Flow, use: CallUse): readonly FunctionValue[] {
  const { callee } = use.call;
  if (callee.kind !== "attribute" || followedOf(use.given.flat()).length === 0) return [];
  const found: FunctionValue[] = [];
  for (const module of flow.modules.all) {
    for (const scope of module.scopes) {
      if (scope.owner?.kind !== "class" || !scope.bindings.has(callee.name)) continue;
      const definition = scope.owner;
      const at = scope.parent ?? topScope(module);
      const method = methodOf(flow, { kind: "class", definition, scope: at }, callee.name);
      if (method === undefined || found.length >= mostCandidates) continue;
      const takesSelf = method.definition.parameters[0]?.name === "self";
      const self = { kind: "class", definition, scope: at } as const;
      found.push(takesSelf ? { ...method, self } : method);
    }
  }
  return found;
}

/** Hands followed things to what cannot be followed; functions among the arguments will be called. */
function handOut(flow: Flow, name: string | undefined, use: CallUse): Values {
  let result: Values = nothing;
  for (const followed of new Set(followedOf(use.given.flat()))) {
    result = joinedValues(result, followed.handedOut(name, use));
  }
  for (const values of use.given) {
    for (const value of values) {
      if (value.kind === "function") invokeWithAll(flow, value, use);
      if (value.kind === "lambda") {
        valuesOf(flow, newFrame(value.frame.scope, value.frame), value.lambda.body);
      }
    }
  }
  return result;
}

/** `Process(target=f, args=(config,))`: each parameter may be any of the things handed over beside it. */
function invokeWithAll(flow: Flow, callee: FunctionValue, use: CallUse): void {
  const followed = use.given.flat().filter((value) => value.kind !== "function");
  const parameters = callee.definition.parameters.slice(callee.self === undefined ? 0 : 1);
  const values = followedOf(followed).map(
    (each) => ({ kind: "followed", followed: each }) as const,
  );
  if (values.length === 0) {
    invoke(flow, callee, undefined);
    return;
  }
  const { start, end } = use.call;
  const call: Call = {
    ...use.call,
    arguments: parameters
      .filter((each) => each.spread === undefined)
      .map(({ name }) => ({ start, end, name, value: { kind: "other", start, end, parts: [] } })),
  };
  invoke(flow, callee, { ...use, call, given: call.arguments.map(() => values) });
}

/** Calls a function with some of the arguments of another call. */
export function invokeWith(
  use: CallUse,
  callee: FunctionValue,
  taken: readonly Argument[],
  given: readonly Values[],
): void {
  invoke(use.flow, callee, { ...use, call: { ...use.call, arguments: taken }, given });
}

/** What a property gives, or an attribute that the class's own statements set. */
export function classAttribute(
  flow: Flow,
  self: Value,
  name: string,
  use: CallUse | undefined,
): Values {
  if (self.kind !== "instance" && self.kind !== "class") return nothing;
  const method = methodOf(flow, self, name);
  if (method !== undefined) {
    const isProperty = method.definition.decorators.some((decorator) =>
      /property$/.test(lastName(decorator)),
    );
    return isProperty && self.kind === "instance" ? invoke(flow, method, use) : [method];
  }
  for (const { definition, scope } of classLine(flow.modules, self.definition, self.scope)) {
    const values = classFrameOf(flow, definition, scope).values.get(name);
    if (values !== undefined) return values;
  }
  return nothing;
}

function lastName(expression: Expression): string {
  if (expression.kind === "name" || expression.kind === "attribute") return expression.name;
  return expression.kind === "call" ? lastName(expression.callee) : "";
}
