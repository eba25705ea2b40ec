/** Fixes of keys that do not fit together, and of the command. */
import type { SweepDocument } from "../../sweep/parse.js";
import type { CommandProblem, SweepRule } from "../../sweep/problem.js";
import { entryOf, type TextNode, type TextRange } from "../../sweep/tree.js";
import { itemRemovalOf, removalOf } from "../edit.js";
import {
  addKey,
  flattenItem,
  holderAt,
  replaceKeys,
  splitWords,
  useMacro,
  writeNumber,
} from "../rewrite.js";
import { passAllArguments } from "./arguments.js";
import { type Fix, type Fixers, possible, preferred, preferredIf, replacement } from "./fix.js";

export const ruleFixes: Fixers<SweepRule | CommandProblem> = {
  "bayes-needs-metric": (_problem, _range, { root }) => [useRandom(root)],
  "grid-needs-discrete": ({ distribution }, range, document) => [
    distribution === "uniform" ? inTenSteps(range, document) : undefined,
    useRandom(document.root),
  ],
  "run-cap-below-grid": (_problem, _range, { root }) => [useRandom(root)],
  "grid-huge": (_problem, _range, { root }) => [useRandom(root)],
  "grid-drops-max": ({ min, max, q }, range, document) => [
    preferred(`Write ${writeNumber(max + q / 2)}`, replacement(range, writeNumber(max + q / 2))),
    listSteps({ min, max, q }, range, document),
  ],
  "hyperband-without-s": ({ s }, range, document) => {
    const holder = holderAt(document, range);
    const deletion = removalOf(document.text, range);
    return [
      s === undefined ? undefined : preferredIf(`Add s: ${s}`, addKey(document, holder, `s: ${s}`)),
      deletion && { title: "Delete max_iter", edits: [deletion], isPreferred: s === undefined },
    ];
  },
  "hyperband-repeated-bands": ({ bands }, range) => {
    const s = new Set(bands).size;
    return [preferred(`Use s: ${s}`, replacement(range, String(s)))];
  },
  "command-null-element": (_problem, range, { text }) => {
    const edit = itemRemovalOf(text, range);
    return [edit && preferred("Delete it", edit)];
  },
  "command-unknown-macro": ({ closest, isParameter }, range, document) => {
    if (isParameter) return [passAllArguments(document)];
    return closest === undefined
      ? []
      : [preferred(`Change to ${closest}`, useMacro(document, range, closest))];
  },
  "command-embedded-macro": ({ isParameter }, _range, document) => [
    isParameter ? passAllArguments(document) : undefined,
  ],
  "command-macro-form": ({ macro }, range, document) => [
    preferred(`Write ${macro}`, useMacro(document, range, macro)),
  ],
  "command-several-words": ({ element }, range, document) => [
    preferredIf("Put each word on a line of its own", splitWords(document, range, element)),
  ],
  "command-not-a-word": (_problem, range, document) => [
    preferredIf("Put each word on a line of its own", flattenItem(document, range)),
  ],
};

function useRandom(root: TextNode | undefined): Fix | undefined {
  const method = entryOf(root, "method")?.value;
  return method && possible("Use method: random", replacement(method.range, "random"));
}

function inTenSteps(range: TextRange, document: SweepDocument): Fix | undefined {
  const holder = holderAt(document, range);
  const node =
    holder?.kind === "map" && entryOf(holder, "min") ? holder : valueBelow(holder, range);
  const [min, max] = ["min", "max"].map((key) => entryOf(node, key)?.value);
  if (min?.kind !== "scalar" || max?.kind !== "scalar") return undefined;
  const step = (Number(max.value) - Number(min.value)) / 10;
  const edits = addKey(document, node, `q: ${writeNumber(step)}`);
  const named = entryOf(node, "distribution")?.value.range;
  if (edits === undefined || !(step > 0)) return undefined;
  const name =
    named === undefined
      ? addKey(document, node, "distribution: q_uniform")
      : [replacement(named, "q_uniform")];
  return name && possible("Use q_uniform in ten steps", ...name, ...edits);
}

/** The parameter whose name a problem points at. */
function valueBelow(holder: TextNode | undefined, { start }: TextRange): TextNode | undefined {
  if (holder?.kind !== "map") return undefined;
  return holder.entries.find(({ keyRange }) => keyRange.start === start)?.value;
}

interface Steps {
  readonly min: number;
  readonly max: number;
  readonly q: number;
}

/** All points of a grid, `max` included, where they fit on a line. */
function listSteps(
  { min, max, q }: Steps,
  range: TextRange,
  document: SweepDocument,
): Fix | undefined {
  const count = Math.round((max - min) / q) + 1;
  const holder = holderAt(document, range);
  if (count > 20 || holder?.kind !== "map") return undefined;
  const points = Array.from({ length: count }, (_, index) => writeNumber(min + index * q));
  const list = replaceKeys(document, holder, `values: [${points.join(", ")}]`);
  return possible("List the values", ...list);
}
