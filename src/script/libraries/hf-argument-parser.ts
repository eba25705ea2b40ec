/**
 * Hugging Face's `HfArgumentParser`: the fields of dataclasses. Seen with transformers 5.24.0.
 *
 * It is argparse below: unique abbreviations are taken. Each field has both spellings, `--batch_size`
 * and `--batch-size`. A bool takes words (yes, true, t, y, 1) or stands alone, and one that is true by
 * default has `--no_x` beside it; `None` is refused; a member of an Enum is given by its value.
 */
import { evaluate, itemsOf } from "../evaluate.js";
import type { Modules } from "../modules.js";
import type { ScopedCall } from "../python/module.js";
import type { Scope } from "../python/scope.js";
import type { Call, Expression } from "../python/syntax.js";
import { argumentOf } from "../python/walk.js";
import type { CommandLine, Gap, Option } from "../reading.js";
import { outsideBases, resolve } from "../resolve.js";
import { type ScopedExpression, written } from "../written.js";
import { commandLine } from "./command-line.js";
import { fieldsOfClass } from "./dataclass.js";
import { defaultOf, type Field, optionOf } from "./field.js";
import { libraryFields } from "./library-classes.js";
import { methodCalls } from "./method-calls.js";
import type { TakesRules } from "./takes.js";

const rules: TakesRules = { boolean: { kind: "boolean", reads: "words" }, enumBy: "value" };

export function hfArgumentParserLines(
  modules: Modules,
  calls: readonly ScopedCall[],
): CommandLine[] {
  return calls.flatMap(({ call, scope }) => {
    const kind = parserKind(modules, scope, call);
    if (kind === undefined) return [];
    const types = argumentOf(call, "dataclass_types", 0);
    const place = scope.module.place(call);
    const options: Option[] = [];
    const gaps: Gap[] = [];
    // Parsers that build on this one read configuration files too.
    if (kind === "other") gaps.push({ place, why: "options-from-library" });
    for (const type of classesIn(modules, scope, types)) {
      const declared = fieldsNamed(modules, type);
      if (declared === undefined) gaps.push({ place, why: "options-computed" });
      options.push(...(declared?.fields ?? []).flatMap((field) => optionsOf(modules, field)));
      gaps.push(...(declared?.gaps ?? []).map(({ place: at, why }) => ({ place: at, why })));
    }
    const uses = methodCalls(modules, call);
    if (uses.some(({ method }) => method === "add_argument")) {
      gaps.push({ place, why: "options-computed" });
    }
    // `parse_dict` and `parse_json_file` alone read no command line.
    const parses = uses.filter(({ method }) => /^parse_(?:args|known_args)/.test(method));
    const parsesOther = uses.some(({ method }) => method.startsWith("parse_"));
    if (parses.length === 0 && parsesOther) return [];
    const refusesUnknown = parses.every(({ method, call: at, scope: inside }) => {
      const returned = argumentOf(at, "return_remaining_strings");
      const returns = returned !== undefined && evaluate(modules, inside, returned) !== false;
      return !method.startsWith("parse_known") && !returns;
    });
    return [
      commandLine("hf-argument-parser", place, {
        options,
        gaps,
        refusesUnknown: refusesUnknown && parses.length > 0,
        abbreviations: true,
      }),
    ];
  });
}

function parserKind(modules: Modules, scope: Scope, call: Call): "own" | "other" | undefined {
  const resolved = resolve(modules, scope, call.callee);
  if (resolved?.kind === "outside") {
    const last = resolved.name.split(".").at(-1);
    if (last === "HfArgumentParser") return "own";
    return last === "TrlParser" || last === "H4ArgumentParser" ? "other" : undefined;
  }
  if (resolved?.kind !== "class") return undefined;
  const bases = outsideBases(modules, resolved.definition, resolved.scope);
  return bases.some((base) => base.endsWith("HfArgumentParser")) ? "other" : undefined;
}

/** The classes of an argument: one, or a list of them. */
function classesIn(
  modules: Modules,
  scope: Scope,
  expression: Expression | undefined,
): readonly ScopedExpression[] {
  if (expression === undefined) return [];
  const behind = written(modules, scope, expression);
  const isSeveral = /^(?:tuple|list|set)$/.test(behind.value.kind);
  if (!isSeveral) return [behind];
  return itemsOf(modules, behind.scope, behind.value) ?? [behind];
}

function fieldsNamed(modules: Modules, { value, scope }: ScopedExpression) {
  const resolved = resolve(modules, scope, value);
  if (resolved?.kind === "class") {
    return fieldsOfClass(modules, resolved.definition, resolved.scope);
  }
  if (resolved?.kind !== "outside") return undefined;
  return libraryFields(resolved.name, scope.module.place(value));
}

function optionsOf(modules: Modules, field: Field): Option[] {
  const both = (name: string) => [...new Set([`--${name}`, `--${name.replaceAll("_", "-")}`])];
  const aliases = field.metadata.get("aliases");
  const named = aliases === undefined ? undefined : evaluate(modules, aliases.scope, aliases.value);
  const others = (Array.isArray(named) ? named : [named]).filter(
    (each) => typeof each === "string",
  );
  const option = optionOf(modules, field, rules, {
    name: field.name,
    spellings: [...both(field.name), ...others],
  });
  const listed = field.metadata.get("choices");
  const choices = listed === undefined ? undefined : evaluate(modules, listed.scope, listed.value);
  const options: Option[] = [{ ...option, ...(Array.isArray(choices) && { choices }) }];
  const isTrue = field.hint.type.kind === "boolean" && defaultOf(modules, field, "value") === true;
  if (isTrue) {
    options.push({
      name: `no_${field.name}`,
      spellings: [`--no_${field.name}`, `--no-${field.name.replaceAll("_", "-")}`],
      takes: { kind: "flag", sets: false },
      isRequired: false,
      place: field.place,
    });
  }
  return options;
}
