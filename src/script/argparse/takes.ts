/** What an option makes of its text, by the `type=` that it was added with. */
import { elementOfWritten, enumMembers, evaluate } from "../evaluate.js";
import type { Modules } from "../modules.js";
import { scopeOwnedBy } from "../python/module.js";
import type { Scope } from "../python/scope.js";
import type { Expression, FunctionDefinition } from "../python/syntax.js";
import { partsOf, positionalOf, statementsIn } from "../python/walk.js";
import type { Literal, Takes } from "../reading.js";
import { outsideName, resolve } from "../resolve.js";
import { type ScopedExpression, written } from "../written.js";

export interface Converter {
  readonly takes: Takes;
  /** Of an Enum: its values. */
  readonly choices?: readonly Literal[];
}

const unknown: Converter = { takes: { kind: "unknown" } };
const words: Converter = { takes: { kind: "boolean", reads: "words" } };

const outsideConverters: Readonly<Record<string, Takes>> = {
  str: { kind: "text" },
  int: { kind: "integer" },
  float: { kind: "number" },
  bool: { kind: "boolean", reads: "any-text" },
  open: { kind: "text" },
  "argparse.FileType": { kind: "text" },
  "pathlib.Path": { kind: "text" },
  "os.path.abspath": { kind: "text" },
  "os.path.expanduser": { kind: "text" },
  "distutils.util.strtobool": { kind: "boolean", reads: "words" },
};

export function converterOf(modules: Modules, { value, scope }: ScopedExpression): Converter {
  if (value.kind === "conditional") {
    const decided = decidedTest(modules, scope, value.test);
    if (decided === undefined) return unknown;
    return converterOf(modules, { value: decided ? value.whenTrue : value.whenFalse, scope });
  }
  if (value.kind === "lambda") return lambdaConverter(modules, scope, value.body);
  if (value.kind === "call") {
    const name = outsideName(modules, scope, value.callee);
    const [first] = positionalOf(value);
    if (name === "type" && first !== undefined) return kindOfValue(modules, scope, first);
    const known = name === undefined ? undefined : outsideConverters[name];
    return known === undefined ? unknown : { takes: known };
  }
  const resolved = resolve(modules, scope, value);
  switch (resolved?.kind) {
    case "outside": {
      const known = outsideConverters[resolved.name];
      const isTruth = /(?:^|\.)(?:str(?:ing)?_?(?:2|to)_?bool|strtobool|boolean)$/i;
      if (known !== undefined) return { takes: known };
      return isTruth.test(resolved.name) ? words : unknown;
    }
    case "function":
      return functionConverter(modules, resolved.scope, resolved.definition);
    case "class": {
      const members = enumMembers(modules, resolved.definition, resolved.scope);
      return members === undefined ? unknown : { ...unknown, choices: [...members.values()] };
    }
    case "variable": {
      const held = written(modules, scope, value);
      return held.value === value ? unknown : converterOf(modules, held);
    }
    default: {
      const element = elementOfWritten(modules, scope, value);
      return element === undefined ? unknown : converterOf(modules, element);
    }
  }
}

/** `type(v) is bool`, `type(v) != int`, `isinstance(v, bool)` of a value that is written down. */
function decidedTest(modules: Modules, scope: Scope, test: Expression): boolean | undefined {
  const asked =
    test.kind === "binary" && test.left.kind === "call"
      ? { call: test.left, wanted: test.right, is: /^(?:is|==)$/.test(test.operator) }
      : test.kind === "call"
        ? { call: test, wanted: test.arguments[1]?.value, is: true }
        : undefined;
  const of = asked && outsideName(modules, scope, asked.call.callee);
  const [first] = asked === undefined ? [] : positionalOf(asked.call);
  if (asked?.wanted === undefined || first === undefined) return undefined;
  if (of !== "type" && of !== "isinstance") return undefined;
  const held = kindOfValue(modules, scope, first).takes.kind;
  const wanted = outsideConverters[outsideName(modules, scope, asked.wanted) ?? ""]?.kind;
  if (held === "unknown" || wanted === undefined) return undefined;
  return (held === wanted) === asked.is;
}

/** `type=type(default)`. */
function kindOfValue(modules: Modules, scope: Scope, expression: Expression): Converter {
  const held = written(modules, scope, expression);
  const value = evaluate(modules, held.scope, held.value);
  if (typeof value === "boolean") return { takes: { kind: "boolean", reads: "any-text" } };
  if (typeof value === "string") return { takes: { kind: "text" } };
  if (typeof value !== "number") return unknown;
  const isFloat =
    held.value.kind === "constant" ? held.value.isFloat === true : !Number.isInteger(value);
  return { takes: { kind: isFloat ? "number" : "integer" } };
}

/** A function that turns text into true or false is known by what it returns. */
function functionConverter(
  modules: Modules,
  scope: Scope,
  definition: FunctionDefinition,
): Converter {
  const inside = scopeOwnedBy(scope.module, definition) ?? scope;
  const returned = [...statementsIn(definition.body)].flatMap((statement) =>
    statement.kind === "return" && statement.value !== undefined ? [statement.value] : [],
  );
  const isTruth =
    returned.length > 0 &&
    returned.every((each) => isTruthOf(modules, inside, each) || isPassedThrough(definition, each));
  if (isTruth && returned.some((each) => isTruthOf(modules, inside, each))) return words;
  const [only] = returned;
  if (only === undefined || returned.length > 1) return unknown;
  return directConverter(modules, inside, definition.parameters[0]?.name, only);
}

function lambdaConverter(modules: Modules, scope: Scope, body: Expression): Converter {
  if (isTruthOf(modules, scope, body)) return words;
  const parameter = body.kind === "call" ? positionalOf(body)[0] : undefined;
  const name = parameter?.kind === "name" ? parameter.name : undefined;
  return directConverter(modules, scope, name, body);
}

/** `return int(text)`, but not `int(float(text))`, which takes more. */
function directConverter(
  modules: Modules,
  scope: Scope,
  parameter: string | undefined,
  body: Expression,
): Converter {
  if (body.kind !== "call" || body.arguments.length !== 1) return unknown;
  const [first] = positionalOf(body);
  if (first?.kind !== "name" || first.name !== parameter) return unknown;
  const name = outsideName(modules, scope, body.callee);
  const takes = name === undefined ? undefined : outsideConverters[name];
  return takes === undefined ? unknown : { takes };
}

function isTruthOf(modules: Modules, scope: Scope, expression: Expression): boolean {
  switch (expression.kind) {
    case "constant":
      return typeof expression.value === "boolean";
    case "binary":
      if (expression.operator === "and" || expression.operator === "or") {
        return partsOf(expression).every((part) => isTruthOf(modules, scope, part));
      }
      return /^(?:==|!=|in|not in|is|is not)$/.test(expression.operator);
    case "unary":
      return expression.operator === "not" && isTruthOf(modules, scope, expression.operand);
    case "conditional":
      return [expression.whenTrue, expression.whenFalse].every((part) =>
        isTruthOf(modules, scope, part),
      );
    case "call": {
      const name = outsideName(modules, scope, expression.callee) ?? "";
      if (/(?:^|\.)strtobool$/.test(name)) return true;
      const [first] = positionalOf(expression);
      return name === "bool" && first !== undefined && isTruthOf(modules, scope, first);
    }
    default:
      return false;
  }
}

/** `if isinstance(v, bool): return v`. */
function isPassedThrough(definition: FunctionDefinition, expression: Expression): boolean {
  return expression.kind === "name" && expression.name === definition.parameters[0]?.name;
}
