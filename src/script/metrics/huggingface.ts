/** What Hugging Face's Trainer reports: to W&B as `eval/loss`, and in what it prints as `eval_loss`. */
import type { ScopedCall } from "../python/module.js";
import { scopeOwnedBy } from "../python/module.js";
import type { Call, Expression } from "../python/syntax.js";
import { argumentOf } from "../python/walk.js";
import { outsideBases, resolve } from "../resolve.js";
import type { Reports } from "./calls.js";
import type { ScopedExpression, ScriptIndex } from "./index.js";
import { type Key, type Keys, keysOf, merged } from "./keys.js";
import { isAnything, joined, type Pattern } from "./pattern.js";
import { functionsOf, returnedIn, sourcesOf } from "./sources.js";
import { elementTexts, textsOf } from "./texts.js";

const evaluated = [
  "loss",
  "runtime",
  "samples_per_second",
  "steps_per_second",
  "model_preparation_time",
];
const trained = [
  "loss",
  "grad_norm",
  "learning_rate",
  "epoch",
  "global_step",
  "num_input_tokens_seen",
];
const atTheEnd = [
  "train_loss",
  "train_runtime",
  "train_samples_per_second",
  "train_steps_per_second",
  "total_flos",
];

export function reportsByTrainer(index: ScriptIndex): readonly Reports[] {
  const goesToTracker = !isSilenced(index);
  return [...index.calls].flatMap(([name, calls]) =>
    name.endsWith("Trainer")
      ? calls.flatMap((each) => {
          const library = libraryOf(index, each);
          return library === undefined ? [] : [trainerReports(index, each, library, goesToTracker)];
        })
      : [],
  );
}

/** `transformers`, or another library that builds on its Trainer; undefined for any other trainer. */
function libraryOf(index: ScriptIndex, { call, scope }: ScopedCall): string | undefined {
  const target = resolve(index.modules, scope, call.callee);
  const names =
    target?.kind === "outside"
      ? [target.name]
      : target?.kind === "class"
        ? outsideBases(index.modules, target.definition, target.scope)
        : [];
  return names
    .map((name) => name.split(".")[0] ?? "")
    .find((top) =>
      ["transformers", "trl", "optimum", "sentence_transformers", "setfit"].includes(top),
    );
}

/** Whether `report_to` is written down, and nowhere leads to W&B. */
function isSilenced(index: ScriptIndex): boolean {
  const values = [...index.calls.values()].flat().flatMap(({ call, scope }) => {
    const value = argumentOf(call, "report_to");
    return value === undefined ? [] : [{ value, scope }];
  });
  return values.length > 0 && values.every((each) => isElsewhere(index, each));
}

function isElsewhere(index: ScriptIndex, of: ScopedExpression): boolean {
  const { value } = of;
  const isList = value.kind === "list" || value.kind === "tuple";
  if (isList && value.items.length === 0) return true;
  const texts = isList ? elementTexts(index, of, undefined, 0) : textsOf(index, of);
  return texts.every((text) => !isAnything(text) && !/^(?:wandb|all)$/.test(text.join("")));
}

function trainerReports(
  index: ScriptIndex,
  { call, scope }: ScopedCall,
  library: string,
  goesToTracker: boolean,
): Reports {
  const place = scope.module.place(call);
  const metrics = argumentOf(call, "compute_metrics");
  const own: Keys =
    metrics === undefined || (metrics.kind === "constant" && metrics.value === null)
      ? { keys: [], open: [] }
      : computedKeys(index, { value: metrics, scope }, 0);
  const found = [...own.keys, ...watchedKeys(index)];
  const names: { readonly name: Pattern; readonly place: Key["place"] }[] = [
    ...evaluated.map((name) => ({ name: [name], place })),
    ...found.map((key) => ({ ...key, name: withoutPrefix(key.name) })),
    ...(own.open.length > 0 || library !== "transformers" || hasSeveralSets(call)
      ? [{ name: [null], place }]
      : []),
  ];
  const keys: Key[] = names.flatMap(({ name, place: at }) =>
    ["eval", "test"].flatMap((split) => [
      { name: joined([[`${split}_`], name]), place: at },
      ...(goesToTracker ? [{ name: joined([[`${split}/`], name]), place: at }] : []),
    ]),
  );
  for (const name of [...trained, ...atTheEnd]) {
    keys.push({ name: [name], place });
    if (goesToTracker) keys.push({ name: [`train/${name}`], place });
  }
  // Other libraries report more than the Trainer does.
  const isOpen = library !== "transformers" && goesToTracker;
  return { by: `${library} Trainer`, keys, open: isOpen ? [place] : [] };
}

function withoutPrefix(name: Pattern): Pattern {
  const [first, ...rest] = name;
  return typeof first === "string" ? joined([[first.replace(/^eval_/, "")], rest]) : name;
}

/** A dictionary of evaluation sets puts each one's name before its metrics. */
function hasSeveralSets(call: Call): boolean {
  const sets = argumentOf(call, "eval_dataset");
  return sets?.kind === "dict" || sets?.kind === "comprehension";
}

/** `metric_for_best_model="f1"`: the Trainer fails where that is not computed. */
function watchedKeys(index: ScriptIndex): readonly Key[] {
  return [...index.calls.values()].flat().flatMap(({ call, scope }) => {
    const value = argumentOf(call, "metric_for_best_model");
    if (value === undefined) return [];
    return textsOf(index, { value, scope })
      .filter((text) => !isAnything(text))
      .map((name) => ({ name, place: scope.module.place(value) }));
  });
}

/** What a function of metrics returns, given by name, made by another function, or as a lambda. */
function computedKeys(index: ScriptIndex, of: ScopedExpression, depth: number): Keys {
  const { value, scope } = of;
  const open: Keys = { keys: [], open: [scope.module.place(value)] };
  if (depth > 4) return open;
  if (value.kind === "lambda") return keysOf(index, { value: value.body, scope });
  if (value.kind === "conditional") {
    return merged(
      [value.whenTrue, value.whenFalse].map((each) =>
        each.kind === "constant"
          ? { keys: [], open: [] }
          : computedKeys(index, { value: each, scope }, depth + 1),
      ),
    );
  }
  if (value.kind === "call") return madeKeys(index, value, of, depth) ?? open;
  const target = resolve(index.modules, scope, value);
  if (target?.kind === "function") {
    const inside = scopeOwnedBy(target.scope.module, target.definition);
    return inside === undefined ? open : returnedKeys(index, inside);
  }
  const sources = sourcesOf(index, value, scope);
  const methods = value.kind === "attribute" ? (index.functions.get(value.name) ?? []) : [];
  if (sources.length + methods.length === 0) return open;
  return merged([
    ...methods.map((method) => returnedKeys(index, method.scope)),
    ...sources.map((each) => computedKeys(index, each, depth + 1)),
  ]);
}

function madeKeys(
  index: ScriptIndex,
  call: Call,
  { scope }: ScopedExpression,
  depth: number,
): Keys | undefined {
  const [first] = call.arguments;
  if (call.callee.kind === "name" && call.callee.name === "partial" && first !== undefined) {
    return computedKeys(index, { value: first.value, scope }, depth + 1);
  }
  const made = functionsOf(index, call, scope).flatMap(({ scope: inside }) =>
    returnedIn(inside).map((value: Expression) => ({ value, scope: inside })),
  );
  return made.length === 0
    ? undefined
    : merged(made.map((each) => computedKeys(index, each, depth + 1)));
}

function returnedKeys(index: ScriptIndex, scope: ScopedExpression["scope"]): Keys {
  return merged(returnedIn(scope).map((value) => keysOf(index, { value, scope })));
}
