/** What can be said of an expression before any configuration is drawn. */

import {
  anyNumber,
  calculatedInterval,
  calledInterval,
  type Domain,
  domainOfValues,
  type Interval,
  numbersFrom,
} from "./domain.js";
import type { Arithmetic, Comparison, Expression, Span } from "./expression.js";
import { functions } from "./functions.js";

export type Finding = Span &
  /** `isValueOf`: a parameter that it is compared with and that has it as a value. */
  (
    | { readonly kind: "unknown-parameter"; readonly name: string; readonly isValueOf?: string }
    | { readonly kind: "unknown-function"; readonly name: string }
    | { readonly kind: "operand-count"; readonly signature: string; readonly found: number }
    /** Text where only a number will do. */
    | { readonly kind: "not-a-number"; readonly operator: string }
    | { readonly kind: "no-order"; readonly operator: Comparison }
    | {
        readonly kind: "impossible-value";
        readonly parameter: string;
        readonly value: string;
        readonly possible: readonly string[];
      }
    /** The whole is a number or a text, and says nothing that could hold or fail. */
    | { readonly kind: "not-a-condition" }
  );

export type Truth = "always" | "never" | "depends";

export interface Analysis {
  readonly findings: readonly Finding[];
  /** `depends` wherever something was found. */
  readonly truth: Truth;
}

/** What a name may be: undefined where there is no such parameter, "anything" where nothing is known. */
export type DomainOf = (name: string) => Domain | "anything" | undefined;

export function analyse(expression: Expression, domainOf: DomainOf): Analysis {
  const findings: Finding[] = [];
  const { truth, isCondition } = new Analyst(domainOf, findings).condition(expression);
  const { start, end } = expression;
  if (!isCondition && findings.length === 0) findings.push({ kind: "not-a-condition", start, end });
  return { findings: once(findings), truth: findings.length > 0 ? "depends" : truth };
}

/** The middle of `1 < a < 2` is looked at twice. */
function once(findings: readonly Finding[]): readonly Finding[] {
  const places = new Map(findings.map((each) => [`${each.kind} ${each.start} ${each.end}`, each]));
  return [...places.values()];
}

/** Undefined: anything. */
type Possible = Domain | undefined;

class Analyst {
  constructor(
    private readonly domainOf: DomainOf,
    private readonly findings: Finding[],
  ) {}

  /** Of something that is to hold. */
  condition(expression: Expression): { readonly truth: Truth; readonly isCondition: boolean } {
    switch (expression.kind) {
      case "comparison":
        return { truth: this.comparison(expression), isCondition: true };
      case "logical": {
        const [left, right] = [expression.left, expression.right].map(
          (side) => this.condition(side).truth,
        );
        const truth = combined(expression.operator, left ?? "depends", right ?? "depends");
        return { truth, isCondition: true };
      }
      case "unary":
        if (expression.operator !== "not") break;
        return { truth: opposite(this.condition(expression.operand).truth), isCondition: true };
      case "literal":
        if (typeof expression.value !== "boolean") break;
        return { truth: expression.value ? "always" : "never", isCondition: true };
      case "parameter":
        this.value(expression);
        return { truth: "depends", isCondition: true };
    }
    this.value(expression);
    return { truth: "depends", isCondition: false };
  }

  private value(expression: Expression): Possible {
    switch (expression.kind) {
      case "literal":
        return domainOfValues([expression.value]);
      case "parameter": {
        const domain = this.domainOf(expression.name);
        if (domain === undefined) {
          const { name, start, end } = expression;
          this.findings.push({ kind: "unknown-parameter", name, start, end });
        }
        return domain === "anything" ? undefined : domain;
      }
      case "list":
        for (const item of expression.items) this.value(item);
        return { texts: new Set(), hasOthers: true };
      case "call":
        return this.call(expression);
      case "unary":
        if (expression.operator === "not") {
          this.condition(expression.operand);
          return numbersFrom({ low: 0, high: 1 });
        }
        return this.signed(expression.operator, expression.operand);
      case "arithmetic":
        return this.arithmetic(expression.operator, expression.left, expression.right);
      case "comparison":
      case "logical":
        this.condition(expression);
        return numbersFrom({ low: 0, high: 1 });
    }
  }

  private signed(operator: "-" | "+", operand: Expression): Possible {
    const interval = this.number(operand, operator);
    if (interval === undefined) return anyNumber;
    return numbersFrom(operator === "+" ? interval : { low: -interval.high, high: -interval.low });
  }

  private arithmetic(operator: Arithmetic, left: Expression, right: Expression): Possible {
    const [a, b] = [this.number(left, operator), this.number(right, operator)];
    if (a === undefined || b === undefined) return anyNumber;
    return numbersFrom(calculatedInterval(operator, a, b));
  }

  private call(expression: Extract<Expression, { kind: "call" }>): Possible {
    const { name, nameSpan, operands, start, end } = expression;
    const called = functions.get(name);
    if (called === undefined) {
      this.findings.push({ kind: "unknown-function", name, ...nameSpan });
      for (const operand of operands) this.value(operand);
      return undefined;
    }
    const { signature, fewest, most } = called;
    const found = operands.length;
    if (found < fewest || found > most) {
      this.findings.push({ kind: "operand-count", signature, found, start, end });
    }
    const [first] = operands;
    const inside = found === 1 && first?.kind === "list" ? first.items : operands;
    const intervals = inside.map((operand) => this.number(operand, name));
    return intervals.every((interval) => interval !== undefined)
      ? numbersFrom(calledInterval(name, intervals))
      : anyNumber;
  }

  /** Undefined where it may be something else, or anything. */
  private number(expression: Expression, operator: string): Interval | undefined {
    const domain = this.value(expression);
    if (domain === undefined) return undefined;
    if (domain.numbers === undefined && !domain.hasOthers) {
      const { start, end } = expression;
      this.findings.push({ kind: "not-a-number", operator, start, end });
    }
    return isMixed(domain) ? undefined : domain.numbers;
  }

  private comparison({ first, rest }: Extract<Expression, { kind: "comparison" }>): Truth {
    let truth: Truth = "always";
    let left = first;
    for (const { operator, operand } of rest) {
      const pair =
        operator === "in" || operator === "not in"
          ? this.membership(operator, left, operand)
          : this.pair(operator, left, operand);
      truth = combined("and", truth, pair);
      left = operand;
    }
    return truth;
  }

  private membership(operator: "in" | "not in", left: Expression, right: Expression): Truth {
    if (right.kind !== "list") {
      this.value(left);
      this.value(right);
      return "depends";
    }
    const truth = right.items
      .map((item) => this.pair("==", left, item))
      .reduce((so, next) => combined("or", so, next), "never");
    return operator === "in" ? truth : opposite(truth);
  }

  private pair(
    operator: Exclude<Comparison, "in" | "not in">,
    left: Expression,
    right: Expression,
  ): Truth {
    if (this.unquoted(left, right) || this.unquoted(right, left)) return "depends";
    const [a, b] = [this.value(left), this.value(right)];
    if (a === undefined || b === undefined) return "depends";
    const { start } = left;
    const { end } = right;
    if (operator === "==" || operator === "!=") {
      if (this.impossible(left, a, right) || this.impossible(right, b, left)) return "depends";
      const equal = equality(a, b);
      return operator === "==" ? equal : opposite(equal);
    }
    const areNumbers = a.numbers !== undefined && b.numbers !== undefined;
    if (!areNumbers && (a.texts.size === 0 || b.texts.size === 0)) {
      this.findings.push({ kind: "no-order", operator, start, end });
      return "depends";
    }
    return isMixed(a) || isMixed(b) || !a.numbers || !b.numbers
      ? "depends"
      : order(operator, a.numbers, b.numbers);
  }

  /** `optimizer == adam`: a word that is no parameter, but a value of the one beside it. */
  private unquoted(word: Expression, beside: Expression): boolean {
    if (word.kind !== "parameter" || beside.kind !== "parameter") return false;
    const { name, start, end } = word;
    if (this.domainOf(name) !== undefined) return false;
    const domain = this.domainOf(beside.name);
    if (typeof domain !== "object" || !domain.texts.has(name)) return false;
    this.findings.push({ kind: "unknown-parameter", name, isValueOf: beside.name, start, end });
    return true;
  }

  /** A text that the parameter beside it never has. */
  private impossible(parameter: Expression, domain: Domain, literal: Expression): boolean {
    if (parameter.kind !== "parameter" || literal.kind !== "literal") return false;
    const { value, start, end } = literal;
    if (typeof value !== "string" || domain.hasOthers || domain.texts.has(value)) return false;
    const { name } = parameter;
    const possible = [...domain.texts];
    const found = { parameter: name, value, possible, start, end };
    this.findings.push({ kind: "impossible-value", ...found });
    return true;
  }
}

/** Whether it may be something besides numbers. */
function isMixed({ texts, hasOthers }: Domain): boolean {
  return texts.size > 0 || hasOthers;
}

function equality(a: Domain, b: Domain): Truth {
  if (a.hasOthers || b.hasOthers) return "depends";
  const meet =
    a.numbers !== undefined &&
    b.numbers !== undefined &&
    a.numbers.low <= b.numbers.high &&
    b.numbers.low <= a.numbers.high;
  const shared = [...a.texts].some((text) => b.texts.has(text));
  if (!meet && !shared) return "never";
  return isPoint(a) && isPoint(b) ? "always" : "depends";
}

function isPoint({ numbers, texts }: Domain): boolean {
  return numbers === undefined
    ? texts.size === 1
    : texts.size === 0 && numbers.low === numbers.high;
}

function order(operator: "<" | "<=" | ">" | ">=", a: Interval, b: Interval): Truth {
  switch (operator) {
    case "<":
      if (a.high < b.low) return "always";
      return a.low >= b.high ? "never" : "depends";
    case "<=":
      if (a.high <= b.low) return "always";
      return a.low > b.high ? "never" : "depends";
    case ">":
      return order("<", b, a);
    case ">=":
      return order("<=", b, a);
  }
}

function combined(operator: "and" | "or", left: Truth, right: Truth): Truth {
  const decisive = operator === "and" ? "never" : "always";
  if (left === decisive || right === decisive) return decisive;
  return left === right ? left : "depends";
}

function opposite(truth: Truth): Truth {
  if (truth === "depends") return truth;
  return truth === "always" ? "never" : "always";
}
