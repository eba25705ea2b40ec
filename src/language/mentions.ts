/** Where a sweep speaks of its parameters and metrics, in all of its blocks. */
import type { SweepDocument } from "../sweep/parse.js";
import {
  type MapEntry,
  type ScalarNode,
  type TextNode,
  type TextRange,
  textOf,
  valueAt,
} from "../sweep/tree.js";
import { parameterEntries } from "./parameter-entries.js";

export interface Mention {
  readonly of: "parameter" | "metric";
  readonly name: string;
  readonly range: TextRange;
  /** Where a parameter is defined, not only spoken of. */
  readonly defines?: MapEntry;
}

/** In no order. */
export function mentionsIn(document: SweepDocument): readonly Mention[] {
  const { root } = document;
  const entries = parameterEntries(root);
  const names = new Set(entries.map(({ name }) => name));
  return [
    ...entries.map(({ name, entry }) => ({ ...ofParameter(name, entry.keyRange), defines: entry })),
    ...metricNames(root),
    ...inDeck(document, names).filter(({ of, name }) => of === "metric" || names.has(name)),
  ];
}

/** The one whose word holds `offset`, or ends at it. */
export function mentionAt(document: SweepDocument, offset: number): Mention | undefined {
  return mentionsIn(document).find(({ range }) => range.start <= offset && offset <= range.end);
}

function ofParameter(name: string, range: TextRange): Mention {
  return { of: "parameter", name, range };
}

function metricNames(root: TextNode | undefined): Mention[] {
  const metrics = valueAt(root, "metrics");
  return [valueAt(root, "metric"), ...itemsOf(metrics)].flatMap(metricName);
}

function metricName(metric: TextNode | undefined): Mention[] {
  const node = valueAt(metric, "name");
  const name = textOf(node);
  return name === undefined || node === undefined
    ? []
    : [{ of: "metric", name, range: node.range }];
}

function inDeck({ text, root }: SweepDocument, names: ReadonlySet<string>): Mention[] {
  const deck = valueAt(root, "sweepdeck");
  const conditions = valueAt(deck, "conditions");
  const conditionMaps = entriesOf(conditions).map(({ value }) => value);
  const keyed = [conditions, ...conditionMaps, ...itemsOf(valueAt(deck, "initial"))];
  const listed = itemsOf(valueAt(deck, "zip")).flatMap(itemsOf);
  const seed = valueAt(valueAt(deck, "repeats"), "seed_parameter");
  return [
    ...keyed.flatMap(entriesOf).map(({ key, keyRange }) => ofParameter(key, keyRange)),
    ...[...listed, ...(seed === undefined ? [] : [seed])].flatMap((node) =>
      node.kind === "scalar" ? [ofParameter(node.source, node.range)] : [],
    ),
    ...itemsOf(valueAt(deck, "constraints")).flatMap((node) =>
      node.kind === "scalar" ? namesInExpression(text, node, names) : [],
    ),
    ...itemsOf(valueAt(deck, "objectives")).flatMap(metricName),
  ];
}

/** The words of a constraint that are parameters; those in backticks may hold any character. */
function namesInExpression(
  text: string,
  { range }: ScalarNode,
  names: ReadonlySet<string>,
): Mention[] {
  const written = text.slice(range.start, range.end);
  return [...written.matchAll(/`([^`]+)`|[A-Za-z_][\w.]*/g)].flatMap(
    ({ index, 0: word, 1: quoted }) => {
      const start = range.start + index;
      const name = quoted ?? word;
      return names.has(name) ? [ofParameter(name, { start, end: start + word.length })] : [];
    },
  );
}

function itemsOf(node: TextNode | undefined): readonly TextNode[] {
  return node?.kind === "list" ? node.items : [];
}

function entriesOf(node: TextNode | undefined): readonly MapEntry[] {
  return node?.kind === "map" ? node.entries : [];
}
