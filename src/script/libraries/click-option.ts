/** One `click.option(...)`: its spellings, and what it takes. Typer's own options end in these too. */
import { evaluate, itemsOf } from "../evaluate.js";
import type { Modules } from "../modules.js";
import type { Scope } from "../python/scope.js";
import type { Call, Expression } from "../python/syntax.js";
import { argumentOf, positionalOf } from "../python/walk.js";
import type { Literal, Option, Takes } from "../reading.js";
import { outsideName } from "../resolve.js";
import { type ScopedExpression, written } from "../written.js";

export interface Spellings {
  readonly name: string;
  /** Those that turn it on, or that take the value. */
  readonly on: readonly string[];
  /** Behind a slash: those that turn it off. */
  readonly off: readonly string[];
}

/** Reads declarations such as `--shout/--no-shout`, `-l`, or a bare name; undefined: none is an option. */
export function spellingsOf(declarations: readonly string[]): Spellings | undefined {
  const on: string[] = [];
  const off: string[] = [];
  let explicit: string | undefined;
  for (const declaration of declarations) {
    const [first = "", second] = declaration.split("/", 2).map((part) => part.trim());
    if (first.startsWith("-")) on.push(first);
    else if (first !== "") explicit = first;
    if (second?.startsWith("-")) off.push(second);
  }
  const [named] = [...on, ...off].sort((one, other) => dashes(other) - dashes(one));
  if (named === undefined) return undefined;
  const name = explicit ?? named.replace(/^-+/, "").replaceAll("-", "_").toLowerCase();
  return { name, on, off };
}

function dashes(spelling: string): number {
  return /^-*/.exec(spelling)?.[0].length ?? 0;
}

/** The option that a call such as `click.option("--lr", type=float)` declares. */
export function clickOption(modules: Modules, scope: Scope, call: Call): Option | undefined {
  const declarations = positionalOf(call).map((each) => evaluate(modules, scope, each));
  const texts = declarations.filter((each) => typeof each === "string");
  const spellings = spellingsOf(texts);
  if (spellings === undefined || texts.length < declarations.length) return undefined;
  const keyword = (name: string) => argumentOf(call, name);
  const isTrue = (name: string) => {
    const given = keyword(name);
    return given !== undefined && evaluate(modules, scope, given) === true;
  };
  const written = keyword("default");
  const given = written === undefined ? undefined : evaluate(modules, scope, written);
  const type = typeOf(modules, scope, call);
  const isFlag =
    isTrue("is_flag") ||
    isTrue("count") ||
    spellings.off.length > 0 ||
    (keyword("flag_value") !== undefined && keyword("is_flag") === undefined);
  const isSeveral = isTrue("multiple") || keyword("nargs") !== undefined;
  const help = keyword("help");
  const said = help === undefined ? undefined : evaluate(modules, scope, help);
  return {
    name: spellings.name,
    spellings: spellings.on,
    takes: isFlag ? flagOf(spellings) : isSeveral ? { kind: "list", of: type.takes } : type.takes,
    ...(given !== undefined && { default: given }),
    ...(type.choices !== undefined && { choices: type.choices }),
    ...(typeof said === "string" && { help: said.trim().replaceAll(/\s+/g, " ") }),
    isRequired: isTrue("required"),
    place: scope.module.place(call),
  };
}

export function flagOf({ on, off }: Spellings): Takes {
  const [negation] = off;
  return {
    kind: "flag",
    sets: on.length > 0,
    ...(negation !== undefined && { negation }),
  };
}

interface ClickType {
  readonly takes: Takes;
  readonly choices?: readonly Literal[];
}

function typeOf(modules: Modules, scope: Scope, call: Call): ClickType {
  if (argumentOf(call, "cls") !== undefined) return { takes: { kind: "unknown" } };
  const type = argumentOf(call, "type");
  if (type !== undefined) return clickType(modules, scope, type);
  const given = argumentOf(call, "default");
  return { takes: given === undefined ? { kind: "text" } : takesOfDefault(modules, scope, given) };
}

/** What `type=` makes of a text: a Python type, one of click's, or a converter of the script. */
function clickType(modules: Modules, scope: Scope, type: Expression): ClickType {
  const behind = written(modules, scope, type);
  if (behind.value.kind === "tuple") return { takes: { kind: "unknown" } };
  const call = behind.value.kind === "call" ? behind.value : undefined;
  const name = outsideName(modules, behind.scope, call?.callee ?? behind.value) ?? "";
  const last = name.split(".").at(-1) ?? "";
  if (last === "Choice" && call !== undefined) return choiceType(modules, behind.scope, call);
  const kind = takesByName[last];
  return { takes: kind ?? { kind: "unknown" } };
}

const words: Takes = { kind: "boolean", reads: "words" };

const takesByName: Readonly<Record<string, Takes>> = {
  int: { kind: "integer" },
  INT: { kind: "integer" },
  IntRange: { kind: "integer" },
  float: { kind: "number" },
  FLOAT: { kind: "number" },
  FloatRange: { kind: "number" },
  bool: words,
  BOOL: words,
  str: { kind: "text" },
  STRING: { kind: "text" },
  Path: { kind: "text" },
  File: { kind: "text" },
};

function choiceType(modules: Modules, scope: Scope, call: Call): ClickType {
  const takes: Takes = { kind: "text" };
  const list = argumentOf(call, "choices", 0);
  const isExact = argumentOf(call, "case_sensitive", 1);
  // Any case of a choice is one of its spellings then, and a list of them would refuse the others.
  const ignoresCase = isExact !== undefined && evaluate(modules, scope, isExact) !== true;
  if (list === undefined || ignoresCase) return { takes };
  const choices = itemsOf(modules, scope, list)?.map((item) => textOfItem(modules, item));
  const known = choices?.filter((choice) => choice !== undefined);
  if (known === undefined || known.length === 0 || known.length !== choices?.length)
    return { takes };
  return { takes, choices: known };
}

function textOfItem(modules: Modules, item: ScopedExpression): string | undefined {
  const value = evaluate(modules, item.scope, item.value);
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

/** What click takes an option for by its default: `default=32` is an int, `default=0.5` a float. */
export function takesOfDefault(modules: Modules, scope: Scope, given: Expression): Takes {
  const { value } = written(modules, scope, given);
  const evaluated = evaluate(modules, scope, given);
  if (typeof evaluated === "boolean") return words;
  if (typeof evaluated === "string" || evaluated === null) return { kind: "text" };
  if (typeof evaluated !== "number") return { kind: "unknown" };
  const isFloat = writtenAsFloat(value) ?? !Number.isInteger(evaluated);
  if (isFloat) return { kind: "number" };
  return value.kind === "constant" || value.kind === "unary"
    ? { kind: "integer" }
    : { kind: "unknown" };
}

/** Whether a number is written as a float; undefined where it is computed. */
export function writtenAsFloat(value: Expression): boolean | undefined {
  if (value.kind === "unary") return writtenAsFloat(value.operand);
  return value.kind === "constant" ? value.isFloat : undefined;
}
