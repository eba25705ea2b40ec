/** The words of a file: what it may call something, wherever it says so. */
import type { SyntaxNodeRef } from "@lezer/common";
import { stringParts, unescaped } from "./strings.js";

/**
 * Adds what a node of the parser's tree says, and tells whether there is more to see within: in all it is
 * every identifier, attribute, keyword and word within a string, with `-` as `_` too. Comments,
 * docstrings and texts of help are left out: a name that is only mentioned there is not read.
 */
export function addWords(node: SyntaxNodeRef, text: string, words: Set<string>): boolean {
  const { name } = node;
  if (name === "VariableName" || name === "PropertyName") {
    words.add(text.slice(node.from, node.to));
  } else if (name === "String" || name === "FormatString") {
    if (isProse(node, text)) return false;
    addStringWords(text.slice(node.from, node.to), words);
  }
  return true;
}

function addStringWords(literal: string, words: Set<string>): void {
  const { prefix, start, end } = stringParts(literal);
  const content = unescaped(literal.slice(start, end), prefix);
  for (const [word] of content.matchAll(/[\p{L}_][\p{L}\p{N}_]*(?:-[\p{L}\p{N}_]+)*/gu)) {
    words.add(word);
    if (!word.includes("-")) continue;
    words.add(word.replaceAll("-", "_"));
    for (const part of word.split("-")) words.add(part);
  }
}

const prose = new Set(["help", "description", "epilog", "usage", "metavar", "short_help", "doc"]);

function isProse(node: SyntaxNodeRef, text: string): boolean {
  const whole = node.node.parent?.name === "ContinuedString" ? node.node.parent : node.node;
  const parent = whole.parent;
  if (parent?.name === "ExpressionStatement") return true;
  const assigned = whole.prevSibling;
  const name = assigned?.name === "AssignOp" ? assigned.prevSibling : undefined;
  return (
    parent?.name === "ArgList" &&
    name?.name === "VariableName" &&
    prose.has(text.slice(name.from, name.to))
  );
}
