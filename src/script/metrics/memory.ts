/**
 * What has been worked out of an expression, kept while a script is read. Without it the ways from a
 * value to its sources would be walked once for each way that leads to them.
 */
import type { Scope } from "../python/scope.js";
import type { Expression } from "../python/syntax.js";
import type { ScopedExpression } from "./index.js";

export interface Memory<Result> {
  readonly known: Map<Expression, Map<Scope, Result>>;
  readonly underWay: Map<Expression, Set<Scope>>;
  /** How often a value was met within itself: what was worked out of it then is not the whole. */
  rounds: number;
  readonly work: Work;
}

/** What is left to spend on one script. */
export interface Work {
  steps: number;
}

/** Values worked out for one script; more, and the rest counts as unknown. */
export const mostSteps = 6000;

export function newMemory<Result>(work: Work): Memory<Result> {
  return { known: new Map(), underWay: new Map(), rounds: 0, work };
}

/** One memory for each position in what is taken apart. */
export function memoryAt<Result>(
  memories: Map<number | undefined, Memory<Result>>,
  position: number | undefined,
  work: Work,
): Memory<Result> {
  const memory = memories.get(position) ?? newMemory<Result>(work);
  memories.set(position, memory);
  return memory;
}

/**
 * `make`'s result, or the one that it gave before. A value that depends on itself adds nothing to
 * itself: it is `nothing` there, and `unknown` once too much has been looked at.
 */
export function remembered<Result>(
  memory: Memory<Result>,
  { value, scope }: ScopedExpression,
  otherwise: { readonly nothing: Result; readonly unknown: Result },
  make: () => Result,
): Result {
  const known = memory.known.get(value)?.get(scope);
  if (known !== undefined) return known;
  const underWay = memory.underWay.get(value) ?? new Set<Scope>();
  memory.underWay.set(value, underWay);
  if (underWay.has(scope)) {
    memory.rounds += 1;
    return otherwise.nothing;
  }
  if (memory.work.steps <= 0) return otherwise.unknown;
  memory.work.steps -= 1;
  const { rounds } = memory;
  underWay.add(scope);
  const result = make();
  underWay.delete(scope);
  if (rounds === memory.rounds) {
    const results = memory.known.get(value) ?? new Map<Scope, Result>();
    results.set(scope, result);
    memory.known.set(value, results);
  }
  return result;
}
