/**
 * Tap (typed-argument-parser): the attributes of a class. Seen with 1.12.0.
 *
 * It is argparse below: unique abbreviations are taken, `-` for `_` only where the class says so. A
 * bool is a flag that refuses a value, and one that is true by default is switched off by its own name;
 * with `explicit_bool` it takes True, False, 1, 0 and beginnings of them. `None` is refused.
 */
import { evaluate } from "../evaluate.js";
import type { Modules } from "../modules.js";
import { type ScopedCall, scopeOwnedBy } from "../python/module.js";
import type { Scope } from "../python/scope.js";
import type { Call, ClassDefinition, FunctionDefinition } from "../python/syntax.js";
import { argumentOf, callsIn } from "../python/walk.js";
import type { CommandLine, Gap, Option } from "../reading.js";
import { classLine, outsideBases, outsideName, resolve } from "../resolve.js";
import { written } from "../written.js";
import { commandLine } from "./command-line.js";
import { fieldsOfClass } from "./dataclass.js";
import { defaultOf, type Field, optionOf } from "./field.js";
import { fieldsOfConstructor, fieldsOfFunction } from "./signature.js";
import type { TakesRules } from "./takes.js";

const rules: TakesRules = { boolean: { kind: "boolean", reads: "words" }, enumBy: "name" };

interface Manner {
  readonly explicitBool: boolean;
  readonly dashes: boolean;
}

export function tapLines(modules: Modules, calls: readonly ScopedCall[]): CommandLine[] {
  return calls.flatMap(({ call, scope }): CommandLine[] => {
    if (/^tap(?:\.\w+)*\.tapify$/.test(outsideName(modules, scope, call.callee) ?? "")) {
      return [tapified(modules, scope, call)];
    }
    if (call.callee.kind !== "attribute" || call.callee.name !== "parse_args") return [];
    const made = written(modules, scope, call.callee.object);
    if (made.value.kind !== "call") return [];
    const resolved = resolve(modules, made.scope, made.value.callee);
    if (resolved?.kind !== "class") return [];
    const bases = outsideBases(modules, resolved.definition, resolved.scope);
    if (!bases.some((base) => /^tap(?:\.\w+)*\.Tap$/.test(base))) return [];
    return [
      lineOf(modules, resolved.definition, resolved.scope, {
        made: made.value,
        madeIn: made.scope,
        parse: call,
        parsedIn: scope,
      }),
    ];
  });
}

interface Use {
  readonly made: Call;
  readonly madeIn: Scope;
  readonly parse: Call;
  readonly parsedIn: Scope;
}

function isOn(modules: Modules, scope: Scope, call: Call, keyword: string): boolean {
  const given = argumentOf(call, keyword);
  return given !== undefined && evaluate(modules, scope, given) !== false;
}

function lineOf(
  modules: Modules,
  definition: ClassDefinition,
  scope: Scope,
  { made, madeIn, parse, parsedIn }: Use,
): CommandLine {
  const declared = fieldsOfClass(modules, definition, scope);
  const manner: Manner = {
    explicitBool: isOn(modules, madeIn, made, "explicit_bool"),
    dashes: isOn(modules, madeIn, made, "underscores_to_dashes"),
  };
  const gaps: Gap[] = [...declared.gaps];
  const spellings = new Map<string, readonly string[]>();
  const classes = classLine(modules, definition, scope);
  for (const known of classes) {
    for (const statement of known.definition.body) {
      if (statement.kind !== "function" || statement.name === "process_args") continue;
      const inside = scopeOwnedBy(known.scope.module, statement);
      if (inside !== undefined) readConfigure(modules, statement, inside, spellings, gaps);
    }
  }
  const takesOthers = isOn(modules, parsedIn, parse, "known_only");
  // The rest is kept in `extra_args`, which may go anywhere.
  if (takesOthers) gaps.push({ place: parsedIn.module.place(parse), why: "options-computed" });
  const plain = classes.flatMap((known) => plainAttributes(modules, known.definition, known.scope));
  const fields = [...declared.fields, ...plain];
  return commandLine("tap", scope.module.place(definition.nameSpan), {
    options: fields.map((field) => tapOption(modules, field, manner, spellings.get(field.name))),
    gaps,
    refusesUnknown: !takesOthers,
    abbreviations: true,
  });
}

/** `self.add_argument("-l", "--lr")` in `configure`; anything else that adds options is a gap. */
function readConfigure(
  modules: Modules,
  method: FunctionDefinition,
  scope: Scope,
  spellings: Map<string, readonly string[]>,
  gaps: Gap[],
): void {
  for (const call of callsIn(method.body)) {
    if (call.callee.kind !== "attribute") continue;
    const { name } = call.callee;
    if (/^add_sub/.test(name)) {
      gaps.push({ place: scope.module.place(call), why: "options-computed" });
    }
    if (name !== "add_argument") continue;
    const texts = call.arguments
      .filter((argument) => argument.name === undefined)
      .map((argument) => evaluate(modules, scope, argument.value));
    const known = texts.filter((text) => typeof text === "string");
    const long = known.find((text) => text.startsWith("--"));
    const named = long?.slice(2).replaceAll("-", "_") ?? known[0];
    if (named === undefined || known.length < texts.length) {
      gaps.push({ place: scope.module.place(call), why: "options-computed" });
    } else {
      spellings.set(named, known);
    }
  }
}

/** Class attributes without an annotation, which are text. */
function plainAttributes(modules: Modules, definition: ClassDefinition, scope: Scope): Field[] {
  const inside = scopeOwnedBy(scope.module, definition) ?? scope;
  return definition.body.flatMap((statement): Field[] => {
    if (statement.kind !== "assign" || statement.annotation !== undefined) return [];
    const [target] = statement.targets;
    if (target?.kind !== "name" || target.name.startsWith("_")) return [];
    if (statement.value === undefined) return [];
    const value = evaluate(modules, inside, statement.value);
    const isFlag = typeof value === "boolean";
    return [
      {
        name: target.name,
        hint: {
          type: { kind: isFlag ? "boolean" : "text" },
          isOptional: false,
          metadata: [],
        },
        default: { value: statement.value, scope: inside },
        isRequired: false,
        metadata: new Map(),
        keywordOnly: true,
        place: scope.module.place(statement),
      },
    ];
  });
}

function tapOption(
  modules: Modules,
  field: Field,
  manner: Manner,
  given: readonly string[] | undefined,
): Option {
  const dashed = manner.dashes ? field.name.replaceAll("_", "-") : field.name;
  const option = optionOf(modules, field, rules, {
    name: field.name,
    spellings: given?.filter((each) => each.startsWith("-")) ?? [`--${dashed}`],
  });
  const isFlag = field.hint.type.kind === "boolean" && !manner.explicitBool;
  if (!isFlag) return option;
  const sets = defaultOf(modules, field, "name") !== true;
  return { ...option, takes: { kind: "flag", sets } };
}

/** `tapify(train)`: the parameters of a function or of a class. */
function tapified(modules: Modules, scope: Scope, call: Call): CommandLine {
  const place = scope.module.place(call);
  const target = argumentOf(call, "class_or_function", 0);
  const resolved = target === undefined ? undefined : resolve(modules, scope, target);
  const declared =
    resolved?.kind === "function"
      ? fieldsOfFunction(modules, resolved.definition, resolved.scope)
      : resolved?.kind === "class"
        ? fieldsOfConstructor(modules, resolved.definition, resolved.scope)
        : undefined;
  const manner: Manner = {
    explicitBool: isOn(modules, scope, call, "explicit_bool"),
    dashes: isOn(modules, scope, call, "underscores_to_dashes"),
  };
  const options = declared?.fields.map((field) => tapOption(modules, field, manner, undefined));
  return commandLine("tap", place, {
    options: options ?? [],
    gaps: declared?.gaps ?? [{ place, why: "options-computed" }],
    refusesUnknown: declared?.takesOthers !== true && !isOn(modules, scope, call, "known_only"),
    abbreviations: true,
  });
}
