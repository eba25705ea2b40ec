/** Fixes of keys and values that the grammar does not know. */
import type { SweepDocument } from "../../sweep/parse.js";
import type { ShapeProblem } from "../../sweep/problem.js";
import { readPlain } from "../../sweep/pyyaml.js";
import { entryOf, type TextRange } from "../../sweep/tree.js";
import { removalOf, rewordAt } from "../edit.js";
import { moveKeys } from "../move.js";
import { commandAsList, holderAt, listAsParameters } from "../rewrite.js";
import {
  type Fix,
  type Fixers,
  insertion,
  possible,
  preferred,
  preferredIf,
  replacement,
  useValue,
} from "./fix.js";

type WrongType = Extract<ShapeProblem, { code: "wrong-type" }>;

export const shapeFixes: Fixers<ShapeProblem> = {
  "unknown-key": ({ key, closest }, range, { text }) => {
    if (closest !== undefined) {
      return [preferred(`Change to ${closest}`, rewordAt(text, range, closest))];
    }
    const edit = removalOf(text, range);
    return [edit && possible(`Delete ${key}`, edit)];
  },
  "unknown-value": ({ value, allowed, closest }, range, { text }) => {
    const meant = closest ?? onlyContinuation(String(value), allowed);
    if (meant !== undefined) return [preferred(`Change to ${meant}`, useValue(text, range, meant))];
    if (allowed.length > 6) return [];
    return allowed.map((each) => possible(`Change to ${each}`, useValue(text, range, each)));
  },
  "missing-key": ({ key, where }, range) => [
    key === "method" && where === ""
      ? preferred("Add method: random", insertion(range.start, "method: random\n"))
      : undefined,
  ],
  "wrong-type": (problem, range, document) => [typeFix(problem, range, document)],
  "not-whole": (_problem, range, document) => {
    const distribution = entryOf(holderAt(document, range), "distribution")?.value;
    const isWhole = distribution?.kind === "scalar" && distribution.source === "int_uniform";
    return [
      isWhole ? preferred("Use uniform", replacement(distribution.range, "uniform")) : undefined,
    ];
  },
  "misplaced-key": ({ key, home, others }, range, document) => {
    const what = others.length === 0 ? key : "them";
    const title =
      home === ""
        ? `Move ${key} out of parameters`
        : `Move ${what} below ${home.split(".").at(-1)}`;
    const ranges = [range, ...others.map(({ keyRange }) => keyRange)];
    return [preferredIf(title, moveKeys(document, ranges, home))];
  },
  "null-block": ({ key }, range, { text, root }) => {
    const edit = removalOf(text, entryOf(root, key)?.keyRange ?? range);
    return [edit && preferred(`Delete ${key}`, edit)];
  },
};

/** `max` for maximize: a beginning of one word alone. */
function onlyContinuation(beginning: string, words: readonly string[]): string | undefined {
  const found = words.filter((word) => word.startsWith(beginning.toLowerCase()));
  return beginning.length > 1 && found.length === 1 ? found[0] : undefined;
}

function typeFix(
  { where, expected, found }: WrongType,
  range: TextRange,
  document: SweepDocument,
): Fix | undefined {
  const source = document.text.slice(range.start, range.end);
  if (where === "parameters" && found === "list") {
    return preferredIf("Write it as a map", listAsParameters(document, range));
  }
  if (where === "command" && found === "text") {
    return preferredIf("Write it as a list", commandAsList(document, range, source));
  }
  if (where === "metric" && found === "text") {
    return preferred("Write it as name", replacement(range, `{name: ${source}}`));
  }
  if (where === "early_terminate" && found === "text") {
    return preferred("Write it as type", replacement(range, `{type: ${source}, min_iter: 3}`));
  }
  if (/^parameters\..*\.(?:values|probabilities)$/.test(where)) {
    return found === "null" || found === "map" || source.includes("\n")
      ? undefined
      : preferred("Put it in brackets", replacement(range, inBrackets(source)));
  }
  if (found === "number" && expected.includes("text")) {
    return preferred("Put it in quotes", replacement(range, JSON.stringify(source)));
  }
  const inside = /^(["'])(.*)\1$/.exec(source)?.[2];
  const isNumber = inside !== undefined && typeof plainValue(inside) === "number";
  return isNumber && expected.some((each) => /number$/.test(each))
    ? preferred("Take it out of the quotes", replacement(range, inside))
    : undefined;
}

/** `a, b` and `"a, b"` alike. */
function inBrackets(source: string): string {
  const [, , inside] = /^(["'])(.*,.*)\1$/.exec(source) ?? [];
  return `[${inside ?? source}]`;
}

function plainValue(source: string): unknown {
  const read = readPlain(source);
  return "value" in read ? read.value : undefined;
}
