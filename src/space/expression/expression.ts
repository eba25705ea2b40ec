/**
 * Conditions over the parameters of a configuration, such as `width * layers <= 4096`: a language
 * of numbers, words and comparisons with Python's precedence and Python's arithmetic, read by a
 * parser of its own. Nothing of it is ever handed to an interpreter.
 */

/** Offsets into the text of the expression, in UTF-16 code units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Arithmetic = "+" | "-" | "*" | "/" | "//" | "%" | "**";
export type Comparison = "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "not in";

export interface Comparand {
  readonly operator: Comparison;
  readonly operand: Expression;
}

export type Expression = Span &
  (
    | { readonly kind: "literal"; readonly value: null | boolean | number | string }
    | { readonly kind: "parameter"; readonly name: string }
    | { readonly kind: "list"; readonly items: readonly Expression[] }
    | {
        readonly kind: "call";
        /** As written: whether there is such a function is asked when it is checked. */
        readonly name: string;
        readonly nameSpan: Span;
        readonly operands: readonly Expression[];
      }
    | {
        readonly kind: "unary";
        readonly operator: "-" | "+" | "not";
        readonly operand: Expression;
      }
    | {
        readonly kind: "arithmetic";
        readonly operator: Arithmetic;
        readonly left: Expression;
        readonly right: Expression;
      }
    /** `1 < a <= b` is one comparison with two comparands, as in Python. */
    | {
        readonly kind: "comparison";
        readonly first: Expression;
        readonly rest: readonly Comparand[];
      }
    | {
        readonly kind: "logical";
        readonly operator: "and" | "or";
        readonly left: Expression;
        readonly right: Expression;
      }
  );

/** What is written where an expression cannot be read. */
export type SyntaxFault = Span &
  (
    | { readonly kind: "empty" }
    | { readonly kind: "character"; readonly character: string }
    | { readonly kind: "unclosed"; readonly opening: string }
    /** An operator of another language; `meant` is how it is written here. */
    | { readonly kind: "foreign-operator"; readonly written: string; readonly meant: string }
    | {
        readonly kind: "unexpected";
        /** Empty: the expression ends where something is missing. */
        readonly found: string;
        readonly expected: "a value" | "an operator";
      }
    /** Or nested too deep. */
    | { readonly kind: "too-long" }
  );

/** The names of the parameters that an expression mentions, each once. */
export function parametersOf(expression: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  walk(expression, (node) => {
    if (node.kind === "parameter") names.add(node.name);
  });
  return names;
}

/** Outermost first, in the order of the text. */
export function walk(expression: Expression, visit: (node: Expression) => void): void {
  visit(expression);
  for (const child of childrenOf(expression)) walk(child, visit);
}

function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "literal":
    case "parameter":
      return [];
    case "list":
      return expression.items;
    case "call":
      return expression.operands;
    case "unary":
      return [expression.operand];
    case "comparison":
      return [expression.first, ...expression.rest.map(({ operand }) => operand)];
    case "arithmetic":
    case "logical":
      return [expression.left, expression.right];
  }
}
