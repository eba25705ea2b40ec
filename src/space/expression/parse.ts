/** From text to an expression, by recursive descent in Python's order of precedence. */
import type { Arithmetic, Comparand, Comparison, Expression, SyntaxFault } from "./expression.js";
import { type Token, tokensOf } from "./tokens.js";

export type Parsed =
  | { readonly kind: "expression"; readonly expression: Expression }
  | { readonly kind: "fault"; readonly fault: SyntaxFault };

/** Deeper brackets, and longer expressions, are no condition that anyone wrote. */
const deepest = 64;
const longest = 1000;

/** Never throws; the first fault ends the reading. */
export function parseExpression(text: string): Parsed {
  const reading = tokensOf(text);
  if (reading.kind === "fault") return reading;
  const { tokens } = reading;
  if (tokens.length === 0) {
    return { kind: "fault", fault: { kind: "empty", start: 0, end: text.length } };
  }
  const beyond = tokens[longest];
  if (beyond !== undefined) {
    return { kind: "fault", fault: { kind: "too-long", start: beyond.start, end: text.length } };
  }
  try {
    return { kind: "expression", expression: new Parser(text, tokens).whole() };
  } catch (thrown) {
    if (thrown instanceof Refusal) return { kind: "fault", fault: thrown.fault };
    throw thrown;
  }
}

/** Leaves the descent; caught by `parseExpression`, and by nobody else. */
class Refusal extends Error {
  constructor(readonly fault: SyntaxFault) {
    super(fault.kind);
  }
}

const comparisons: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">="]);
const constants: ReadonlyMap<string, null | boolean> = new Map([
  ["true", true],
  ["True", true],
  ["false", false],
  ["False", false],
  ["null", null],
  ["None", null],
]);
const keywords: ReadonlySet<string> = new Set(["and", "or", "not", "in"]);

class Parser {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly Token[],
  ) {}

  whole(): Expression {
    const expression = this.disjunction();
    if (this.next() !== undefined) throw this.unexpected("an operator");
    return expression;
  }

  private disjunction(): Expression {
    let left = this.conjunction();
    while (this.takeWord("or")) left = logical("or", left, this.conjunction());
    return left;
  }

  private conjunction(): Expression {
    let left = this.negation();
    while (this.takeWord("and")) left = logical("and", left, this.negation());
    return left;
  }

  private negation(): Expression {
    const token = this.next();
    if (!this.takeWord("not")) return this.comparison();
    const operand = this.deeper(() => this.negation());
    const start = token?.start ?? operand.start;
    return { kind: "unary", operator: "not", operand, start, end: operand.end };
  }

  private comparison(): Expression {
    const first = this.sum();
    const rest: Comparand[] = [];
    for (let operator = this.takeComparison(); operator; operator = this.takeComparison()) {
      rest.push({ operator, operand: this.sum() });
    }
    const last = rest.at(-1)?.operand;
    if (last === undefined) return first;
    return { kind: "comparison", first, rest, start: first.start, end: last.end };
  }

  private takeComparison(): Comparison | undefined {
    const token = this.next();
    if (token?.kind === "symbol" && comparisons.has(token.symbol)) {
      this.at += 1;
      return token.symbol as Comparison;
    }
    if (this.takeWord("in")) return "in";
    if (isWord(token, "is")) throw this.identity(token);
    if (!isWord(token, "not") || !isWord(this.tokens[this.at + 1], "in")) return undefined;
    this.at += 2;
    return "not in";
  }

  /** Python's `is`, where equality is meant. */
  private identity({ start, end }: Token): Refusal {
    const negation = this.tokens[this.at + 1];
    const isNegated = negation !== undefined && isWord(negation, "not");
    return new Refusal({
      kind: "foreign-operator",
      written: isNegated ? "is not" : "is",
      meant: isNegated ? "!=" : "==",
      start,
      end: isNegated ? negation.end : end,
    });
  }

  private sum(): Expression {
    let left = this.product();
    for (let sign = this.takeSymbol("+", "-"); sign; sign = this.takeSymbol("+", "-")) {
      left = arithmetic(sign, left, this.product());
    }
    return left;
  }

  private product(): Expression {
    const signs = ["*", "/", "//", "%"] as const;
    let left = this.signed();
    for (let sign = this.takeSymbol(...signs); sign; sign = this.takeSymbol(...signs)) {
      left = arithmetic(sign, left, this.signed());
    }
    return left;
  }

  private signed(): Expression {
    const token = this.next();
    const operator = this.takeSymbol("-", "+");
    if (operator === undefined) return this.power();
    const operand = this.deeper(() => this.signed());
    return { kind: "unary", operator, operand, start: token?.start ?? 0, end: operand.end };
  }

  /** Binds tighter than a sign before it, and is read from the right: -2 ** 2 is -4. */
  private power(): Expression {
    const base = this.atom();
    if (this.takeSymbol("**") === undefined) return base;
    return arithmetic(
      "**",
      base,
      this.deeper(() => this.signed()),
    );
  }

  private atom(): Expression {
    const token = this.next();
    switch (token?.kind) {
      case "number":
      case "text":
        this.at += 1;
        return { kind: "literal", value: token.value, start: token.start, end: token.end };
      case "name":
        return this.named(token);
      case "symbol":
        if (token.symbol === "(") return this.parenthesised(token);
        if (token.symbol === "[") return this.list(token, "]");
    }
    throw this.unexpected("a value");
  }

  private named({ name, quoted, start, end }: Extract<Token, { kind: "name" }>): Expression {
    if (!quoted && keywords.has(name)) throw this.unexpected("a value");
    this.at += 1;
    const constant = quoted ? undefined : constants.get(name);
    if (constant !== undefined) return { kind: "literal", value: constant, start, end };
    const bracket = this.next();
    if (quoted || this.takeSymbol("(") === undefined)
      return { kind: "parameter", name, start, end };
    const inside = this.items(")", bracket?.start ?? end);
    return {
      kind: "call",
      name,
      nameSpan: { start, end },
      operands: inside.items,
      start,
      end: inside.end,
    };
  }

  /** Brackets around one expression; around several, or with a comma, a list as in Python. */
  private parenthesised(opening: Token): Expression {
    this.at += 1;
    const { items, end, hasComma } = this.items(")", opening.start);
    const [only] = items;
    const { start } = opening;
    if (only === undefined || hasComma) return { kind: "list", items, start, end };
    return { ...only, start, end };
  }

  private list({ start }: Token, closing: "]"): Expression {
    this.at += 1;
    const { items, end } = this.items(closing, start);
    return { kind: "list", items, start, end };
  }

  private items(
    closing: ")" | "]",
    opening: number,
  ): { readonly items: readonly Expression[]; readonly end: number; readonly hasComma: boolean } {
    const items: Expression[] = [];
    let hasComma = false;
    for (;;) {
      const token = this.next();
      if (token === undefined) throw this.unclosed(opening);
      if (this.takeSymbol(closing)) return { items, end: token.end, hasComma };
      items.push(this.deeper(() => this.disjunction()));
      if (this.takeSymbol(",") !== undefined) {
        hasComma = true;
        continue;
      }
      const after = this.next();
      if (after === undefined) throw this.unclosed(opening);
      if (this.takeSymbol(closing)) return { items, end: after.end, hasComma };
      throw this.unexpected("an operator");
    }
  }

  private deeper<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > deepest) {
      const start = this.next()?.start ?? 0;
      throw new Refusal({ kind: "too-long", start, end: this.text.length });
    }
    const result = read();
    this.depth -= 1;
    return result;
  }

  private next(): Token | undefined {
    return this.tokens[this.at];
  }

  private takeWord(word: string): boolean {
    if (!isWord(this.next(), word)) return false;
    this.at += 1;
    return true;
  }

  private takeSymbol<S extends string>(...symbols: readonly S[]): S | undefined {
    const token = this.next();
    const found = symbols.find((each) => token?.kind === "symbol" && token.symbol === each);
    if (found !== undefined) this.at += 1;
    return found;
  }

  private unexpected(expected: "a value" | "an operator"): Refusal {
    const token = this.next();
    const { start, end } = token ?? { start: this.text.length, end: this.text.length };
    const found = this.text.slice(start, end);
    return new Refusal({ kind: "unexpected", found, expected, start, end });
  }

  private unclosed(start: number): Refusal {
    const opening = this.text.charAt(start);
    return new Refusal({ kind: "unclosed", opening, start, end: start + 1 });
  }
}

function isWord(token: Token | undefined, word: string): token is Token {
  return token?.kind === "name" && !token.quoted && token.name === word;
}

function logical(operator: "and" | "or", left: Expression, right: Expression): Expression {
  return { kind: "logical", operator, left, right, start: left.start, end: right.end };
}

function arithmetic(operator: Arithmetic, left: Expression, right: Expression): Expression {
  return { kind: "arithmetic", operator, left, right, start: left.start, end: right.end };
}
