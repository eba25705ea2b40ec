/** Fixes of the text itself. */
import { closest } from "../../sweep/closest.js";
import type { SweepDocument } from "../../sweep/parse.js";
import type { YamlProblem } from "../../sweep/problem.js";
import type { TextRange } from "../../sweep/tree.js";
import { plainDigits } from "../../sweep/yaml-messages.js";
import { lineOf, removalOf, type TextEdit } from "../edit.js";
import { isBlank, linesOf, withoutComment } from "../outline.js";
import { holderAt } from "../rewrite.js";
import {
  type Fix,
  type Fixers,
  insertion,
  possible,
  preferred,
  quote,
  replacement,
} from "./fix.js";

type Misread = Extract<YamlProblem, { code: "yaml-versions-differ" }>;

export const yamlFixes: Fixers<YamlProblem> = {
  "yaml-syntax": ({ reason }, range, { text }) => [colonFix(reason, range, text)],
  "tab-between-words": (_problem, range, { text }) => [
    lineOf(text, range.start).before.trim() === ""
      ? preferred("Indent with spaces", ...spacesForTabs(text))
      : preferred("Use spaces", replacement(range, "  ")),
  ],
  "character-not-allowed": (_problem, range) => [preferred("Delete it", replacement(range, ""))],
  "alias-unknown": ({ name }, range, { text }) => {
    const above = text.slice(0, range.start);
    const anchors = [...above.matchAll(/(?<=[\s[{,]|^)&([\w-]+)/g)].map(
      ([, anchor = ""]) => anchor,
    );
    const near = closest(name, anchors);
    return [
      near === undefined
        ? undefined
        : preferred(`Change to *${near}`, replacement(range, `*${near}`)),
    ];
  },
  "number-without-dot": ({ replacement: number }, range) => [
    preferred(`Write ${number}`, replacement(range, number)),
  ],
  "yaml-versions-differ": (problem, range, document) => fixesOfMisread(problem, range, document),
  "date-as-text": quote,
  "integer-too-large": quote,
  "scalar-unreadable": ({ text, tag }, range) => (tag === undefined ? quote({ text }, range) : []),
  "key-not-text": ({ text }, range) => (text === "" ? [] : quote({ text }, range)),
  "duplicate-key": ({ key, first }, range, { text }) => {
    const [one, other] = [removalOf(text, first), removalOf(text, range)];
    if (one === undefined || other === undefined) return [];
    // Which of two was meant only the user knows.
    const isPreferred = wordsIn(text, one.range) === wordsIn(text, other.range);
    return [
      { ...possible(`Delete the first ${key}, which is overridden`, one), isPreferred },
      possible(`Delete this ${key}, which overrides the first`, other),
    ];
  },
};

/** Without comments and the room between words. */
function wordsIn(text: string, { start, end }: TextRange): string {
  const lines = linesOf(text.slice(start, end));
  return lines
    .map((line) => withoutComment(line.text).trim())
    .join("\n")
    .trim();
}

function fixesOfMisread(
  { text, reads, otherwise, form, isPadded }: Misread,
  range: TextRange,
  document: SweepDocument,
): readonly Fix[] {
  const quotes = (isBest: boolean): Fix => {
    const [fix] = quote({ text }, range);
    return { title: "Put it in quotes", edits: fix?.edits ?? [], isPreferred: isBest };
  };
  const asRead = typeof reads === "string" ? otherwise : String(reads);
  switch (form) {
    case "leading-zero": {
      const plain = plainDigits(text);
      const decimal = {
        ...possible(`Write ${plain}`, replacement(range, plain)),
        isPreferred: !isPadded,
      };
      const octal =
        plain === asRead ? [] : [possible(`Write ${asRead}`, replacement(range, asRead))];
      return isPadded
        ? [quotePadded(text, range, document), decimal, ...octal]
        : [decimal, ...octal, quotes(false)];
    }
    case "sixties":
    case "octal-prefix":
      return [quotes(true), possible(`Write ${asRead}`, replacement(range, asRead))];
    case "word":
    case "underscores":
    case "binary":
      return [preferred(`Write ${asRead}`, replacement(range, asRead)), quotes(false)];
  }
}

/** With all others of its width: a list of names that are partly numbers helps no one. */
function quotePadded(text: string, range: TextRange, document: SweepDocument): Fix {
  const holder = holderAt(document, range);
  const items = holder?.kind === "list" ? holder.items : [];
  const padded = items.filter(
    (item) =>
      item.kind === "scalar" &&
      item.plain &&
      item.source.length === text.length &&
      /^\d+$/.test(item.source),
  );
  const edits = padded.map((item) =>
    replacement(item.range, item.kind === "scalar" ? `"${item.source}"` : ""),
  );
  return { title: "Put all of this width in quotes", edits, isPreferred: true };
}

/** A key without its colon, or without the space behind it. */
function colonFix(reason: string, range: TextRange, text: string): Fix | undefined {
  if (reason !== "MULTILINE_IMPLICIT_KEY" && reason !== "MISSING_CHAR") return undefined;
  const { line } = lineOf(text, range.start);
  const [, word = "", rest = ""] = /^\s*([\w.-]+)(:\S.*)?\s*$/.exec(line.text) ?? [];
  if (word === "") return undefined;
  const end = line.start + line.text.indexOf(word) + word.length;
  return rest === ""
    ? preferred("Add the colon", insertion(end, ":"))
    : preferred("Add a space after the colon", insertion(end + 1, " "));
}

/** In the indent of every line; what follows a key that holds nothing yet stands deeper than it. */
function spacesForTabs(text: string): readonly TextEdit[] {
  const widths = new Map<string, number>();
  let above = { width: 0, opens: false };
  return linesOf(text).flatMap((line) => {
    const [indent = ""] = /^[ \t]*/.exec(line.text) ?? [];
    const expanded = indent.replaceAll("\t", "  ").length;
    const isTabbed = indent.includes("\t");
    const known = isTabbed ? widths.get(indent) : undefined;
    const width =
      isTabbed && above.opens ? Math.max(expanded, above.width + 2) : (known ?? expanded);
    if (!isBlank(line)) {
      widths.set(indent, width);
      above = { width, opens: /:$/.test(withoutComment(line.text).trimEnd()) };
    }
    return isTabbed
      ? [replacement({ start: line.start, end: line.start + indent.length }, " ".repeat(width))]
      : [];
  });
}
