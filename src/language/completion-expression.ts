/** Completion inside the text of a constraint: parameters, their values, functions, words. */
import { functions } from "../space/expression/functions.js";
import { inExpression } from "../sweep/deck-constraints.js";
import type { TextRange } from "../sweep/tree.js";
import { cursorAt, type Path } from "./cursor.js";
import { lineOf } from "./edit.js";
import type { Offer } from "./offer.js";
import { type Sketch, type SketchedParameter, sketchOf } from "./sketch.js";
import { escaped } from "./snippet.js";

export interface ExpressionSite {
  /** The word at the cursor, which an offer replaces. */
  readonly word: TextRange;
  readonly offers: readonly Offer[];
}

/** Undefined where the cursor is in no constraint. */
export function expressionAt(text: string, offset: number): ExpressionSite | undefined {
  if (!text.includes("constraints")) return undefined;
  const before = writtenBefore(text, offset);
  if (before === undefined) return undefined;
  const [typed = ""] = /(?:`[^`]*|[A-Za-z_][\w.]*)$/.exec(before) ?? [];
  const [rest = ""] = /^[\w.]*`?/.exec(text.slice(offset)) ?? [];
  const end = offset + (typed.startsWith("`") ? rest : rest.replace("`", "")).length;
  const word = { start: offset - typed.length, end };
  const sketch = sketchOf(text);
  const compared =
    /([A-Za-z_][\w.]*|`[^`]+`)\s*(?:[!=]=|(?:not\s+)?in\s*[[(][^\])]*)\s*(["'])[^"']*$/.exec(
      before,
    );
  const [, name = "", quote = ""] = compared ?? [];
  if (compared !== null && isOpen(before, quote)) {
    const [written = ""] = /[^"']*$/.exec(before) ?? [];
    const quoted = { start: offset - written.length, end: offset };
    return { word: quoted, offers: textsOf(name.replaceAll("`", ""), sketch) };
  }
  if (isOpen(before, "'") || isOpen(before, '"')) return { word, offers: [] };
  const operand = before.slice(0, before.length - typed.length);
  return { word, offers: isComplete(operand) ? connectives() : operands(sketch) };
}

/** What is written of the constraint before the cursor, without the quotes around it. */
function writtenBefore(text: string, offset: number): string | undefined {
  const { line, before } = lineOf(text, offset);
  const [, dash = "", item] = /^(\s*(?:-\s+|constraints:\s*\[\s*))(.*)$/.exec(before) ?? [];
  if (item !== undefined && dash.trim() === "-") {
    // A text with spaces has no place of its own: asked for is the place of the empty item.
    const start = line.start + dash.length;
    const without = text.slice(0, start) + text.slice(line.start + line.text.length);
    return isConstraint(cursorAt(without, start)?.path) ? item.replace(/^["']/, "") : undefined;
  }
  const cursor = cursorAt(text, offset);
  if (cursor === undefined || !isConstraint(cursor.path)) return undefined;
  return text.slice(cursor.word.start, offset).replace(/^["']/, "");
}

function isConstraint(path: Path | undefined): boolean {
  return (
    path?.length === 3 && path[0] === "sweepdeck" && path[1] === "constraints" && path[2] === null
  );
}

function isOpen(written: string, quote: string): boolean {
  return written.split(quote).length % 2 === 0;
}

/** Whether an operand stands there, so that an operator comes next. */
function isComplete(before: string): boolean {
  return /(?:[\w.)\]'"`])\s+$/.test(before) && !/\b(?:and|or|not|in)\s+$/.test(before);
}

function operands(sketch: Sketch): readonly Offer[] {
  const parameters = sketch.parameters.map(
    ({ name, fields }): Offer => ({
      label: name,
      kind: "parameter",
      snippet: escaped(inExpression(name)),
      documentation: [...fields].map(([key, value]) => `\`${key}: ${value}\``).join(", "),
    }),
  );
  const called = [...functions].map(
    ([name, { signature, description }]): Offer => ({
      label: name,
      kind: "form",
      snippet: `${name}($1)`,
      detail: signature,
      documentation: description,
    }),
  );
  return [...parameters, ...called, wordOffer("not", "Holds where what follows does not.")];
}

function connectives(): readonly Offer[] {
  return [
    wordOffer("and", "Holds where both sides do."),
    wordOffer("or", "Holds where one of the sides does."),
    wordOffer("in", "One of a list: `width in [64, 128]`."),
    wordOffer("not in", "None of a list."),
  ];
}

function wordOffer(label: string, documentation: string): Offer {
  return { label, kind: "value", snippet: `${label} `, documentation };
}

/** The texts that a parameter can be, as far as they stand in one line. */
function textsOf(name: string, { parameters }: Sketch): readonly Offer[] {
  const parameter = parameters.find((each) => each.name === name);
  return parameter === undefined ? [] : listed(parameter);
}

function listed({ name, fields }: SketchedParameter): readonly Offer[] {
  const inside = /^\[(.*)\]$/s.exec(fields.get("values") ?? "")?.[1] ?? "";
  const values = inside.split(",").map((value) => value.trim().replaceAll(/^["']|["']$/g, ""));
  return values
    .filter((value) => value !== "" && Number.isNaN(Number(value)))
    .map((value) => ({
      label: value,
      kind: "value",
      snippet: escaped(value),
      documentation: `A value of \`${name}\`.`,
    }));
}
