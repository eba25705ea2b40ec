/**
 * What the names of a Python file stand for, statement by statement, without running it: far enough
 * for the dictionaries that sweeps are written as. What is not known stays in its place as unknown.
 */
import type {
  Argument,
  Assignment,
  Call,
  Comprehension,
  Dictionary,
  Expression,
  FormatString,
  FunctionDefinition,
  Span,
  Statement,
} from "../../script/python/syntax.js";
import { dottedPath, positionalOf } from "../../script/python/walk.js";
import type { Literal } from "../../script/reading.js";
import { binaryValue, unaryValue } from "../../script/values.js";
import { type Draft, listOf, type MapDraft, mapOf, numberOf, wordOf } from "./draft.js";
import { pythonFunction } from "./python-functions.js";

type Names = Map<string, Draft>;

/** Deeper than any dictionary that is written by hand. */
const deepest = 60;

export class PythonValues {
  private readonly functions: FunctionDefinition[] = [];

  /** `onCall` is told of every call when it is reached, with the names that are known by then. */
  constructor(
    private readonly text: string,
    private readonly onCall: (call: Call, values: (expression: Expression) => Draft) => void,
  ) {}

  /** The names of the file when all of it has been read; functions are read after it. */
  read(body: readonly Statement[]): ReadonlyMap<string, Draft> {
    const names: Names = new Map();
    this.statements(body, names);
    // Functions may hold functions, which are then read with what these know.
    for (const { body: inner, parameters } of this.functions) {
      const own = new Map(names);
      for (const parameter of parameters) own.set(parameter.name, this.unknown(parameter));
      this.statements(inner, own);
    }
    return names;
  }

  private statements(body: readonly Statement[], names: Names): void {
    for (const statement of body) this.statement(statement, names);
  }

  private statement(statement: Statement, names: Names): void {
    switch (statement.kind) {
      case "expression":
        this.value(statement.value, names);
        return;
      case "assign":
        this.assignment(statement, names);
        return;
      case "update": {
        const added = this.value(statement.value, names);
        const target = this.value(statement.target, names);
        if (statement.operator === "|=") merge(target, added);
        else if (statement.operator === "+=") append(target, added);
        else this.assign(statement.target, this.unknown(statement), names);
        return;
      }
      case "function":
        this.functions.push(statement);
        return;
      case "if":
        for (const branch of statement.branches) this.statements(branch.body, names);
        return;
      case "for":
        this.assign(statement.target, this.unknown(statement.target), names);
        this.statements([...statement.body, ...statement.otherwise], names);
        return;
      case "while":
        this.statements([...statement.body, ...statement.otherwise], names);
        return;
      case "with":
        for (const { value } of statement.items) this.value(value, names);
        this.statements(statement.body, names);
        return;
      case "try":
        for (const block of statement.blocks) this.statements(block, names);
        return;
      case "return":
        if (statement.value !== undefined) this.value(statement.value, names);
        return;
      case "class":
        for (const member of statement.body) {
          if (member.kind === "function") this.functions.push(member);
        }
        return;
      case "import":
      case "import-from":
      case "other-statement":
    }
  }

  private assignment({ targets, value }: Assignment, names: Names): void {
    if (value === undefined) return;
    const draft = this.value(value, names);
    for (const target of targets) this.assign(target, draft, names);
  }

  private assign(target: Expression, draft: Draft, names: Names): void {
    if (target.kind === "name") names.set(target.name, draft);
    else if (target.kind === "subscript") {
      const holder = this.value(target.object, names);
      const key = this.value(target.index, names);
      if (holder.kind === "map" && key.kind === "word")
        holder.entries.set(String(key.value), draft);
    } else if (target.kind === "tuple" || target.kind === "list") {
      for (const [index, each] of target.items.entries()) {
        const part = draft.kind === "list" ? draft.items[index] : undefined;
        this.assign(each, part ?? this.unknown(each), names);
      }
    }
  }

  private value(expression: Expression, names: Names, depth = 0): Draft {
    if (depth > deepest) return this.unknown(expression);
    const known = this.known(expression, names, depth + 1);
    return known ?? this.unknown(expression);
  }

  private known(expression: Expression, names: Names, depth: number): Draft | undefined {
    const inner = (each: Expression) => this.value(each, names, depth);
    switch (expression.kind) {
      case "constant":
        return typeof expression.value === "number"
          ? numberOf(expression.value, expression.isFloat ?? !Number.isInteger(expression.value))
          : wordOf(expression.value);
      case "name":
        return names.get(expression.name);
      case "list":
      case "tuple":
      case "set":
        return listOf(
          expression.items.flatMap((item) => {
            const spread = item.kind === "starred" ? inner(item.value) : undefined;
            return spread?.kind === "list" ? spread.items : [inner(item)];
          }),
        );
      case "dict":
        return this.dictionary(expression, inner);
      case "format":
        return this.format(expression, inner);
      case "unary":
        return negated(expression.operator, inner(expression.operand));
      case "binary":
        return this.binary(expression.operator, inner(expression.left), inner(expression.right));
      case "subscript":
        return element(inner(expression.object), inner(expression.index));
      case "call":
        return this.call(expression, inner);
      case "comprehension":
        return this.comprehension(expression, names, depth);
      case "named": {
        const draft = inner(expression.value);
        this.assign(expression.target, draft, names);
        return draft;
      }
      case "attribute":
        return constants.get(dottedPath(expression)?.join(".") ?? "");
      default:
        return undefined;
    }
  }

  private dictionary({ entries }: Dictionary, inner: (each: Expression) => Draft): Draft {
    const draft = mapOf([]);
    for (const { key, value } of entries) {
      const name = key === undefined ? undefined : inner(key);
      if (name === undefined) this.spread(draft, value, inner(value));
      else if (name.kind === "word") draft.entries.set(String(name.value), inner(value));
      else if (key !== undefined) draft.entries.set(this.sourceOf(key), inner(value));
    }
    return draft;
  }

  /** Of `**value`; what is not known leaves a gap with a name that no key may have. */
  private spread(into: MapDraft, span: Span, from: Draft): void {
    if (from.kind === "map") merge(into, from);
    else into.entries.set(`?${into.entries.size}`, this.unknown(span));
  }

  private format({ pieces }: FormatString, inner: (each: Expression) => Draft): Draft | undefined {
    const texts = pieces.map((piece) => {
      const draft = typeof piece === "string" ? wordOf(piece) : inner(piece);
      if (draft.kind === "number" && !draft.isFloat) return String(draft.value);
      return draft.kind === "word" && typeof draft.value === "string" ? draft.value : undefined;
    });
    return texts.every((text) => text !== undefined) ? wordOf(texts.join("")) : undefined;
  }

  private binary(operator: string, left: Draft, right: Draft): Draft | undefined {
    if (operator === "|" && left.kind === "map" && right.kind === "map") {
      return mapOf([...left.entries, ...right.entries]);
    }
    if (operator === "+" && left.kind === "list" && right.kind === "list") {
      return listOf([...left.items, ...right.items]);
    }
    const value = binaryValue(operator, literalOf(left), literalOf(right));
    const calculation = calculated(value, [left, right]);
    // In Python a division makes a fraction of whole numbers too, and so does a negative power.
    const isFraction =
      operator === "/" || (operator === "**" && right.kind === "number" && right.value < 0);
    return calculation?.kind === "number" && isFraction
      ? numberOf(calculation.value, true)
      : calculation;
  }

  private call(call: Call, inner: (each: Expression) => Draft): Draft | undefined {
    this.onCall(call, inner);
    const { callee } = call;
    if (callee.kind === "attribute") {
      const changed = this.method(callee.name, callee.object, call, inner);
      if (changed !== undefined) return changed;
    }
    const path = dottedPath(callee) ?? [];
    if (path.length === 1 && path[0] === "dict") return this.newDictionary(call.arguments, inner);
    if (path.at(-1) === "deepcopy" || path.at(-1) === "copy") {
      const [only] = positionalOf(call);
      return only === undefined ? undefined : copyOf(inner(only));
    }
    const operands = positionalOf(call).map(inner);
    const named = call.arguments.filter(({ name }) => name === "num" || name === "base");
    return pythonFunction(path)?.([...operands, ...named.map(({ value }) => inner(value))]);
  }

  private newDictionary(given: readonly Argument[], inner: (each: Expression) => Draft): Draft {
    const draft = mapOf([]);
    for (const { name, spread, value } of given) {
      if (name === undefined && spread !== "*") this.spread(draft, value, inner(value));
      else if (name !== undefined) draft.entries.set(name, inner(value));
    }
    return draft;
  }

  /** Those that change what they are called on, and those that give it as it is. */
  private method(
    name: string,
    object: Expression,
    call: Call,
    inner: (each: Expression) => Draft,
  ): Draft | undefined {
    const holder = inner(object);
    const [first, second] = positionalOf(call);
    switch (name) {
      case "update":
        if (holder.kind === "map") merge(holder, this.newDictionary(call.arguments, inner));
        return holder.kind === "map" ? wordOf(null) : undefined;
      case "setdefault": {
        const key = first && inner(first);
        if (holder.kind !== "map" || key?.kind !== "word") return undefined;
        const existing = holder.entries.get(String(key.value));
        const draft = existing ?? (second === undefined ? wordOf(null) : inner(second));
        holder.entries.set(String(key.value), draft);
        return draft;
      }
      case "append":
        if (holder.kind === "list" && first !== undefined) holder.items.push(inner(first));
        return undefined;
      case "extend":
        if (first !== undefined) append(holder, inner(first));
        return undefined;
      case "pop": {
        const key = first && inner(first);
        if (holder.kind !== "map" || key?.kind !== "word") return undefined;
        const taken = holder.entries.get(String(key.value));
        holder.entries.delete(String(key.value));
        return taken;
      }
      case "copy":
        return copyOf(holder);
      case "tolist":
      case "item":
        return holder.kind === "unknown" ? undefined : holder;
      default:
        return undefined;
    }
  }

  /** Of one clause, over what is known. */
  private comprehension(
    { of, key, element: each, clauses }: Comprehension,
    names: Names,
    depth: number,
  ): Draft | undefined {
    const [clause, ...more] = clauses;
    if (clause === undefined || more.length > 0 || clause.conditions.length > 0) return undefined;
    const iterable = this.value(clause.iterable, names, depth);
    const items =
      iterable.kind === "map" ? [...iterable.entries.keys()].map(wordOf) : itemsOf(iterable);
    if (items === undefined) return undefined;
    const turns = items.map((item) => {
      const within = new Map(names);
      this.assign(clause.target, item, within);
      const name = key === undefined ? undefined : this.value(key, within, depth);
      return [name, this.value(each, within, depth)] as const;
    });
    if (of !== "dict") return listOf(turns.map(([, value]) => value));
    return mapOf(
      turns.flatMap(([name, value]) =>
        name?.kind === "word" ? [[String(name.value), value] as const] : [],
      ),
    );
  }

  private unknown(span: Span): Draft {
    return { kind: "unknown", source: this.sourceOf(span), start: span.start };
  }

  private sourceOf({ start, end }: Span): string {
    return this.text.slice(start, end);
  }
}

const constants: ReadonlyMap<string, Draft> = new Map([
  ["math.pi", numberOf(Math.PI)],
  ["math.e", numberOf(Math.E)],
  ["math.inf", numberOf(Number.POSITIVE_INFINITY, true)],
  ["np.pi", numberOf(Math.PI)],
]);

function itemsOf(draft: Draft): readonly Draft[] | undefined {
  return draft.kind === "list" ? draft.items : undefined;
}

function merge(into: Draft, from: Draft): void {
  if (into.kind !== "map" || from.kind !== "map") return;
  for (const [key, value] of from.entries) into.entries.set(key, value);
}

function append(into: Draft, from: Draft): void {
  if (into.kind === "list" && from.kind === "list") into.items.push(...from.items);
}

function element(holder: Draft, index: Draft): Draft | undefined {
  if (holder.kind === "map" && index.kind === "word")
    return holder.entries.get(String(index.value));
  return holder.kind === "list" && index.kind === "number"
    ? holder.items.at(index.value)
    : undefined;
}

function negated(operator: string, operand: Draft): Draft | undefined {
  return calculated(unaryValue(operator, literalOf(operand)), [operand]);
}

/** So that what happens to one does not happen to the other. */
export function copyOf(draft: Draft): Draft {
  if (draft.kind === "list") return listOf(draft.items.map(copyOf));
  if (draft.kind !== "map") return draft;
  return mapOf([...draft.entries].map(([key, value]) => [key, copyOf(value)] as const));
}

function literalOf(draft: Draft): Literal | undefined {
  switch (draft.kind) {
    case "word":
    case "number":
      return draft.value;
    case "list": {
      const items = draft.items.map(literalOf);
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    default:
      return undefined;
  }
}

/** A fraction where one of the operands is. */
function calculated(value: Literal | undefined, operands: readonly Draft[]): Draft | undefined {
  if (typeof value === "number") {
    const isFloat = operands.some((each) => each.kind === "number" && each.isFloat);
    return numberOf(value, isFloat || !Number.isInteger(value));
  }
  if (value === undefined || typeof value === "object") {
    return value === null ? wordOf(null) : undefined;
  }
  return wordOf(value);
}
