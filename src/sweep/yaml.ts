/**
 * YAML text to a tree of values, as PyYAML's `safe_load` would read it.
 *
 * The `yaml` package finds the structure, under a schema that leaves every scalar as text; what
 * the scalars mean, what merging does and which key wins is decided here, by PyYAML's rules.
 */
import { Composer, type CST, Lexer, Parser } from "yaml";
import type { Report } from "./problem.js";
import { reportForeignCharacters, reportTabs } from "./pyyaml-text.js";
import type { TextNode, TextRange } from "./tree.js";
import { buildTree } from "./tree-builder.js";
import { readByEntries } from "./yaml-entries.js";

/** One slip can break every line below it: more than these tell nothing. */
const errorLimit = 20;

/**
 * How many levels deep a document may go. The parser's second half, and all who walk the tree, go
 * down by recursion; V8 ends the whole process if a regular expression is first used near the end
 * of the stack, so catching the overflow would not do.
 */
const depthLimit = 100;

/** Never throws; undefined where the text holds no value at all. */
export function readYaml(text: string, report: Report): TextNode | undefined {
  reportForeignCharacters(text, report);
  reportTabs(text, report);
  return readByEntries(text, readWhole, report) ?? readWhole(text, report);
}

/** In one piece. */
export function readWhole(text: string, report: Report): TextNode | undefined {
  const tokens = tokensOf(text);
  if (!Array.isArray(tokens)) {
    report(inside(text, [tokens.deepAt, tokens.deepAt + 1]), { code: "nested-too-deep" });
    return undefined;
  }
  const composer = new Composer({
    schema: "failsafe",
    resolveKnownTags: false,
    uniqueKeys: false,
    merge: false,
    logLevel: "silent",
  });
  const documents = [...composer.compose(tokens, true, text.length)];
  const [document, second] = documents;
  if (document === undefined) return undefined;
  for (const { pos, code, message } of document.errors.slice(0, errorLimit)) {
    // The key ends on its line: what follows is drawn in by mistake.
    const isOneLine = code === "MULTILINE_IMPLICIT_KEY";
    const range = inside(text, pos);
    const [first = ""] = text.slice(range.start, range.end).split(/[\r\n]/, 1);
    const end = isOneLine ? range.start + first.length : range.end;
    report({ start: range.start, end }, { code: "yaml-syntax", reason: code, detail: message });
  }
  if (second !== undefined) {
    const start = second.range[0];
    report(inside(text, [start, start + 3]), {
      code: "several-documents",
      count: documents.length,
    });
  }
  return document.contents === null ? undefined : buildTree(document.contents, report);
}

/** The documents of a text as the parser's first half gives them, or where it goes too deep. */
function tokensOf(text: string): CST.Token[] | { readonly deepAt: number } {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > depthLimit) return { deepAt: parser.offset };
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

function inside(text: string, [start, end]: readonly [number, number]): TextRange {
  const from = Math.min(start, text.length);
  return { start: from, end: Math.max(from, Math.min(end, text.length)) };
}
