/** The options that a click command gets from its decorators, those of the workspace among them. */
import { itemsOf } from "../evaluate.js";
import type { Modules } from "../modules.js";
import { scopeOwnedBy } from "../python/module.js";
import type { Scope } from "../python/scope.js";
import type { Call, Expression, FunctionDefinition } from "../python/syntax.js";
import { positionalOf } from "../python/walk.js";
import type { Gap, Option } from "../reading.js";
import { outsideName, resolve } from "../resolve.js";
import { written } from "../written.js";
import { clickOption } from "./click-option.js";

/** Options that were found, and what may add others. */
export interface Added {
  readonly options: Option[];
  readonly gaps: Gap[];
}

/** A decorator that makes options out of decorators ends here. */
const deepest = 6;

// What adds no option of the script's own, whatever it is given.
const harmless =
  /^(?:\w*click|cloup)(?:\.\w+)*\.(?:argument|command|group|pass_\w+|make_pass_decorator|\w+_option|constraint)$|^(?:functools|contextlib|torch|inspect|warnings|logging|wandb)\.(?!reduce\b)/;

/** Reads one decorator of a command into `into`; what is not wholly understood is a gap. */
export function readDecorator(
  modules: Modules,
  scope: Scope,
  decorator: Expression,
  into: Added,
  depth = 0,
): void {
  const behind = written(modules, scope, decorator);
  const call = behind.value.kind === "call" ? behind.value : undefined;
  const callee = call?.callee ?? behind.value;
  const name = outsideName(modules, behind.scope, callee) ?? "";
  if (call !== undefined && isOption(name)) {
    addOption(modules, behind.scope, call, into);
    return;
  }
  if (harmless.test(name)) return;
  // Options that a decorator of the workspace is given are what it adds.
  if (call !== undefined) addGiven(modules, behind.scope, call, into);
  const resolved = resolve(modules, behind.scope, callee);
  if (resolved?.kind === "function" && depth < deepest) {
    readBody(modules, resolved.definition, resolved.scope, into, depth + 1);
  } else {
    into.gaps.push({ place: scope.module.place(decorator), why: "options-computed" });
  }
}

function isOption(name: string): boolean {
  return /(?:^|\.)option$/.test(name);
}

function addOption(modules: Modules, scope: Scope, call: Call, { options, gaps }: Added): void {
  const option = clickOption(modules, scope, call);
  if (option !== undefined) options.push(option);
  else gaps.push({ place: scope.module.place(call), why: "options-computed" });
}

/** `@add_options([click.option("--lr"), ...])`, `@compose(lr, depth)`. */
function addGiven(modules: Modules, scope: Scope, call: Call, into: Added): void {
  for (const { value } of call.arguments) {
    const items = itemsOf(modules, scope, value) ?? [{ value, scope }];
    for (const item of items) {
      const made = written(modules, item.scope, item.value);
      if (made.value.kind !== "call") continue;
      if (isOption(outsideName(modules, made.scope, made.value.callee) ?? "")) {
        addOption(modules, made.scope, made.value, into);
      }
    }
  }
}

/** What the calls in a decorator's body add; one that may be of an option unseen is a gap. */
function readBody(
  modules: Modules,
  definition: FunctionDefinition,
  scope: Scope,
  into: Added,
  depth: number,
): void {
  const inside = scopeOwnedBy(scope.module, definition);
  const gap = (): void => {
    into.gaps.push({ place: scope.module.place(definition.nameSpan), why: "options-computed" });
  };
  const text = scope.module.text.slice(definition.start, definition.end);
  if (inside === undefined || /__click_params__|\.params\b/.test(text)) {
    gap();
    return;
  }
  for (const { call, scope: at } of scope.module.calls) {
    if (!isWithin(at, inside)) continue;
    const { callee } = call;
    // `click.option("--lr")(f)`: the option itself is a call as well.
    if (callee.kind === "call") continue;
    // A method of a value, such as `timer.start()`.
    const resolved = resolve(modules, at, callee);
    if (callee.kind === "attribute" && resolved === undefined) continue;
    if (resolved?.kind === "class" || isForwarded(call)) continue;
    if (
      resolved?.kind === "outside" &&
      !isOption(resolved.name) &&
      !isGivenLocals(modules, at, call)
    )
      continue;
    if (isOption(outsideName(modules, at, callee) ?? "")) addOption(modules, at, call, into);
    else readDecorator(modules, at, callee, into, depth);
  }
}

function isWithin(scope: Scope, outer: Scope): boolean {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    if (at === outer) return true;
  }
  return false;
}

/** Whether it is given anything of the function that it stands in: the decorated function for one. */
function isGivenLocals(modules: Modules, scope: Scope, call: Call): boolean {
  return call.arguments.some(({ value }) => resolve(modules, scope, value)?.kind === "variable");
}

/** `f(*args, **kwargs)`, the decorated function's own call. */
function isForwarded(call: Call): boolean {
  return call.arguments.some(({ spread }) => spread !== undefined) && positionalOf(call).length < 2;
}
