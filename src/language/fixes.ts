/** Quick fixes: for each problem the changes that cure it, as far as its own data says which. */
import type { ParsedSweep, SweepDocument } from "../sweep/parse.js";
import type { ProblemCode, ProblemFacts, SweepProblem } from "../sweep/problem.js";
import { entryOf, type TextNode, type TextRange } from "../sweep/tree.js";
import { deckFixers } from "./deck-fixes.js";
import { removalOf, rewordAt, type TextEdit } from "./edit.js";
import {
  addDistribution,
  exponentsAsValues,
  nestGroup,
  splitWords,
  swapBounds,
  wrapParameter,
} from "./rewrite.js";
import { written } from "./snippet.js";

export interface Fix {
  /** What it does, in the imperative. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** The one that was most likely meant. */
  readonly isPreferred: boolean;
}

export type Fixer<C extends ProblemCode> = (
  problem: Extract<ProblemFacts, { code: C }>,
  range: TextRange,
  document: SweepDocument,
) => readonly (Fix | undefined)[];

/** The best first; none where only the user can know. */
export function fixesFor({ document }: ParsedSweep, problem: SweepProblem): readonly Fix[] {
  const fixer = fixers[problem.code] as
    | ((
        facts: ProblemFacts,
        range: TextRange,
        document: SweepDocument,
      ) => readonly (Fix | undefined)[])
    | undefined;
  const fixes = fixer?.(problem, problem.range, document) ?? [];
  return fixes.filter((fix) => fix !== undefined);
}

const fixers: { readonly [C in ProblemCode]?: Fixer<C> } = {
  ...deckFixers,
  "unknown-key": ({ closest }, range, { text }) => [
    closest === undefined
      ? undefined
      : preferred(`Change to ${closest}`, rewordAt(text, range, closest)),
  ],
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
  "number-without-dot": ({ replacement }, range) => [
    preferred(`Write ${replacement}`, { range, newText: replacement }),
  ],
  "yaml-versions-differ": ({ text: source, reads }, range) => [
    typeof reads === "string"
      ? undefined
      : preferred(`Write ${String(reads)}`, { range, newText: String(reads) }),
    possible("Put it in quotes", { range, newText: JSON.stringify(source) }),
  ],
  "date-as-text": quote,
  "integer-too-large": quote,
  "scalar-unreadable": ({ text, tag }, range) => (tag === undefined ? quote({ text }, range) : []),
  "key-not-text": ({ text }, range) => (text === "" ? [] : quote({ text }, range)),
  "duplicate-key": ({ key, first }, _range, { text }) => {
    const edit = removalOf(text, first);
    return [edit && preferred(`Delete the first ${key}, which is overridden`, edit)];
  },
  "null-block": ({ key }, range, { text, root }) => {
    const edit = removalOf(text, entryOf(root, key)?.keyRange ?? range);
    return [edit && preferred(`Delete ${key}`, edit)];
  },
  "tab-between-words": (_problem, range) => [preferred("Use spaces", { range, newText: "  " })],
  "integer-wanted": ({ text }, range) => {
    const whole = text.replace(/\.0*$/, "");
    return [
      /^[-+]?\d+$/.test(whole) ? preferred(`Write ${whole}`, { range, newText: whole }) : undefined,
    ];
  },
  "min-not-below-max": ({ min, max }, range, document) => [
    min > max ? preferredIf("Swap min and max", swapBounds(document, range)) : undefined,
  ],
  "log-uniform-exponents": (problem, range, document) => {
    const { title, edits } = exponentsAsValues(problem, range, document);
    return [{ title, edits, isPreferred: true }];
  },
  "parameter-unclear": ({ candidates, reason }, range, document) =>
    reason === "distribution-needed"
      ? candidates.map((name, index) => {
          const edit = addDistribution(document, range, name);
          return (
            edit && { title: `Add distribution: ${name}`, edits: [edit], isPreferred: index === 0 }
          );
        })
      : [],
  "parameter-not-a-map": ({ suggestion, found }, range, document) => {
    const key = found === "list" ? "values" : "value";
    const edits = suggestion === undefined ? undefined : wrapParameter(document, range, key);
    return [preferredIf(`Write it as ${key}`, edits)];
  },
  "group-without-parameters": (_problem, range, document) => [
    preferredIf("Put what is in it below parameters", nestGroup(document, range)),
  ],
  "grid-needs-discrete": (_problem, _range, { root }) => [useRandom(root)],
  "run-cap-below-grid": (_problem, _range, { root }) => [useRandom(root)],
  "command-unknown-macro": ({ closest }, range, { text }) => [
    closest === undefined
      ? undefined
      : preferred(`Change to ${closest}`, rewordAt(text, range, closest)),
  ],
  "command-several-words": ({ element }, range, document) => [
    preferredIf("Put each word on a line of its own", splitWords(document, range, element)),
  ],
};

function quote({ text }: { readonly text: string }, range: TextRange): readonly Fix[] {
  return [preferred("Put it in quotes", { range, newText: JSON.stringify(text) })];
}

function useRandom(root: TextNode | undefined): Fix | undefined {
  const method = entryOf(root, "method")?.value;
  return method && possible("Use method: random", { range: method.range, newText: "random" });
}

/** `max` for maximize: a beginning of one word alone. */
function onlyContinuation(beginning: string, words: readonly string[]): string | undefined {
  const found = words.filter((word) => word.startsWith(beginning.toLowerCase()));
  return beginning.length > 1 && found.length === 1 ? found[0] : undefined;
}

/** In the quotes that are there, or in those that the value needs. */
function useValue(text: string, range: TextRange, value: string): TextEdit {
  const isQuoted = /^["']/.test(text.slice(range.start, range.end));
  return rewordAt(text, range, isQuoted ? value : written(value));
}

function insertion(offset: number, newText: string): TextEdit {
  return { range: { start: offset, end: offset }, newText };
}

function preferred(title: string, edit: TextEdit): Fix {
  return { title, edits: [edit], isPreferred: true };
}

function possible(title: string, edit: TextEdit): Fix {
  return { title, edits: [edit], isPreferred: false };
}

function preferredIf(title: string, edits: readonly TextEdit[] | undefined): Fix | undefined {
  return edits && { title, edits, isPreferred: true };
}
