/** Statements, one after the other, and what they bind. */
import { evaluate, itemsOf, turnOf } from "../evaluate.js";
import { scopeWith } from "../python/scope.js";
import type { Expression, For, If, Statement } from "../python/syntax.js";
import { callsIn, dottedPath, targetNames } from "../python/walk.js";
import { outsideName } from "../resolve.js";
import { useOf, valuesOf } from "./expressions.js";
import { calledName, classFrameOf, type Flow, runModule } from "./flow.js";
import { noteLost } from "./settings.js";
import { type Frame, followedOf, joinedValues, nothing, type Values } from "./values.js";

export function runBlock(flow: Flow, frame: Frame, body: readonly Statement[]): void {
  for (const statement of body) {
    if (flow.budget <= 0) return;
    flow.budget -= 1;
    runStatement(flow, frame, statement);
  }
}

function runStatement(flow: Flow, frame: Frame, statement: Statement): void {
  switch (statement.kind) {
    case "expression":
      valuesOf(flow, frame, statement.value);
      return;
    case "assign":
      if (statement.value === undefined) return;
      runAssignment(flow, frame, statement.targets, statement.value);
      return;
    case "update":
      valuesOf(flow, frame, statement.value);
      return;
    case "import":
    case "import-from":
      runImport(flow, frame, statement);
      return;
    case "function": {
      for (const decorator of statement.decorators) valuesOf(flow, frame, decorator);
      const closure = frame.scope.owner?.kind === "function" ? frame : undefined;
      const { scope } = frame;
      if (scope.owner?.kind === "class") return;
      const value = {
        kind: "function",
        definition: statement,
        scope,
        closure,
        self: undefined,
      } as const;
      bind(flow, frame, statement.name, [value]);
      return;
    }
    case "class":
      for (const decorator of statement.decorators) valuesOf(flow, frame, decorator);
      bind(flow, frame, statement.name, [
        { kind: "class", definition: statement, scope: frame.scope },
      ]);
      classFrameOf(flow, statement, frame.scope);
      return;
    case "if":
      runIf(flow, frame, statement);
      return;
    case "for":
      runFor(flow, frame, statement);
      return;
    case "while":
      valuesOf(flow, frame, statement.test);
      runBlock(flow, frame, statement.body);
      runBlock(flow, frame, statement.otherwise);
      return;
    case "with":
      for (const { value, target } of statement.items) {
        const values = valuesOf(flow, frame, value);
        if (target !== undefined) assign(flow, frame, target, values, value);
      }
      runBlock(flow, frame, statement.body);
      return;
    case "try": {
      const [tried = [], ...others] = statement.blocks;
      runBlock(flow, frame, tried);
      runConditionally(flow, frame, others);
      return;
    }
    case "return":
      if (statement.value === undefined) return;
      for (const value of valuesOf(flow, frame, statement.value)) {
        if (!frame.returned.includes(value)) frame.returned.push(value);
      }
      return;
    case "other-statement":
      for (const part of statement.parts) valuesOf(flow, frame, part);
      runConditionally(flow, frame, statement.blocks);
      return;
  }
}

function runConditionally(
  flow: Flow,
  frame: Frame,
  blocks: readonly (readonly Statement[])[],
): void {
  flow.conditions += 1;
  for (const block of blocks) runBlock(flow, frame, block);
  flow.conditions -= 1;
}

function runImport(
  flow: Flow,
  frame: Frame,
  statement: Statement & { kind: "import" | "import-from" },
): void {
  const { modules } = flow;
  const from = frame.scope.module;
  const run = (level: number, module: string): void => {
    const imported = modules.imported(from, { level, module });
    if (imported !== undefined) runModule(flow, imported);
  };
  if (statement.kind === "import") {
    for (const { name } of statement.names) run(0, name);
    return;
  }
  const { level, module } = statement;
  run(level, module);
  for (const { name } of statement.names) run(level, module === "" ? name : `${module}.${name}`);
}

function runAssignment(
  flow: Flow,
  frame: Frame,
  targets: readonly Expression[],
  value: Expression,
): void {
  const values = valuesOf(flow, frame, value);
  for (const target of targets) assign(flow, frame, target, values, value);
}

function assign(
  flow: Flow,
  frame: Frame,
  target: Expression,
  values: Values,
  written: Expression,
): void {
  switch (target.kind) {
    case "name":
      bind(flow, frame, target.name, values);
      if (frame.bound) rebind(frame, target.name, written);
      return;
    case "starred":
      assign(flow, frame, target.value, values, written);
      return;
    case "list":
    case "tuple":
      for (const [at, item] of target.items.entries()) {
        let held: Values = nothing;
        for (const value of values) {
          if (value.kind === "box") held = joinedValues(held, value.items[at] ?? nothing);
          else held = joinedValues(held, [value]);
        }
        const isPair = written.kind === "tuple" || written.kind === "list";
        const part = isPair ? written.items[at] : undefined;
        if (part !== undefined) assign(flow, frame, item, held, part);
        else for (const name of targetNames(item)) bind(flow, frame, name, held);
      }
      return;
    case "attribute":
      assignAttribute(flow, frame, target, values, written);
      return;
    case "subscript": {
      const use = useOf(flow, frame, target);
      valuesOf(flow, frame, target.index);
      const holders = followedOf(valuesOf(flow, frame, target.object));
      for (const followed of holders) {
        followed.setElement(target.index, values, use, written);
        followed.absorb(followedOf(values), use);
      }
      if (holders.length === 0) noteLost(followedOf(values), use);
      assignOutside(flow, frame, target.object, values, written);
      return;
    }
    default:
  }
}

function assignAttribute(
  flow: Flow,
  frame: Frame,
  target: Expression & { kind: "attribute" },
  values: Values,
  written: Expression,
): void {
  for (const object of valuesOf(flow, frame, target.object)) {
    if (object.kind === "instance") {
      const known = object.attributes.get(target.name) ?? nothing;
      if (values.length > 0) object.attributes.set(target.name, joinedValues(known, values));
    } else if (object.kind === "followed") {
      const use = useOf(flow, frame, target);
      object.followed.setAttribute(target.name, values, use, written);
    }
  }
  assignOutside(flow, frame, target, values, written);
}

function assignOutside(
  flow: Flow,
  frame: Frame,
  target: Expression,
  values: Values,
  written: Expression,
): void {
  if (dottedPath(target) === undefined) return;
  const name = outsideName(flow.modules, frame.scope, target);
  if (name === undefined) return;
  const use = useOf(flow, frame, target);
  for (const follower of flow.followers) follower.outsideAssigned(name, use, values, written);
}

/** In a branch that may not be taken, the name may also be what it was. */
function bind(flow: Flow, frame: Frame, name: string, values: Values): void {
  let into = frame;
  // What is declared global is not bound by the function's own scope.
  while (!into.scope.bindings.has(name) && into.parent !== undefined && !into.bound)
    into = into.parent;
  const known = into.values.get(name);
  const isWeak = flow.conditions > 0 || into !== frame;
  into.values.set(name, isWeak && known !== undefined ? joinedValues(known, values) : values);
}

/** Where names have values of this run only, an assignment gives the name its new one. */
function rebind(frame: Frame, name: string, written: Expression): void {
  frame.scope = scopeWith(frame.scope, new Map([[name, { value: written, scope: frame.scope }]]));
}

function runIf(flow: Flow, frame: Frame, statement: If): void {
  for (const { test, body } of statement.branches) {
    if (test !== undefined) valuesOf(flow, frame, test);
    const decided = test === undefined ? undefined : decidedTest(flow, frame, test);
    if (decided === false) continue;
    if (decided === true) {
      runBlock(flow, frame, body);
      return;
    }
    runConditionally(flow, frame, [body]);
  }
}

function decidedTest(flow: Flow, frame: Frame, test: Expression): boolean | undefined {
  if (isMainTest(test)) return frame.scope.module === flow.modules.program;
  const value = evaluate(flow.modules, frame.scope, test);
  // Only what is written as a test of constants: a variable that is once True may be set elsewhere.
  return typeof value === "boolean" && (frame.bound || test.kind === "constant")
    ? value
    : undefined;
}

function isMainTest(test: Expression): boolean {
  if (test.kind !== "binary" || test.operator !== "==") return false;
  const sides = [test.left, test.right];
  return (
    sides.some((side) => side.kind === "name" && side.name === "__name__") &&
    sides.some((side) => side.kind === "constant" && side.value === "__main__")
  );
}

const mostTurns = 500;

function runFor(flow: Flow, frame: Frame, statement: For): void {
  const { target, iterable, body } = statement;
  const values = valuesOf(flow, frame, iterable);
  let given: Values = nothing;
  for (const value of values) {
    if (value.kind === "box") given = value.items.reduce(joinedValues, given);
    for (const followed of followedOf([value])) {
      given = joinedValues(given, followed.each());
    }
  }
  for (const name of targetNames(target)) bind(flow, frame, name, given);
  const items = addsOptions(flow, body) ? itemsOf(flow.modules, frame.scope, iterable) : undefined;
  const { scope, bound } = frame;
  if (items === undefined || items.length > mostTurns) {
    runBlock(flow, frame, body);
  } else {
    for (const item of items) {
      frame.scope = turnOf(flow.modules, scope, target, item);
      frame.bound = true;
      runBlock(flow, frame, body);
    }
  }
  frame.scope = scope;
  frame.bound = bound;
  runBlock(flow, frame, statement.otherwise);
}

/** Whether it pays to go through a loop item by item: where options are added in it. */
function addsOptions(flow: Flow, body: readonly Statement[]): boolean {
  for (const call of callsIn(body)) {
    const name = calledName(call);
    if (name !== undefined && flow.adders.names.has(name)) return true;
  }
  return false;
}
