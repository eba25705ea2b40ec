/** What Keras reports of a compiled model, and W&B's callbacks for it. */
import type { ScopedCall } from "../python/module.js";
import type { Expression } from "../python/syntax.js";
import { argumentOf, positionalOf } from "../python/walk.js";
import type { SourcePlace } from "../reading.js";
import { outsideName } from "../resolve.js";
import type { Reports } from "./calls.js";
import { calledName, callsNamed, type ScriptIndex } from "./index.js";
import type { Key } from "./keys.js";
import { isAnything, joined, type Pattern } from "./pattern.js";
import { sourcesOf } from "./sources.js";
import { textsOf } from "./texts.js";

export function reportsByKeras(
  index: ScriptIndex,
  packages: ReadonlySet<string>,
): readonly Reports[] {
  if (!packages.has("keras") && !packages.has("tensorflow")) return [];
  const compiled = callsNamed(index, ["compile"]).filter((each) => isModel(index, each));
  const steps = (index.functions.get("train_step") ?? []).map(({ scope, definition }) =>
    scope.module.place(definition.nameSpan),
  );
  return compiled.map((each) => compiledReports(index, each, steps));
}

function isModel(index: ScriptIndex, { call, scope }: ScopedCall): boolean {
  // `re.compile` and `torch.compile` lie outside; a model is a variable.
  if (call.callee.kind !== "attribute" || outsideName(index.modules, scope, call.callee)) {
    return false;
  }
  return ["optimizer", "loss", "metrics"].some((name) => argumentOf(call, name) !== undefined);
}

function compiledReports(
  index: ScriptIndex,
  { call, scope }: ScopedCall,
  ownSteps: readonly SourcePlace[],
): Reports {
  const place = scope.module.place(call);
  const metrics = argumentOf(call, "metrics");
  const loss = argumentOf(call, "loss");
  const found =
    metrics === undefined ? { names: [], isWhole: true } : namesIn(index, metrics, scope);
  // A model with several outputs names each of them.
  const hasOutputs = [loss, metrics].some(
    (each) => each?.kind === "dict" || (each === loss && each?.kind === "list"),
  );
  const bases: readonly Pattern[] = [["loss"], ["learning_rate"], ["lr"], ...found.names];
  const all = hasOutputs ? [...bases, ...bases.map((name) => joined([[null, "_"], name]))] : bases;
  return {
    by: "keras",
    keys: all.flatMap((name) => spellings(name)).map((name): Key => ({ name, place })),
    open: [...(found.isWhole ? [] : [place]), ...ownSteps],
  };
}

/** With the prefixes of validation, and of W&B's callbacks. */
function spellings(name: Pattern): readonly Pattern[] {
  return [[], ["val_"], ["epoch/"], ["epoch/val_"], ["batch/"], ["best_"], ["best_val_"]].map(
    (prefix) => joined([prefix, name]),
  );
}

function namesIn(
  index: ScriptIndex,
  metrics: Expression,
  scope: ScopedCall["scope"],
): { readonly names: readonly Pattern[]; readonly isWhole: boolean } {
  const lists =
    metrics.kind === "name" || metrics.kind === "attribute"
      ? sourcesOf(index, metrics, scope)
      : [{ value: metrics, scope }];
  let isWhole = lists.length > 0;
  const names = lists.flatMap(({ value, scope: at }) => {
    const items = itemsOf(value);
    if (items === undefined) {
      isWhole = false;
      return [];
    }
    return items.flatMap((item) => {
      const given = metricNames(index, item, at);
      if (given.some(isAnything)) isWhole = false;
      return given.filter((each) => !isAnything(each));
    });
  });
  return { names, isWhole };
}

function itemsOf(value: Expression): readonly Expression[] | undefined {
  if (value.kind === "list" || value.kind === "tuple") return value.items;
  if (value.kind === "constant") return value.value === null ? [] : [value];
  if (value.kind !== "dict") return undefined;
  return value.entries.flatMap((entry) => itemsOf(entry.value) ?? [entry.value]);
}

/** The text itself, a function's name, an object's `name` or the name of its class. */
function metricNames(
  index: ScriptIndex,
  item: Expression,
  scope: ScopedCall["scope"],
): readonly Pattern[] {
  if (item.kind === "call") {
    const name = argumentOf(item, "name");
    if (name !== undefined) return textsOf(index, { value: name, scope });
    const [first] = positionalOf(item);
    if (first?.kind === "constant" && typeof first.value === "string") return [[first.value]];
    const own = calledName(item.callee);
    // A second object of a class is numbered: `auc_1`.
    return own === undefined ? [[null]] : [[snake(own)], [`${snake(own)}_`, null]];
  }
  const texts = textsOf(index, { value: item, scope });
  const own = calledName(item);
  return texts.some(isAnything) && own !== undefined ? [[own]] : texts;
}

function snake(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}
