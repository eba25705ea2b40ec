/**
 * Python as a value: what a script says, with offsets, free of what only a parser cares for.
 *
 * Parentheses, comments and the order of evaluation are gone; what cannot be expressed here is
 * `other`, with its parts, so that a walk still meets every name and every call.
 */

/** Offsets are UTF-16 code units of the module's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Expression =
  | Name
  | Attribute
  | Subscript
  | Call
  | Constant
  | FormatString
  | Collection
  | Dictionary
  | Unary
  | Binary
  | Conditional
  | Lambda
  | Comprehension
  | Starred
  | Named
  | OtherExpression;

export interface Name extends Span {
  readonly kind: "name";
  readonly name: string;
}

/** `object.name`; `nameStart` is where the name begins. */
export interface Attribute extends Span {
  readonly kind: "attribute";
  readonly object: Expression;
  readonly name: string;
  readonly nameStart: number;
}

/** `object[index]`; several indices are a tuple, a slice is `other`. */
export interface Subscript extends Span {
  readonly kind: "subscript";
  readonly object: Expression;
  readonly index: Expression;
}

export interface Call extends Span {
  readonly kind: "call";
  readonly callee: Expression;
  readonly arguments: readonly Argument[];
}

/** `value`, `name=value`, `*value` or `**value`. */
export interface Argument extends Span {
  readonly name?: string;
  readonly spread?: "*" | "**";
  readonly value: Expression;
}

/** A number, a string (neighbours joined), True, False or None. Bytes and complex numbers are `other`. */
export interface Constant extends Span {
  readonly kind: "constant";
  readonly value: null | boolean | number | string;
  /** For a number: whether Python makes a float of it, as of `1.0` and `1e3`. */
  readonly isFloat?: boolean;
}

/** An f-string: what is written, and what is put in. */
export interface FormatString extends Span {
  readonly kind: "format";
  readonly pieces: readonly (string | Expression)[];
}

export interface Collection extends Span {
  readonly kind: "list" | "tuple" | "set";
  readonly items: readonly Expression[];
}

export interface Dictionary extends Span {
  readonly kind: "dict";
  readonly entries: readonly DictionaryEntry[];
}

/** Without a key: `**value`. */
export interface DictionaryEntry {
  readonly key?: Expression;
  readonly value: Expression;
}

export interface Unary extends Span {
  readonly kind: "unary";
  readonly operator: string;
  readonly operand: Expression;
}

/** Arithmetic, comparison (`in`, `not in`, `is`, `is not` too), `and` and `or`. */
export interface Binary extends Span {
  readonly kind: "binary";
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Conditional extends Span {
  readonly kind: "conditional";
  readonly test: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}

export interface Lambda extends Span {
  readonly kind: "lambda";
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
}

export interface Comprehension extends Span {
  readonly kind: "comprehension";
  readonly of: "list" | "set" | "dict" | "generator";
  /** Of a dictionary: its key. */
  readonly key?: Expression;
  readonly element: Expression;
  readonly clauses: readonly ComprehensionClause[];
}

export interface ComprehensionClause {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
}

export interface Starred extends Span {
  readonly kind: "starred";
  readonly value: Expression;
}

/** `target := value`. */
export interface Named extends Span {
  readonly kind: "named";
  readonly target: Expression;
  readonly value: Expression;
}

export interface OtherExpression extends Span {
  readonly kind: "other";
  readonly parts: readonly Expression[];
}

export type Statement =
  | ExpressionStatement
  | Assignment
  | Update
  | Import
  | ImportFrom
  | FunctionDefinition
  | ClassDefinition
  | If
  | For
  | While
  | With
  | Try
  | Return
  | OtherStatement;

export interface ExpressionStatement extends Span {
  readonly kind: "expression";
  readonly value: Expression;
}

/** `a = b = value`, `a: int = value` and `a: int`. */
export interface Assignment extends Span {
  readonly kind: "assign";
  readonly targets: readonly Expression[];
  readonly annotation?: Expression;
  readonly value?: Expression;
}

/** `target += value`; the operator as written. */
export interface Update extends Span {
  readonly kind: "update";
  readonly target: Expression;
  readonly operator: string;
  readonly value: Expression;
}

export interface Import extends Span {
  readonly kind: "import";
  readonly names: readonly ImportedName[];
}

/** `from ..module import name as alias`: level 2, module `module`. */
export interface ImportFrom extends Span {
  readonly kind: "import-from";
  readonly level: number;
  readonly module: string;
  readonly names: readonly ImportedName[];
  readonly everything: boolean;
}

export interface ImportedName extends Span {
  readonly name: string;
  readonly alias?: string;
}

export interface FunctionDefinition extends Span {
  readonly kind: "function";
  readonly name: string;
  readonly nameSpan: Span;
  readonly parameters: readonly Parameter[];
  readonly returns?: Expression;
  readonly decorators: readonly Expression[];
  readonly docstring?: string;
  readonly body: readonly Statement[];
}

export interface Parameter extends Span {
  readonly name: string;
  readonly spread?: "*" | "**";
  /** After a bare `*` or `*args`. */
  readonly keywordOnly: boolean;
  readonly annotation?: Expression;
  readonly default?: Expression;
}

export interface ClassDefinition extends Span {
  readonly kind: "class";
  readonly name: string;
  readonly nameSpan: Span;
  /** Bases, and keywords such as `metaclass=`. */
  readonly arguments: readonly Argument[];
  readonly decorators: readonly Expression[];
  readonly docstring?: string;
  readonly body: readonly Statement[];
}

/** Each branch with its test; `else` has none. */
export interface If extends Span {
  readonly kind: "if";
  readonly branches: readonly { readonly test?: Expression; readonly body: readonly Statement[] }[];
}

export interface For extends Span {
  readonly kind: "for";
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}

export interface While extends Span {
  readonly kind: "while";
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}

export interface With extends Span {
  readonly kind: "with";
  readonly items: readonly { readonly value: Expression; readonly target?: Expression }[];
  readonly body: readonly Statement[];
}

/** `blocks`: the tried one, those of the handlers, `else` and `finally`, in their order. */
export interface Try extends Span {
  readonly kind: "try";
  readonly blocks: readonly (readonly Statement[])[];
  readonly handled: readonly Expression[];
  /** What handlers call the exception. */
  readonly names: readonly string[];
}

export interface Return extends Span {
  readonly kind: "return";
  readonly value?: Expression;
}

/** `del`, `raise`, `assert`, `global`, `match`, `pass` and what could not be read. */
export interface OtherStatement extends Span {
  readonly kind: "other-statement";
  /** Of `global` and `nonlocal`: the names. */
  readonly globals: readonly string[];
  readonly parts: readonly Expression[];
  readonly blocks: readonly (readonly Statement[])[];
}
