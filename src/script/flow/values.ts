/** What a name may hold while a script is followed: only what somebody follows is told apart. */
import type { PythonModule } from "../python/module.js";
import type { Scope } from "../python/scope.js";
import type {
  Call,
  ClassDefinition,
  Expression,
  FunctionDefinition,
  Lambda,
} from "../python/syntax.js";
import type { SourcePlace } from "../reading.js";
import type { Flow } from "./flow.js";

/** All that an expression may be; empty: nothing that is followed. */
export type Values = readonly Value[];

export type Value =
  | FollowedValue
  | Instance
  | FunctionValue
  | { readonly kind: "lambda"; readonly lambda: Lambda; readonly frame: Frame }
  | { readonly kind: "class"; readonly definition: ClassDefinition; readonly scope: Scope }
  | { readonly kind: "module"; readonly module: PythonModule }
  | { readonly kind: "outside"; readonly name: string }
  | { readonly kind: "method"; readonly of: Followed; readonly name: string }
  /** A list, a tuple, or a dictionary, of which the keys are not told apart. */
  | { readonly kind: "box"; readonly items: readonly Values[] }
  | { readonly kind: "super"; readonly self: Value; readonly behind: ClassDefinition };

export interface FollowedValue {
  readonly kind: "followed";
  readonly followed: Followed;
}

export interface Instance {
  readonly kind: "instance";
  readonly definition: ClassDefinition;
  readonly scope: Scope;
  readonly attributes: Map<string, Values>;
  /** What it is by inheritance from outside the workspace: a parser that was subclassed. */
  readonly inherited: Followed | undefined;
}

export interface FunctionValue {
  readonly kind: "function";
  readonly definition: FunctionDefinition;
  /** Where it is defined. */
  readonly scope: Scope;
  /** What it closes over, where it is defined in a function. */
  readonly closure: Frame | undefined;
  readonly self: Value | undefined;
}

/** One run of a module, a function or a class body. */
export interface Frame {
  /** For looking up names; in a loop's turn with its variables bound. */
  scope: Scope;
  readonly values: Map<string, Values>;
  readonly parent: Frame | undefined;
  readonly returned: Value[];
  /** Whether variables are bound to what is known only in this run. */
  bound: boolean;
}

/** Where something that is followed is used. */
export interface Use {
  readonly flow: Flow;
  readonly frame: Frame;
  readonly scope: Scope;
  readonly node: Expression;
  /** Whether it happens only if a test that could not be decided allows it. */
  readonly isConditional: boolean;
  /** False: no way was found by which the program comes here, a framework may know one. */
  readonly isReached: boolean;
}

export interface CallUse extends Use {
  readonly call: Call;
  /** Those of the arguments, in their order. */
  readonly given: readonly Values[];
  /** Functions of the workspace that are meant perhaps, where nobody knows what is called. */
  readonly candidates: number;
}

export function placeOf({ scope, node }: Use): SourcePlace {
  return scope.module.place(node);
}

/** Something whose use is followed through the program: a parser, a namespace, `wandb.config`. */
export interface Followed {
  readonly attribute: (name: string, use: Use) => Values;
  readonly element: (index: Expression, use: Use) => Values;
  readonly method: (name: string, use: CallUse) => Values;
  /** What a loop over it gives to its variables. */
  readonly each: () => Values;
  readonly setAttribute: (name: string, values: Values, use: Use, written: Expression) => void;
  readonly setElement: (index: Expression, values: Values, use: Use, written: Expression) => void;
  /** Handed to what cannot be followed, which has a name if it is known to lie outside. */
  readonly handedOut: (to: string | undefined, use: CallUse) => Values;
  /** Spread over the parameters of a function of the workspace, which are named. */
  readonly spreadOver: (parameters: readonly string[], use: Use) => void;
  /** Others are put into it, under names that are not written. */
  readonly absorb: (others: readonly Followed[], use: Use) => void;
}

export const nothing: Values = [];

/** A followed thing that takes no notice: the base on which others say what they notice. */
export const indifferent: Followed = {
  attribute: () => nothing,
  element: () => nothing,
  method: () => nothing,
  each: () => nothing,
  setAttribute: () => {},
  setElement: () => {},
  handedOut: () => nothing,
  spreadOver: () => {},
  absorb: () => {},
};

export function followedOf(values: Values): readonly Followed[] {
  return values.flatMap((value) => {
    if (value.kind === "followed") return [value.followed];
    if (value.kind === "instance" && value.inherited !== undefined) return [value.inherited];
    return value.kind === "box" ? value.items.flatMap(followedOf) : [];
  });
}

/** Both, without saying anything twice. */
export function joinedValues(left: Values, right: Values): Values {
  if (left.length === 0 || left === right) return right;
  if (right.length === 0) return left;
  const fresh = right.filter((value) => !left.some((known) => isSameValue(known, value)));
  return fresh.length === 0 ? left : [...left, ...fresh].slice(0, mostValues);
}

// A variable that may be more than this is a list in disguise.
const mostValues = 24;

function isSameValue(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (left.kind === "followed" && right.kind === "followed") {
    return left.followed === right.followed;
  }
  if (left.kind === "outside" && right.kind === "outside") return left.name === right.name;
  if (left.kind === "class" && right.kind === "class") return left.definition === right.definition;
  if (left.kind === "module" && right.kind === "module") return left.module === right.module;
  if (left.kind === "function" && right.kind === "function") {
    return left.definition === right.definition && left.self === right.self;
  }
  return false;
}
