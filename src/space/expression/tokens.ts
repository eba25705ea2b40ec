/** The words of an expression. */
import type { Span, SyntaxFault } from "./expression.js";

export type Token = Span &
  (
    | { readonly kind: "number"; readonly value: number }
    | { readonly kind: "text"; readonly value: string }
    /** `quoted`: in backticks, so never a keyword. */
    | { readonly kind: "name"; readonly name: string; readonly quoted: boolean }
    | { readonly kind: "symbol"; readonly symbol: string }
  );

export type Reading =
  | { readonly kind: "tokens"; readonly tokens: readonly Token[] }
  | { readonly kind: "fault"; readonly fault: SyntaxFault };

const space = /\s+/y;
// `2.` is a number, `2.lr` is none.
const number = /(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.])/y;
/** Dots join the names of groups and parameters. */
const name = /[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/y;
const quotedName = /`([^`\n]*)`/y;
const text = /"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/y;
const foreign = /===|!==|&&|\|\||=>|=<|<>|≤|≥|≠|×|÷|\^|!(?!=)|=(?!=)|&|\|/y;
const symbol = /\*\*|\/\/|<=|>=|==|!=|[-+*/%<>()[\],]/y;

const meanings: Readonly<Record<string, string>> = {
  "===": "==",
  "!==": "!=",
  "=": "==",
  "&&": "and",
  "&": "and",
  "||": "or",
  "|": "or",
  "!": "not ",
  "=>": ">=",
  "=<": "<=",
  "<>": "!=",
  "≤": "<=",
  "≥": ">=",
  "≠": "!=",
  "×": "*",
  "÷": "/",
  "^": "**",
};

/** Stops at the first word that it cannot read. */
export function tokensOf(source: string): Reading {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const [blank] = matchAt(space, source, at) ?? [];
    if (blank !== undefined) {
      at += blank.length;
      continue;
    }
    const token = tokenAt(source, at);
    if (token === undefined) return { kind: "fault", fault: faultAt(source, at) };
    tokens.push(token);
    at = token.end;
  }
  return { kind: "tokens", tokens };
}

function tokenAt(source: string, start: number): Token | undefined {
  const [digits] = matchAt(number, source, start) ?? [];
  if (digits) {
    const value = Number(digits.replaceAll("_", ""));
    return { kind: "number", value, start, end: start + digits.length };
  }
  const [word] = matchAt(name, source, start) ?? [];
  if (word !== undefined) {
    return { kind: "name", name: word, quoted: false, start, end: start + word.length };
  }
  const [backticks, inside] = matchAt(quotedName, source, start) ?? [];
  if (backticks !== undefined && inside !== undefined) {
    return { kind: "name", name: inside, quoted: true, start, end: start + backticks.length };
  }
  const [written, double, single] = matchAt(text, source, start) ?? [];
  if (written !== undefined) {
    const value = (double ?? single ?? "").replaceAll(/\\(.)/g, "$1");
    return { kind: "text", value, start, end: start + written.length };
  }
  if (matchAt(foreign, source, start) !== undefined) return undefined;
  const [sign] = matchAt(symbol, source, start) ?? [];
  return sign === undefined
    ? undefined
    : { kind: "symbol", symbol: sign, start, end: start + sign.length };
}

function faultAt(source: string, start: number): SyntaxFault {
  const [written] = matchAt(foreign, source, start) ?? [];
  if (written !== undefined) {
    const meant = meanings[written] ?? written;
    return { kind: "foreign-operator", written, meant, start, end: start + written.length };
  }
  const character = String.fromCodePoint(source.codePointAt(start) ?? 0);
  if (/["'`]/.test(character)) {
    return { kind: "unclosed", opening: character, start, end: source.length };
  }
  const [run = character] = /^[\w.]+/.exec(source.slice(start)) ?? [];
  return { kind: "character", character: run, start, end: start + run.length };
}

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source) ?? undefined;
}
