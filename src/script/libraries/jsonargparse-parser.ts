/** What is added to a parser of jsonargparse, one call after the other. */
import { optionOf as argparseOption } from "../argparse/option.js";
import { newParser } from "../argparse/parser.js";
import type { Modules } from "../modules.js";
import type { Scope } from "../python/scope.js";
import type { Call } from "../python/syntax.js";
import { argumentOf, positionalOf } from "../python/walk.js";
import type { Gap, Option, Takes } from "../reading.js";
import { resolve } from "../resolve.js";
import { textOfValue } from "./field.js";
import { declaredBy, type Signature, signatureOf } from "./jsonargparse-signature.js";

const wordsOfYaml: Takes = { kind: "boolean", reads: "words" };

export interface BuiltLine {
  readonly options: Option[];
  readonly gaps: Gap[];
  /** Names that another option sets: they are refused. */
  readonly linked: Set<string>;
}

export function builtLine({ options, gaps, linked }: BuiltLine): Signature {
  const isLinked = (name: string) =>
    [...linked].some((target) => name === target || name.startsWith(`${target}.`));
  return { options: options.filter(({ name }) => !isLinked(name)), gaps };
}

/** What a call of a parser's method adds to its options. */
export function addTo(
  modules: Modules,
  scope: Scope,
  call: Call,
  method: string,
  line: BuiltLine,
): void {
  const place = scope.module.place(call);
  const gap = (prefix?: string): void => {
    line.gaps.push({
      place,
      why: "options-computed",
      ...(prefix !== undefined && { prefix }),
    });
  };
  switch (method) {
    case "add_argument": {
      const option = argparseOption(modules, scope, call, newParser(place));
      if (option === undefined) gap();
      else if (option.spellings.length > 0) line.options.push(typedOption(option, call));
      return;
    }
    case "add_class_arguments":
    case "add_dataclass_arguments":
    case "add_function_arguments":
    case "add_lightning_class_args":
    case "add_subclass_arguments": {
      const nested = textOfValue(modules, scope, argumentOf(call, "nested_key", 1));
      const target = positionalOf(call)[0];
      const component = target === undefined ? undefined : resolve(modules, scope, target);
      const isSubclass = method === "add_subclass_arguments";
      if (component?.kind !== "class" && component?.kind !== "function") {
        gap(nested);
        return;
      }
      const { options, gaps } = signatureOf(modules, declaredBy(modules, component), nested ?? "");
      line.options.push(...options);
      line.gaps.push(...gaps);
      if (isSubclass) gap(nested);
      return;
    }
    case "link_arguments": {
      const target = textOfValue(modules, scope, argumentOf(call, "target", 1));
      if (target !== undefined) line.linked.add(target);
      return;
    }
    case "add_optimizer_args":
    case "add_lr_scheduler_args": {
      const usual = method === "add_optimizer_args" ? "optimizer" : "lr_scheduler";
      gap(textOfValue(modules, scope, argumentOf(call, "nested_key", 1)) ?? usual);
      return;
    }
    default:
      if (/^add_(?!argument_group|mutually)/.test(method)) gap();
  }
}

/** `type=bool` takes words here, where argparse takes any text; what YAML says is taken. */
function typedOption(option: Option, call: Call): Option {
  const isBool = option.takes.kind === "boolean";
  if (isBool) return { ...option, takes: wordsOfYaml };
  const type = argumentOf(call, "type");
  return type?.kind === "subscript" ? { ...option, takes: { kind: "unknown" } } : option;
}
