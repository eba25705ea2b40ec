/** What functions and constructors take, with what they hand on to a base class by `**kwargs`. */
import type { Modules } from "../modules.js";
import { type PythonModule, scopeOwnedBy, topScope } from "../python/module.js";
import type { Scope } from "../python/scope.js";
import type { ClassDefinition, FunctionDefinition, Parameter } from "../python/syntax.js";
import { callsIn } from "../python/walk.js";
import type { Gap } from "../reading.js";
import { resolve } from "../resolve.js";
import { docstringOn } from "./comments.js";
import { fieldsOfClass } from "./dataclass.js";
import type { Field, Fields } from "./field.js";
import { hintOf } from "./hint.js";

const deepest = 12;

/** The parameters of a function; `scope` is where it is defined. */
export function fieldsOfFunction(
  modules: Modules,
  definition: FunctionDefinition,
  scope: Scope,
): Fields {
  const fields = definition.parameters
    .filter((parameter) => parameter.spread === undefined)
    .map((parameter) => fieldOfParameter(modules, definition.docstring, parameter, scope));
  const takesOthers = definition.parameters.some(({ spread }) => spread === "**");
  return { fields, gaps: [], takesOthers };
}

/** What constructing a class takes: its fields, or the parameters of its `__init__`. */
export function fieldsOfConstructor(
  modules: Modules,
  definition: ClassDefinition,
  scope: Scope,
  depth = 0,
): Fields {
  const init = definition.body.find(
    (statement) => statement.kind === "function" && statement.name === "__init__",
  );
  if (init?.kind !== "function") return inherited(modules, definition, scope, depth);
  const [self, ...parameters] = init.parameters;
  if (self === undefined) return { fields: [], gaps: [], takesOthers: false };
  const inside = scopeOwnedBy(scope.module, definition) ?? topScope(scope.module);
  const docstring = init.docstring ?? definition.docstring;
  const fields = parameters
    .filter((parameter) => parameter.spread === undefined)
    .map((parameter) => fieldOfParameter(modules, docstring, parameter, inside));
  const rest = parameters.find(({ spread }) => spread === "**");
  if (rest === undefined) return { fields, gaps: [], takesOthers: false };
  if (!handsOnToBase(init, rest.name)) {
    const place = scope.module.place(rest);
    return { fields, gaps: [{ place, why: "options-computed" }], takesOthers: false };
  }
  const base = inheritedParameters(modules, definition, scope, depth);
  const own = new Set(fields.map(({ name }) => name));
  const given = givenToBase(init);
  const added = base.fields.filter(({ name }) => !own.has(name) && !given.has(name));
  return { ...base, fields: [...fields, ...added] };
}

function inherited(
  modules: Modules,
  definition: ClassDefinition,
  scope: Scope,
  depth: number,
): Fields {
  const isDataclass = definition.decorators.length > 0;
  if (isDataclass) return fieldsOfClass(modules, definition, scope);
  return inheritedParameters(modules, definition, scope, depth);
}

function inheritedParameters(
  modules: Modules,
  definition: ClassDefinition,
  scope: Scope,
  depth: number,
): Fields {
  const gaps: Gap[] = [];
  for (const argument of definition.arguments) {
    if (argument.name !== undefined) continue;
    const place = scope.module.place(argument);
    const base = argument.value.kind === "subscript" ? argument.value.object : argument.value;
    const resolved = resolve(modules, scope, base);
    if (resolved?.kind === "class" && depth < deepest) {
      const fields = fieldsOfConstructor(modules, resolved.definition, resolved.scope, depth + 1);
      if (fields.fields.length > 0 || fields.gaps.length > 0) return fields;
    } else if (resolved?.kind !== "outside") {
      gaps.push({ place, why: "options-computed" });
    } else if (!takesNothing(resolved.name)) {
      gaps.push({ place, why: "options-from-library" });
    }
  }
  return { fields: [], gaps, takesOthers: false };
}

/** Library classes whose constructors take nothing, as those of torch and Lightning do. */
function takesNothing(name: string): boolean {
  return /(?:^|\.)(?:object|ABC|Generic|Protocol|Module|LightningModule|LightningDataModule|Dataset|IterableDataset|PreTrainedModel|HyperparametersMixin)$/.test(
    name,
  );
}

/** Whether a constructor hands its `**kwargs` to `super().__init__`, and to nothing else. */
function handsOnToBase(init: FunctionDefinition, rest: string): boolean {
  let toBase = false;
  for (const call of callsIn(init.body)) {
    const hands = call.arguments.some(
      ({ spread, value }) => spread === "**" && value.kind === "name" && value.name === rest,
    );
    if (!hands) continue;
    if (!isBaseInit(call.callee)) return false;
    toBase = true;
  }
  return toBase;
}

function givenToBase(init: FunctionDefinition): ReadonlySet<string> {
  const given = new Set<string>();
  for (const call of callsIn(init.body)) {
    if (!isBaseInit(call.callee)) continue;
    for (const { name } of call.arguments) if (name !== undefined) given.add(name);
  }
  return given;
}

function isBaseInit(callee: FunctionDefinition["decorators"][number]): boolean {
  return (
    callee.kind === "attribute" &&
    callee.name === "__init__" &&
    callee.object.kind === "call" &&
    callee.object.callee.kind === "name" &&
    callee.object.callee.name === "super"
  );
}

function fieldOfParameter(
  modules: Modules,
  docstring: string | undefined,
  parameter: Parameter,
  scope: Scope,
): Field {
  const help = docstringOn(docstring, parameter.name);
  const { module }: { module: PythonModule } = scope;
  return {
    name: parameter.name,
    hint: hintOf(modules, scope, parameter.annotation),
    ...(parameter.default !== undefined && { default: { value: parameter.default, scope } }),
    isRequired: parameter.default === undefined,
    ...(help !== undefined && { help }),
    metadata: new Map(),
    keywordOnly: parameter.keywordOnly,
    place: module.place(parameter),
  };
}
