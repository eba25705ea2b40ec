/**
 * Follows a program from its first line through its functions, to see where parsers, their results and
 * `wandb.config` go. Nothing is computed but what is written down: both ways of a test are taken, a
 * loop over what is not known is gone through once, a function is gone into once for the same things
 * handed to it. Whatever the program itself never calls is gone through at the end, as a framework may
 * call it.
 */
import type { Modules } from "../modules.js";
import type { PythonModule } from "../python/module.js";
import { scopeOwnedBy, topScope } from "../python/module.js";
import type { Scope } from "../python/scope.js";
import type { Call, ClassDefinition, Expression, FunctionDefinition } from "../python/syntax.js";
import { invoke } from "./calls.js";
import { runBlock } from "./statements.js";
import type { CallUse, Followed, Frame, Instance, Use, Value, Values } from "./values.js";

/** What somebody who follows something wants to know of the world outside the workspace. */
export interface Follower {
  /** What a name of the outside is: `wandb.config`. */
  readonly outsideValue: (name: string, use: Use) => Values;
  /** What a call of the outside gives; undefined: nothing is known of it. */
  readonly outsideCall: (name: string, use: CallUse) => Values | undefined;
  /** A call of something that nobody knows. */
  readonly unknownCall: (use: CallUse) => Values | undefined;
  /** What instances of a class are, by what it inherits from outside the workspace. */
  readonly inherited: (
    bases: readonly string[],
    use: CallUse,
    made: ClassDefinition,
  ) => Followed | undefined;
  readonly outsideAssigned: (name: string, use: Use, values: Values, written: Expression) => void;
}

export interface Flow {
  readonly modules: Modules;
  readonly followers: readonly Follower[];
  readonly frames: Map<PythonModule, Frame>;
  readonly classFrames: Map<ClassDefinition, Frame>;
  readonly instances: Map<string, Instance>;
  /** What calls gave, by function and by what was handed to it. */
  readonly results: Map<FunctionDefinition, Map<string, Values>>;
  readonly identities: Map<object, number>;
  /** Functions whose calls differ by the literals that they are given: those that add options. */
  readonly adders: Adders;
  /** Statements and calls that may still be gone through. */
  budget: number;
  depth: number;
  /** Open tests that could not be decided. */
  conditions: number;
  isReached: boolean;
}

export interface Adders {
  readonly functions: ReadonlySet<FunctionDefinition>;
  /** Theirs, and those of the methods by which options are added. */
  readonly names: ReadonlySet<string>;
}

// Generous for a program of many thousand lines, and a fraction of a second.
const budget = 400_000;

export function follow(modules: Modules, followers: readonly Follower[]): Flow {
  const flow: Flow = {
    modules,
    followers,
    frames: new Map(),
    classFrames: new Map(),
    instances: new Map(),
    results: new Map(),
    identities: new Map(),
    adders: addersOf(modules),
    budget,
    depth: 0,
    conditions: 0,
    isReached: true,
  };
  runModule(flow, modules.program);
  flow.isReached = false;
  for (const module of modules.all) runModule(flow, module);
  for (const module of modules.all) {
    for (const scope of module.scopes) runUnreached(flow, scope);
  }
  return flow;
}

/** Runs a module's own statements, once. */
export function runModule(flow: Flow, module: PythonModule): void {
  if (flow.frames.has(module)) return;
  const frame = newFrame(topScope(module), undefined);
  flow.frames.set(module, frame);
  const conditions = flow.conditions;
  flow.conditions = 0;
  runBlock(flow, frame, module.body);
  flow.conditions = conditions;
}

export function newFrame(scope: Scope, parent: Frame | undefined): Frame {
  return { scope, values: new Map(), parent, returned: [], bound: false };
}

function runUnreached(flow: Flow, scope: Scope): void {
  const { owner, parent } = scope;
  if (owner?.kind !== "function" || parent === undefined || flow.results.has(owner)) return;
  const within = parent.owner?.kind === "class" ? parent.owner : undefined;
  const selves: readonly (Value | undefined)[] =
    within === undefined ? [undefined] : instancesOf(flow, within, parent);
  for (const self of selves) {
    const callee = {
      kind: "function",
      definition: owner,
      scope: parent,
      closure: undefined,
      self,
    } as const;
    invoke(flow, callee, undefined);
  }
}

function instancesOf(flow: Flow, definition: ClassDefinition, inside: Scope): readonly Instance[] {
  const known = [...flow.instances.values()].filter((each) => each.definition === definition);
  if (known.length > 0) return known;
  const scope = inside.parent ?? topScope(inside.module);
  const made: Instance = {
    kind: "instance",
    definition,
    scope,
    attributes: new Map(),
    inherited: undefined,
  };
  flow.instances.set(`${scope.module.path}:${definition.start}`, made);
  return [made];
}

/** By name, so that a function which calls one that adds options is one itself. */
function addersOf(modules: Modules): Adders {
  const names = new Set(["add_argument", "add", "add_arg", "add_parser", "add_subparsers"]);
  const adders = new Set<FunctionDefinition>();
  for (let grown = true; grown; ) {
    grown = false;
    for (const module of modules.all) {
      for (const { call, scope } of module.calls) {
        if (scope.owner?.kind !== "function" || adders.has(scope.owner)) continue;
        const name = calledName(call);
        if (name === undefined || !names.has(name)) continue;
        adders.add(scope.owner);
        names.add(scope.owner.name);
        grown = true;
      }
    }
  }
  return { functions: adders, names };
}

/** The last name of what is called. */
export function calledName({ callee }: Call): string | undefined {
  return callee.kind === "name" || callee.kind === "attribute" ? callee.name : undefined;
}

export function identityOf(flow: Flow, value: object): number {
  const known = flow.identities.get(value);
  if (known !== undefined) return known;
  const fresh = flow.identities.size;
  flow.identities.set(value, fresh);
  return fresh;
}

/** The frame in which a class's own statements ran. */
export function classFrameOf(flow: Flow, definition: ClassDefinition, scope: Scope): Frame {
  const known = flow.classFrames.get(definition);
  if (known !== undefined) return known;
  const inside = scopeOwnedBy(scope.module, definition) ?? scope;
  const frame = newFrame(inside, flow.frames.get(scope.module));
  flow.classFrames.set(definition, frame);
  runBlock(flow, frame, definition.body);
  return frame;
}
