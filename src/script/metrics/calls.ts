/** Calls and assignments by which a script reports a metric, and the names that they give. */
import type { ScopedCall } from "../python/module.js";
import type { Scope } from "../python/scope.js";
import type { Expression, Statement } from "../python/syntax.js";
import { argumentOf, dottedPath, positionalOf, statementsIn } from "../python/walk.js";
import type { SourcePlace } from "../reading.js";
import { classLine, resolve } from "../resolve.js";
import { calledName, callsNamed, type ScriptIndex } from "./index.js";
import { type Key, type Keys, keysOf, merged, named, placeOf } from "./keys.js";
import { anything, isAnything, type Pattern, products } from "./pattern.js";
import { textsOf } from "./texts.js";

/** What one way of reporting gives; `by` is its name. */
export interface Reports extends Keys {
  readonly by: string;
}

/** Packages whose `log` reports; `log` of any other package is a logarithm, or a line of text. */
const trackers = new Set([
  "wandb",
  "mlflow",
  "swanlab",
  "trackio",
  "neptune",
  "comet_ml",
  "aim",
  "clearml",
  "dvclive",
  "sweepdeck",
]);

/** What loggers are called. */
const loggerName =
  /wandb|^run$|_run$|logger|accelerator|tracker|writer|experiment|fabric|trainer|mlflow|neptune|comet|tensorboard|^tb|board|module|^self$|^cls$|summary/i;

/** Calls of the form `f({name: value, ...})`. */
const byDictionary = ["log_dict", "log_metrics", "write_scalars", "put_scalars"] as const;
/** Calls of the form `f(name, value)`. */
const byName = [
  "log_metric",
  "log_scalar",
  "log_value",
  "add_scalar",
  "scalar",
  "put_scalar",
  "logkv",
  "logkv_mean",
  "record",
  "record_mean",
  "write_scalar",
] as const;

export function reportsByCall(index: ScriptIndex): readonly Reports[] {
  return [
    ...callsNamed(index, ["log"]).map((each) => logReports(index, each)),
    ...callsNamed(index, byDictionary).map((each) => dictionaryReports(index, each)),
    ...callsNamed(index, byName).map((each) => nameReports(index, each)),
    ...callsNamed(index, ["add_scalars"]).map((each) => scalarsReports(index, each)),
    ...callsNamed(index, ["report"]).map((each) => reportReports(index, each)),
    ...callsNamed(index, ["track"]).map((each) => trackReports(index, each)),
    ...index.modules.all
      .flatMap(({ scopes }) => scopes)
      .flatMap((scope) => summaryReports(index, scope)),
    ...callsNamed(index, ["update"]).map((each) => summaryUpdate(index, each)),
    ...readBack(index),
    ...callsNamed(index, watching).map((each) => watchedReports(index, each)),
  ];
}

function given(by: string, { keys, open }: Keys): Reports {
  return { by, keys, open };
}

const nothing: Keys = { keys: [], open: [] };

/** `wandb.log({...})`, `self.log("val_loss", loss)`, `accelerator.log(values)`. */
function logReports(index: ScriptIndex, { call, scope }: ScopedCall): Reports {
  const { callee } = call;
  const [first, second] = positionalOf(call);
  const object = callee.kind === "attribute" ? callee.object : undefined;
  const role = roleOf(index, object, scope);
  if (role === "foreign" || (object === undefined && role !== "tracker")) return given("", nothing);
  if (role === "logger" && isOwnLog(index, object, scope)) return given("", nothing);
  const name = first ?? argumentOf(call, "name");
  if (name === undefined) {
    const metrics =
      argumentOf(call, "data") ?? argumentOf(call, "values") ?? argumentOf(call, "row");
    return given("log", metrics === undefined ? nothing : keysOf(index, { value: metrics, scope }));
  }
  const hasValue = second !== undefined || argumentOf(call, "value") !== undefined;
  if (hasValue && isText(name)) return lightningReports(index, { call, scope }, name);
  const keys = keysOf(index, { value: name, scope });
  if (keys.keys.length > 0) return given(byOf(index, callee, scope), keys);
  if (hasValue) {
    // `logger.log(logging.INFO, message)` reports nothing.
    const isLevel = name.kind === "attribute" || name.kind === "constant";
    return isLevel ? given("", nothing) : lightningReports(index, { call, scope }, name);
  }
  return given(byOf(index, callee, scope), role === "unknown" ? nothing : keys);
}

function isText(expression: Expression): boolean {
  if (expression.kind === "constant") return typeof expression.value === "string";
  if (expression.kind === "format") return true;
  if (expression.kind !== "binary") return false;
  return isText(expression.left) || isText(expression.right);
}

/** Whether the script defines the `log` that is called: what that does is seen within it. */
function isOwnLog(index: ScriptIndex, object: Expression | undefined, scope: Scope): boolean {
  const owners = (index.functions.get("log") ?? []).map((each) => each.scope.parent?.owner);
  if (owners.length === 0) return false;
  const last = object === undefined ? undefined : (dottedPath(object)?.at(-1) ?? "");
  if (last === "self" || last === "cls") {
    const line = linesOfSelf(index, scope);
    return owners.some((owner) => line.some(({ definition }) => definition === owner));
  }
  // The module that a callback is handed, which is Lightning's.
  return !/module$/.test(last ?? "");
}

function linesOfSelf(index: ScriptIndex, scope: Scope) {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    if (at.owner?.kind === "class" && at.parent !== undefined) {
      return classLine(index.modules, at.owner, at.parent);
    }
  }
  return [];
}

type Role = "tracker" | "logger" | "unknown" | "foreign";

/** What an object is that something is logged to, as far as its name and its imports tell. */
function roleOf(index: ScriptIndex, object: Expression | undefined, scope: Scope): Role {
  if (object === undefined) return "unknown";
  const target = resolve(index.modules, scope, object);
  if (target?.kind === "outside") {
    const [top = ""] = target.name.split(".");
    if (trackers.has(top)) return "tracker";
    return loggerName.test(target.name) && !target.name.startsWith("logging")
      ? "logger"
      : "foreign";
  }
  const path =
    dottedPath(object) ?? (object.kind === "call" ? dottedPath(object.callee) : undefined);
  const last = path?.at(-1) ?? (object.kind === "attribute" ? object.name : "");
  if (/wandb|^run$|_run$|experiment|accelerator|fabric|mlflow/i.test(last)) return "tracker";
  return path?.some((part) => loggerName.test(part)) === true ? "logger" : "unknown";
}

function byOf(index: ScriptIndex, callee: Expression, scope: Scope): string {
  const target = resolve(index.modules, scope, callee);
  if (target?.kind === "outside") return target.name;
  return dottedPath(callee)?.join(".") ?? calledName(callee) ?? "log";
}

/** Lightning splits a name where it is logged both by step and by epoch. */
function lightningReports(
  index: ScriptIndex,
  { call, scope }: ScopedCall,
  name: Expression,
): Reports {
  const keys = named(index, { value: name, scope });
  return given(byOf(index, call.callee, scope), splitBySteps(keys, { call, scope }));
}

function splitBySteps(keys: Keys, { call }: ScopedCall): Keys {
  const isSet = (name: string) => {
    const value = argumentOf(call, name);
    return value !== undefined && !(value.kind === "constant" && value.value === false);
  };
  if (!isSet("on_step") && !isSet("on_epoch")) return keys;
  const split = keys.keys.flatMap(({ name, place }): Key[] =>
    ["", "_step", "_epoch"].flatMap((suffix) =>
      products([[name], [[suffix]]]).map((each) => ({ name: each, place })),
    ),
  );
  return { keys: split, open: keys.open };
}

function dictionaryReports(index: ScriptIndex, { call, scope }: ScopedCall): Reports {
  const [first, second] = positionalOf(call);
  const by = byOf(index, call.callee, scope);
  if (definesItself(index, call.callee, scope)) return given(by, nothing);
  const stepped = first !== undefined && (isText(first) || first.kind === "constant");
  const metrics = stepped
    ? second
    : (first ?? argumentOf(call, "metrics") ?? argumentOf(call, "dictionary"));
  const spread = call.arguments.filter((argument) => argument.spread === "**");
  const parts = [...(metrics === undefined ? [] : [metrics]), ...spread.map(({ value }) => value)];
  const keys = merged(parts.map((value) => keysOf(index, { value, scope })));
  return given(by, splitBySteps(keys, { call, scope }));
}

/** Whether the script defines what it calls here: what that does is seen within it. */
function definesItself(index: ScriptIndex, callee: Expression, scope: Scope): boolean {
  const name = calledName(callee) ?? "";
  if (!index.functions.has(name)) return false;
  return resolve(index.modules, scope, callee)?.kind !== "outside";
}

function nameReports(index: ScriptIndex, { call, scope }: ScopedCall): Reports {
  const by = byOf(index, call.callee, scope);
  const [first, second] = positionalOf(call);
  const name =
    argumentOf(call, "tag") ?? argumentOf(call, "name") ?? argumentOf(call, "key") ?? first;
  const isOne = second !== undefined || call.arguments.length > 1;
  if (name === undefined || !isOne || definesItself(index, call.callee, scope)) {
    return given(by, nothing);
  }
  return given(by, named(index, { value: name, scope }));
}

/** TensorBoard writes `add_scalars("loss", {"val": ...})` as runs of their own: either name may be meant. */
function scalarsReports(index: ScriptIndex, { call, scope }: ScopedCall): Reports {
  const main = argumentOf(call, "main_tag", 0);
  const values = argumentOf(call, "tag_scalar_dict", 1);
  if (main === undefined || values === undefined) return given("add_scalars", nothing);
  const { keys, open } = keysOf(index, { value: values, scope });
  const mains = textsOf(index, { value: main, scope });
  const place = placeOf({ value: main, scope });
  const parts: readonly Pattern[] = [
    ...keys.map(({ name }) => name),
    ...(open.length > 0 ? [anything] : []),
  ];
  const names = [...mains, ...products([mains, [["/"], ["_"]], parts])];
  const known = names.filter((name) => !isAnything(name));
  return given("add_scalars", {
    keys: known.map((name) => ({ name, place })),
    open: known.length < names.length ? [place] : [],
  });
}

const reporters = /^(?:sweepdeck|ray|tune|train|session|nni)\b/;

/** `sweepdeck.report(val_loss=...)`, and the same of tuners that a script may still speak to. */
function reportReports(index: ScriptIndex, { call, scope }: ScopedCall): Reports {
  const by = byOf(index, call.callee, scope);
  if (!reporters.test(by)) return given(by, nothing);
  const [first] = positionalOf(call);
  const keywords = call.arguments.flatMap((argument): Keys[] => {
    if (argument.spread === "**") return [keysOf(index, { value: argument.value, scope })];
    if (argument.name === undefined || argument.name === "step") return [];
    return [{ keys: [{ name: [argument.name], place: scope.module.place(argument) }], open: [] }];
  });
  const dictionary = first === undefined ? nothing : keysOf(index, { value: first, scope });
  return given(by, merged([dictionary, ...keywords]));
}

/** Aim: `run.track(value, name="loss")`. */
function trackReports(index: ScriptIndex, { call, scope }: ScopedCall): Reports {
  const name = argumentOf(call, "name");
  return given("track", name === undefined ? nothing : named(index, { value: name, scope }));
}

function isSummary(expression: Expression): boolean {
  return expression.kind === "attribute" && expression.name === "summary";
}

/** `wandb.summary["best"] = ...`, `run.summary.best = ...`. */
function summaryReports(index: ScriptIndex, scope: Scope): readonly Reports[] {
  return [...statementsIn(scope.body)].flatMap(assigned).flatMap((target) => {
    if (target.kind === "subscript" && isSummary(target.object)) {
      return [given("wandb.summary", named(index, { value: target.index, scope }))];
    }
    if (target.kind === "attribute" && isSummary(target.object)) {
      const place = scope.module.place({ start: target.nameStart, end: target.end });
      return [given("wandb.summary", { keys: [{ name: [target.name], place }], open: [] })];
    }
    return [];
  });
}

function assigned(statement: Statement): readonly Expression[] {
  if (statement.kind === "assign") return statement.targets;
  return statement.kind === "update" ? [statement.target] : [];
}

function summaryUpdate(index: ScriptIndex, { call, scope }: ScopedCall): Reports {
  const { callee } = call;
  const [first] = positionalOf(call);
  const isIt = callee.kind === "attribute" && isSummary(callee.object) && first !== undefined;
  return given("wandb.summary", isIt ? keysOf(index, { value: first, scope }) : nothing);
}

/** `trainer.logged_metrics["val_loss"]`: what is read back has been logged. */
function readBack(index: ScriptIndex): readonly Reports[] {
  return index.readBack.map((key) => {
    const { keys } = named(index, key);
    return given("logged_metrics", { keys, open: [] });
  });
}

/** Callbacks that end or keep by a metric, which their library knows under that very name. */
const watching = ["EarlyStopping", "ModelCheckpoint", "ReduceLROnPlateau", "LearningRateFinder"];

function watchedReports(index: ScriptIndex, { call, scope }: ScopedCall): Reports {
  const monitor = argumentOf(call, "monitor");
  if (monitor === undefined) return given("monitor", nothing);
  const { keys } = named(index, { value: monitor, scope });
  return given("monitor", { keys, open: [] as readonly SourcePlace[] });
}
