/** Quick fixes of the `sweepdeck:` block. */
import type { DeckProblem } from "../sweep/deck-problem.js";
import type { SweepDocument } from "../sweep/parse.js";
import { type TextRange, textOf } from "../sweep/tree.js";
import { rewordAt, type TextEdit } from "./edit.js";
import { type Fix, type Fixers, preferred, useValue } from "./fixes/fix.js";
import { trailAt } from "./trail.js";

export const deckFixers: Fixers<DeckProblem> = {
  "unknown-parameter": ({ name, closest, isValueOf }, range, document) => {
    if (!isAlone(document, range, name)) return [];
    if (isValueOf !== undefined) {
      const quote = quoteInside(document, range);
      return [
        preferred("Put it in quotes", ...rewrite(document, range, `${quote}${name}${quote}`)),
      ];
    }
    if (closest === undefined) return [];
    const edits = isInConstraint(document, range)
      ? rewrite(document, range, closest)
      : [rewordAt(document.text, range, closest)];
    return [preferred(`Change to ${closest}`, ...edits)];
  },
  "initial-outside": ({ closest }, range, document) => [change(closest, range, document)],
  "condition-impossible": ({ closest }, range, document) => [change(closest, range, document)],
  "constraint-impossible-value": ({ value, closest }, range, document) =>
    closest === undefined || !isAlone(document, range, value)
      ? []
      : [preferred(`Change to ${closest}`, rewordAt(document.text, range, closest))],
  "constraint-function": ({ name, closest }, range, document) =>
    closest === undefined || !isAlone(document, range, name)
      ? []
      : [preferred(`Change to ${closest}`, ...rewrite(document, range, closest))],
  "constraint-hyphens": ({ name }, range, document) =>
    isAlone(document, range, name)
      ? [preferred("Put it in backticks", ...rewrite(document, range, `\`${name}\``))]
      : [],
  "constraint-syntax": ({ found, meant }, range, document) =>
    meant === undefined || !isAlone(document, range, found)
      ? []
      : [
          preferred(
            `Write ${meant.trim()}`,
            ...rewrite(document, range, spaced(document, range, meant)),
          ),
        ],
};

/** A problem inside a text with escapes or line breaks points at the whole of it, where no word can be changed. */
function isAlone({ text }: SweepDocument, { start, end }: TextRange, found: string): boolean {
  const words = text.slice(start, end);
  return words === found || /^(["'`])([\s\S]*)\1$/.exec(words)?.[2] === found;
}

function change(
  closest: string | undefined,
  range: TextRange,
  { text }: SweepDocument,
): Fix | undefined {
  return closest === undefined
    ? undefined
    : preferred(`Change to ${closest}`, useValue(text, range, closest));
}

function isInConstraint({ root }: SweepDocument, { start }: TextRange): boolean {
  const path = trailAt(root, start)?.path;
  return path?.[0] === "sweepdeck" && path[1] === "constraints";
}

/** The quotes of a text in a constraint: others than those around the constraint. */
function quoteInside({ text, root }: SweepDocument, { start }: TextRange): string {
  const node = trailAt(root, start)?.node;
  return node !== undefined && text.charAt(node.range.start) === "'" ? '"' : "'";
}

/** A word for a sign needs spaces around it. */
function spaced({ text }: SweepDocument, { start, end }: TextRange, meant: string): string {
  const word = meant.trim();
  if (!/^[a-z]/.test(word)) return word;
  const before = /[\s(["']/.test(text.charAt(start - 1)) ? "" : " ";
  const after = /\s/.test(text.charAt(end)) ? "" : " ";
  return `${before}${word}${after}`;
}

/** Part of a constraint; the whole is put in quotes where YAML would take its new start for its own. */
function rewrite(
  { text, root }: SweepDocument,
  range: TextRange,
  newText: string,
): readonly TextEdit[] {
  const node = trailAt(root, range.start)?.node;
  const source = textOf(node);
  if (node === undefined || source === undefined || node.range.start !== range.start) {
    return [{ range, newText }];
  }
  if (/^[\w.]/.test(newText)) return [{ range, newText }];
  const rest = text.slice(range.end, node.range.end);
  return [{ range: node.range, newText: JSON.stringify(newText + rest) }];
}
