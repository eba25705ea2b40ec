/** One Python file, read: its statements, its scopes, its places. */
import { type SyntaxNodeRef, type Tree, TreeFragment } from "@lezer/common";
import { parser } from "@lezer/python";
import type { SourcePlace } from "../reading.js";
import { type Scope, scopesOf } from "./scope.js";
import { statementsOf } from "./statements.js";
import type { Call, Expression, Span, Statement } from "./syntax.js";
import { callsIn, expressionsIn, statementsIn } from "./walk.js";
import { addWords } from "./words.js";

export interface PythonModule {
  /** As the reader of files was asked for it. */
  readonly path: string;
  readonly text: string;
  readonly body: readonly Statement[];
  /** The parser's, for parsing what the file becomes next. */
  readonly tree: Tree;
  /** Its own scope, then those of every function and class in it, outer before inner. */
  readonly scopes: readonly Scope[];
  /** Every call of the file, each with the scope that it is made in. */
  readonly calls: readonly ScopedCall[];
  /** Names whose value is changed in place somewhere (`x.append(...)`, `x[k] = ...`, `x.y = ...`). */
  readonly changed: ReadonlySet<string>;
  /** See `addWords`. */
  readonly words: ReadonlySet<string>;
  /** Where it is not Python, as far as the parser knows Python. */
  readonly errors: readonly SourcePlace[];
  readonly place: (span: Span) => SourcePlace;
}

export interface ScopedCall {
  readonly call: Call;
  readonly scope: Scope;
}

/**
 * Reads a file's text. Never throws: what cannot be read is left out, and stands in `errors`.
 *
 * @param earlier what the file was before: what has not changed in it is not parsed again
 */
export function parseModule(path: string, text: string, earlier?: PythonModule): PythonModule {
  const readable = readableText(text);
  const { tree, survey } = parsed(readable, earlier);
  const starts = lineStarts(text);
  const place = ({ start, end }: Span): SourcePlace => {
    return { path, start, end, line: lineOf(starts, start) };
  };
  const body = statementsOf(text, tree.topNode);
  const scopes: Scope[] = [];
  const calls: ScopedCall[] = [];
  const errors = survey.errors.map(place);
  const changed = new Set<string>();
  const { words } = survey;
  const module: PythonModule = {
    path,
    text,
    tree,
    body,
    scopes,
    calls,
    changed,
    words,
    errors,
    place,
  };
  scopes.push(...scopesOf(module));
  for (const scope of scopes) {
    for (const call of callsIn(scope.body)) calls.push({ call, scope });
    addChanged(scope.body, changed);
  }
  return module;
}

/**
 * The same text, every offset kept, with what is Python and yet not in the grammar written another way: a
 * mark of byte order and form feeds as line breaks, blanks at the end as none, `2.` and `1.e5` as `2_` and
 * `1_e5`, and a `yield` of nothing as `None`.
 */
function readableText(text: string): string {
  return `${text.trimEnd()}\n`
    .replaceAll(/^\uFEFF|\f/g, "\n")
    .replaceAll(/\byield(?=[ \t]*(?:$|[)\]#]))/gm, "None ")
    .replaceAll(/(?<![\w.])(\d[\d_]*)\.(?![\w.])/g, "$1_")
    .replaceAll(/(?<![\w.])(\d[\d_]*)\.(?=[eE][-+]?\d)/g, "$1_");
}

interface Parsed {
  readonly tree: Tree;
  readonly survey: Survey;
}

function parsed(text: string, earlier: PythonModule | undefined): Parsed {
  const tree = parser.parse(text, earlier && unchangedParts(earlier, text));
  const survey = surveyOf(tree, text);
  if (earlier === undefined || !survey.hasErrors) return { tree, survey };
  // How the parser recovers from an error depends on where it began: a text is to be read alike
  // whatever it was before.
  const afresh = parser.parse(text);
  return { tree: afresh, survey: surveyOf(afresh, text) };
}

interface Survey {
  readonly words: ReadonlySet<string>;
  readonly errors: readonly Span[];
  /** Also those that the grammar finds in what is Python. */
  readonly hasErrors: boolean;
}

/** What is gathered of a tree in one walk. */
function surveyOf(tree: Tree, text: string): Survey {
  const words = new Set<string>();
  const errors: Span[] = [];
  let hasErrors = false;
  tree.iterate({
    enter(node) {
      if (!node.type.isError) return addWords(node, text, words);
      hasErrors = true;
      if (!isParenthesizedWith(node, text)) errors.push({ start: node.from, end: node.to });
      return true;
    },
  });
  return { words, errors, hasErrors };
}

function unchangedParts(earlier: PythonModule, text: string): readonly TreeFragment[] {
  const before = readableText(earlier.text);
  const shorter = Math.min(before.length, text.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === text.charCodeAt(start)) start += 1;
  let behind = 0;
  while (
    behind < shorter - start &&
    before.charCodeAt(before.length - 1 - behind) === text.charCodeAt(text.length - 1 - behind)
  ) {
    behind += 1;
  }
  const change = {
    fromA: start,
    toA: before.length - behind,
    fromB: start,
    toB: text.length - behind,
  };
  return TreeFragment.applyChanges(TreeFragment.addTree(earlier.tree), [change]);
}

/** The scope of the module itself. */
export function topScope(module: PythonModule): Scope {
  const [top] = module.scopes;
  if (top === undefined) throw new Error(`${module.path} was read without a scope.`);
  return top;
}

/** The scope that a function or a class opens. */
export function scopeOwnedBy(module: PythonModule, owner: Scope["owner"]): Scope | undefined {
  return module.scopes.find((scope) => scope.owner === owner);
}

const changing = new Set(
  "append extend insert update add setdefault pop popitem remove clear discard sort reverse".split(
    " ",
  ),
);

function addChanged(body: readonly Statement[], changed: Set<string>): void {
  for (const expression of expressionsIn(body)) {
    if (expression.kind !== "call" || expression.callee.kind !== "attribute") continue;
    const { object, name } = expression.callee;
    if (object.kind === "name" && changing.has(name)) changed.add(object.name);
  }
  for (const statement of statementsIn(body)) {
    const targets =
      statement.kind === "assign"
        ? statement.targets
        : statement.kind === "update"
          ? [statement.target]
          : [];
    for (const target of targets) {
      if (target.kind !== "subscript" && target.kind !== "attribute") continue;
      const root = rootName(target.object);
      if (root !== undefined) changed.add(root);
    }
  }
}

function rootName(expression: Expression): string | undefined {
  let at = expression;
  while (at.kind === "attribute" || at.kind === "subscript") at = at.object;
  return at.kind === "name" ? at.name : undefined;
}

// `with (open(a) as b, open(c) as d):` is Python since 3.10, and not yet in the grammar, which
// recovers from it without loss.
function isParenthesizedWith(error: SyntaxNodeRef, text: string): boolean {
  let statement = error.node.parent;
  while (statement !== null && statement.name !== "WithStatement") {
    if (statement.name === "Body") return false;
    statement = statement.parent;
  }
  if (statement === null) return false;
  const header = text.slice(statement.from, statement.getChild("Body")?.from ?? error.from);
  return /^(?:async\s+)?with\s*\(/.test(header) && header.trimEnd().endsWith(")");
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
