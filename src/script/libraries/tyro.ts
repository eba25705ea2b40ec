/**
 * tyro: functions and dataclasses, with dots for what lies within. Seen with tyro 1.0.17.
 *
 * `-` and `_` are the same in a name; abbreviations are not taken. A bool with a default is a flag with
 * `--no-x` beside it and refuses a value; an optional one takes True, False and None, as every optional
 * value takes None. A member of an Enum is given by its name. A union of dataclasses is a choice of
 * subcommands, `train-now` or `cfg.opt:adam`, behind which its options stand.
 */
import { evaluate } from "../evaluate.js";
import type { Modules } from "../modules.js";
import type { ScopedCall } from "../python/module.js";
import type { Scope } from "../python/scope.js";
import type { Call, Expression } from "../python/syntax.js";
import { argumentOf, positionalOf } from "../python/walk.js";
import type { CommandLine, Gap, Option, Subcommand, Takes } from "../reading.js";
import { outsideName, resolve } from "../resolve.js";
import { type ScopedExpression, written } from "../written.js";
import { commandLine } from "./command-line.js";
import { fieldsOfClass, isDeclared } from "./dataclass.js";
import { type Field, type Fields, optionOf } from "./field.js";
import { type HintType, hintOf } from "./hint.js";
import { fieldsOfConstructor, fieldsOfFunction } from "./signature.js";
import type { TakesRules } from "./takes.js";

const rules: TakesRules = { boolean: { kind: "boolean", reads: "words" }, enumBy: "name" };

/** What markers such as `tyro.conf.OmitArgPrefixes` change. */
interface Manner {
  readonly omitsPrefixes: boolean;
  readonly omitsCommandPrefixes: boolean;
  readonly hasFlags: boolean;
  /** Whether a flag has another beside it that says the opposite; else only one of them is there. */
  readonly hasPairs: boolean;
}

interface Read {
  readonly options: Option[];
  readonly gaps: Gap[];
  readonly unions: Union[];
}

interface Union {
  readonly path: readonly string[];
  readonly types: readonly (HintType & { kind: "class" })[];
  readonly names: readonly (string | undefined)[];
}

export function tyroLines(modules: Modules, calls: readonly ScopedCall[]): CommandLine[] {
  return calls.flatMap(({ call, scope }) => {
    const name = outsideName(modules, scope, call.callee) ?? "";
    if (!/^tyro(?:\.\w+)*\.cli$/.test(name)) return otherLines(modules, scope, call, name);
    const target = argumentOf(call, "f", 0);
    if (target === undefined) return [];
    const unknown = argumentOf(call, "return_unknown_args");
    const refuses = unknown === undefined || evaluate(modules, scope, unknown) === false;
    const line = lineOfTarget(modules, scope, call, target, mannerOf(modules, scope, call));
    return [{ ...line, refusesUnknown: refuses }];
  });
}

/** `tyro.extras.subcommand_cli_from_dict({"train": train})`, and what is not understood. */
function otherLines(modules: Modules, scope: Scope, call: Call, name: string): CommandLine[] {
  if (!/^tyro\.extras\.(?:\w+\.)*\w*cli\w*$/.test(name)) return [];
  const place = scope.module.place(call);
  const given = argumentOf(call, "subcommands", 0);
  const table = given === undefined ? undefined : written(modules, scope, given);
  if (!name.endsWith("subcommand_cli_from_dict") || table?.value.kind !== "dict") {
    return [lineWith(place, { gaps: [{ place, why: "options-computed" }] })];
  }
  const commands = table.value.entries.flatMap(({ key, value }): Subcommand[] => {
    const word = key === undefined ? undefined : evaluate(modules, table.scope, key);
    if (typeof word !== "string") return [];
    const line = lineOfTarget(modules, table.scope, call, value, mannerOf(modules, scope, call));
    return [{ name: word, commandLine: line }];
  });
  return [lineWith(place, { commands })];
}

function lineWith(
  place: CommandLine["place"],
  given: Partial<Omit<CommandLine, "library" | "place">>,
): CommandLine {
  return commandLine("tyro", place, { hyphens: "either", ...given });
}

function mannerOf(modules: Modules, scope: Scope, call: Call): Manner {
  const markers = new Set<string>();
  const collect = (expression: Expression): void => {
    const { value } = written(modules, scope, expression);
    if (value.kind === "attribute" || value.kind === "name") markers.add(value.name);
    if (value.kind === "tuple" || value.kind === "list") value.items.forEach(collect);
    if (value.kind === "subscript") collect(value.object);
  };
  const config = argumentOf(call, "config");
  if (config !== undefined) collect(config);
  const target = argumentOf(call, "f", 0);
  if (target !== undefined) collect(target);
  const resolved = target === undefined ? undefined : resolve(modules, scope, target);
  if (resolved?.kind === "function" || resolved?.kind === "class") {
    // `@tyro.conf.configure(tyro.conf.OmitArgPrefixes)`
    for (const decorator of resolved.definition.decorators) {
      if (decorator.kind === "call") positionalOf(decorator).forEach(collect);
    }
  }
  const none = {
    omitsPrefixes: false,
    omitsCommandPrefixes: false,
    hasFlags: true,
    hasPairs: true,
  };
  return changedBy(none, markers);
}

function changedBy(manner: Manner, markers: ReadonlySet<string>): Manner {
  return {
    omitsPrefixes: manner.omitsPrefixes || markers.has("OmitArgPrefixes"),
    omitsCommandPrefixes: manner.omitsCommandPrefixes || markers.has("OmitSubcommandPrefixes"),
    hasFlags: manner.hasFlags && !markers.has("FlagConversionOff"),
    hasPairs: manner.hasPairs && !markers.has("FlagCreatePairsOff"),
  };
}

/** What `tyro.conf.FlagConversionOff[bool]` changes for a field and for what lies within. */
function mannerOfField(modules: Modules, field: Field, manner: Manner): Manner {
  const names = field.hint.metadata.flatMap(
    ({ value, scope }) => outsideName(modules, scope, value)?.split(".").at(-1) ?? [],
  );
  return changedBy(manner, new Set(names));
}

function lineOfTarget(
  modules: Modules,
  scope: Scope,
  call: Call,
  target: Expression,
  manner: Manner,
): CommandLine {
  const place = scope.module.place(call);
  const { type, metadata } = hintOf(modules, scope, target);
  const union = unionOf(modules, [], type, metadata);
  if (union !== undefined) return lineWith(place, withCommands(modules, [union], manner));
  const declared = declaredBy(modules, scope, target, type);
  if (declared === undefined) {
    return lineWith(place, { gaps: [{ place, why: "options-computed" }] });
  }
  return lineOfFields(modules, place, declared, [], manner);
}

function declaredBy(
  modules: Modules,
  scope: Scope,
  target: Expression,
  type: HintType,
): Fields | undefined {
  if (type.kind === "class") return fieldsWithin(modules, type);
  const resolved = resolve(modules, scope, target);
  if (resolved?.kind !== "function") return undefined;
  return fieldsOfFunction(modules, resolved.definition, resolved.scope);
}

function fieldsWithin(modules: Modules, type: HintType & { kind: "class" }): Fields {
  return isDeclared(modules, type.definition, type.scope)
    ? fieldsOfClass(modules, type.definition, type.scope)
    : fieldsOfConstructor(modules, type.definition, type.scope);
}

function lineOfFields(
  modules: Modules,
  place: CommandLine["place"],
  declared: Fields,
  path: readonly string[],
  manner: Manner,
): CommandLine {
  const read: Read = { options: [], gaps: [], unions: [] };
  readFields(modules, declared, path, manner, read, 0);
  const { options, gaps, unions } = read;
  const within = withCommands(modules, unions, manner);
  return lineWith(place, { options, ...within, gaps: [...gaps, ...within.gaps] });
}

const deepest = 8;

function readFields(
  modules: Modules,
  declared: Fields,
  path: readonly string[],
  manner: Manner,
  into: Read,
  depth: number,
): void {
  const prefix = manner.omitsPrefixes ? "" : path.map(dashed).join(".");
  into.gaps.push(
    ...declared.gaps.map((gap) => (prefix === "" ? gap : { ...gap, prefix: gap.prefix ?? prefix })),
  );
  for (const field of declared.fields) {
    const { name = field.name } = markerOf(modules, field);
    const below = name === "" ? path : [...path, name];
    const own = mannerOfField(modules, field, manner);
    const { type, metadata } = field.hint;
    const union = unionOf(modules, below, type, metadata);
    if (union !== undefined) {
      into.unions.push(union);
    } else if (type.kind === "class" && field.hint.isOptional) {
      into.gaps.push({ place: field.place, why: "options-computed" });
    } else if (type.kind === "class" && depth < deepest) {
      readFields(modules, fieldsWithin(modules, type), below, own, into, depth + 1);
    } else {
      const option = tyroOption(modules, field, path, own);
      if (option !== undefined) into.options.push(option);
    }
  }
}

/** A choice of classes; None among them is a choice as well. */
function unionOf(
  modules: Modules,
  path: readonly string[],
  type: HintType,
  metadata: readonly ScopedExpression[],
): Union | undefined {
  if (type.kind !== "union") return undefined;
  const classes = type.of.filter((each) => each.kind === "class");
  if (classes.length < type.of.length) return undefined;
  const names = metadata.map(({ value, scope }) => {
    const name = value.kind === "call" ? argumentOf(value, "name", 0) : undefined;
    const said = name === undefined ? undefined : evaluate(modules, scope, name);
    return typeof said === "string" ? said : undefined;
  });
  return { path, types: classes, names: names.length === classes.length ? names : [] };
}

function withCommands(
  modules: Modules,
  unions: readonly Union[],
  manner: Manner,
): { commands: readonly Subcommand[]; gaps: readonly Gap[] } {
  const [union, another] = unions;
  if (union === undefined) return { commands: [], gaps: [] };
  const commands = union.types.flatMap((type, at): Subcommand[] => {
    const place = type.scope.module.place(type.definition.nameSpan);
    const line = lineOfFields(modules, place, fieldsWithin(modules, type), union.path, manner);
    const own = union.names[at] ?? spelledClass(type.definition.name);
    const isBare = union.path.length === 0 || manner.omitsCommandPrefixes;
    const name = isBare ? own : `${union.path.map(dashed).join(".")}:${own}`;
    return [{ name, commandLine: line }];
  });
  // Behind the words of one choice those of the next follow.
  const first = another?.types[0];
  const gaps: Gap[] =
    first === undefined
      ? []
      : [{ place: first.scope.module.place(first.definition.nameSpan), why: "options-computed" }];
  return { commands, gaps };
}

/** `SgdBig` is `sgd-big`. */
function spelledClass(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z])/g, "-$&").toLowerCase();
}

function dashed(name: string): string {
  return name.replaceAll("_", "-");
}

function tyroOption(
  modules: Modules,
  field: Field,
  path: readonly string[],
  manner: Manner,
): Option | undefined {
  const marker = markerOf(modules, field);
  if (marker.isHidden) return undefined;
  const isBare = manner.omitsPrefixes || marker.omitsPrefix;
  const own = marker.name === undefined || marker.name === "" ? field.name : marker.name;
  const name = [...(isBare ? [] : path), own].join(".");
  const option = optionOf(modules, field, rules, {
    name,
    spellings: [`--${dashed(name)}`, ...marker.aliases],
  });
  const { type, isOptional } = field.hint;
  const isFlag = type.kind === "boolean" && !isOptional && !field.isRequired && manner.hasFlags;
  const cut = name.lastIndexOf(".") + 1;
  const negation = dashed(`--${name.slice(0, cut)}no-${name.slice(cut)}`);
  const flag: Takes = { kind: "flag", sets: true, ...(manner.hasPairs && { negation }) };
  if (isFlag && !manner.hasPairs && option.default === true) {
    return { ...option, spellings: [negation], takes: { kind: "flag", sets: false } };
  }
  return {
    ...option,
    ...(isFlag && { takes: flag }),
    ...(marker.isConverted && { takes: { kind: "unknown" } as const }),
    ...(isOptional && { readsNone: true }),
    ...(marker.help !== undefined && { help: marker.help }),
  };
}

interface Marker {
  readonly name?: string;
  readonly aliases: readonly string[];
  readonly help?: string;
  readonly omitsPrefix: boolean;
  readonly isHidden: boolean;
  readonly isConverted: boolean;
}

/** `Annotated[int, tyro.conf.arg(name=..., aliases=...)]`, and markers such as `tyro.conf.Suppress`. */
function markerOf(modules: Modules, field: Field): Marker {
  const names = field.hint.metadata.map(({ value, scope }) => outsideName(modules, scope, value));
  const call = field.hint.metadata.find(
    ({ value, scope }) =>
      value.kind === "call" &&
      /^tyro\..*\barg$/.test(outsideName(modules, scope, value.callee) ?? ""),
  );
  const keyword = (name: string) => {
    if (call?.value.kind !== "call") return undefined;
    const given = argumentOf(call.value, name);
    return given === undefined ? undefined : evaluate(modules, call.scope, given);
  };
  const name = keyword("name");
  const aliases = keyword("aliases");
  const help = keyword("help");
  const converts = call?.value.kind === "call" && argumentOf(call.value, "constructor");
  return {
    ...(typeof name === "string" && { name }),
    aliases: Array.isArray(aliases) ? aliases.filter((each) => typeof each === "string") : [],
    ...(typeof help === "string" && { help }),
    omitsPrefix: keyword("prefix_name") === false,
    isHidden: names.some((each) => /\.(?:Fixed|Positional)$/.test(each ?? "")),
    isConverted: converts !== undefined && converts !== false,
  };
}
