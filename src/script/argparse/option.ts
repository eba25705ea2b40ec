/** `add_argument(...)` as an option. */
import { evaluate, itemsOf } from "../evaluate.js";
import type { Modules } from "../modules.js";
import type { Scope } from "../python/scope.js";
import type { Call, ClassDefinition } from "../python/syntax.js";
import { statementsIn } from "../python/walk.js";
import type { Literal, Option, Takes } from "../reading.js";
import { outsideName, resolve } from "../resolve.js";
import type { ScopedExpression } from "../written.js";
import { type GivenArguments, givenArguments } from "./keywords.js";
import type { Parser } from "./parser.js";
import { type Converter, converterOf } from "./takes.js";

/** Undefined: its name is not written down. */
export function optionOf(
  modules: Modules,
  scope: Scope,
  call: Call,
  parser: Parser,
): Option | undefined {
  const given = givenArguments(modules, scope, call);
  const names = given.positional.map((each) => evaluate(modules, each.scope, each.value));
  if (!names.every((name) => typeof name === "string") || given.isOpen) return undefined;
  const literal = (name: string) => literalOf(modules, given, name);
  const dest = literal("dest");
  const spellings = names.filter((name) => parser.prefix.includes(name.charAt(0)));
  const isPositional = spellings.length === 0;
  const name = typeof dest === "string" ? dest : nameOf(names, parser.prefix);
  if (name === undefined) return undefined;
  const nargs = nargsOf(modules, given);
  if (isPositional && (nargs === "..." || nargs === "A...")) parser.takesRest = true;
  const shape = shapeOf(modules, given, name, spellings);
  const choices = choicesOf(modules, given) ?? shape.choices;
  const help = literal("help");
  const written = literal("default");
  const fallback = written ?? parser.defaults.get(name) ?? shape.default;
  const isOpen = given.named.has("nargs") && nargs === undefined;
  const isOptional = isOpen || nargs === "?" || nargs === "*" || nargs === "...";
  return {
    name,
    spellings,
    takes: shape.takes,
    ...(fallback !== undefined && { default: fallback }),
    ...(choices !== undefined && { choices }),
    ...(typeof help === "string" && { help }),
    ...((isOptional || (given.named.has("nargs") && nargs === undefined)) && { mayBeBare: true }),
    isRequired: isPositional ? !isOptional : literal("required") === true,
    place: scope.module.place(call),
  };
}

function literalOf(modules: Modules, given: GivenArguments, name: string): Literal | undefined {
  const expression = given.named.get(name);
  return expression && evaluate(modules, expression.scope, expression.value);
}

function nargsOf(modules: Modules, given: GivenArguments): Literal | undefined {
  const nargs = given.named.get("nargs");
  if (nargs === undefined) return undefined;
  const name = outsideName(modules, nargs.scope, nargs.value);
  if (name === "argparse.REMAINDER") return "...";
  if (name === "argparse.ZERO_OR_MORE") return "*";
  if (name === "argparse.ONE_OR_MORE") return "+";
  return name === "argparse.OPTIONAL" ? "?" : evaluate(modules, nargs.scope, nargs.value);
}

function nameOf(names: readonly string[], prefix: string): string | undefined {
  const first =
    names.find((name) => prefix.includes(name.charAt(1)) && name.length > 2) ?? names[0];
  if (first === undefined) return undefined;
  let start = 0;
  while (start < first.length && prefix.includes(first.charAt(start))) start += 1;
  return start === 0 ? first : first.slice(start).replaceAll("-", "_");
}

function choicesOf(modules: Modules, given: GivenArguments): readonly Literal[] | undefined {
  const choices = given.named.get("choices");
  if (choices === undefined) return undefined;
  const items = itemsOf(modules, choices.scope, choices.value);
  const values = items?.map((item) => evaluate(modules, item.scope, item.value));
  return values?.every((value) => value !== undefined) ? values : undefined;
}

interface Shape extends Converter {
  readonly default?: Literal;
}

const text: Converter = { takes: { kind: "text" } };

/** What its action and its `nargs` make of it. */
function shapeOf(
  modules: Modules,
  given: GivenArguments,
  name: string,
  spellings: readonly string[],
): Shape {
  const type = given.named.get("type");
  const converter = type === undefined ? text : converterOf(modules, type);
  const action = given.named.get("action");
  const nargs = nargsOf(modules, given);
  if (action === undefined) return withNumber(converter, nargs);
  const flag = (sets: boolean): Shape => ({ takes: { kind: "flag", sets } });
  switch (actionOf(modules, action)) {
    case "store_true":
      return { ...flag(true), default: false };
    case "store_false":
      return { ...flag(false), default: true };
    case "store_const":
    case "append_const":
    case "count":
    case "help":
    case "version":
      return flag(true);
    case "append":
    case "extend":
      return { ...converter, takes: { kind: "list", of: converter.takes } };
    case "store":
      return withNumber(converter, nargs);
    case "boolean-optional": {
      const long = spellings.find((spelling) => spelling.startsWith("--"));
      const negation = long === undefined ? `--no-${name}` : `--no-${long.slice(2)}`;
      return { takes: { kind: "flag", sets: true, negation } };
    }
    default:
      return customAction(modules, action, nargs, converter);
  }
}

function withNumber(converter: Converter, nargs: Literal | undefined): Shape {
  if (nargs === 0) return { takes: { kind: "flag", sets: true } };
  const isMany = typeof nargs === "number" || nargs === "+" || nargs === "*" || nargs === "...";
  return isMany ? { ...converter, takes: { kind: "list", of: converter.takes } } : converter;
}

function actionOf(modules: Modules, { value, scope }: ScopedExpression): string | undefined {
  const literal = evaluate(modules, scope, value);
  if (typeof literal === "string") return literal;
  const name = outsideName(modules, scope, value);
  return name === "argparse.BooleanOptionalAction" ? "boolean-optional" : undefined;
}

/** An action of the script's own takes a value, unless it says that it takes none. */
function customAction(
  modules: Modules,
  { value, scope }: ScopedExpression,
  nargs: Literal | undefined,
  converter: Converter,
): Shape {
  const resolved = resolve(modules, scope, value);
  const isFlag = nargs === 0 || (resolved?.kind === "class" && takesNothing(resolved.definition));
  const takes: Takes = isFlag ? { kind: "flag", sets: true } : { kind: "unknown" };
  return { ...converter, takes };
}

function takesNothing(definition: ClassDefinition): boolean {
  for (const method of statementsIn(definition.body)) {
    if (method.kind !== "function" || method.name !== "__init__") continue;
    const nargs = method.parameters.find((parameter) => parameter.name === "nargs")?.default;
    if (nargs?.kind === "constant" && nargs.value === 0) return true;
  }
  return false;
}
