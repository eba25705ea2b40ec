/** What stands in grey behind the keys of a sweep: how many values each parameter has. */
import { cardinality } from "../space/distribution.js";
import { gridSize, hasGrid } from "../space/grid.js";
import { searchGridSize } from "../space/search-grid.js";
import type { Distribution, Space } from "../space/space.js";
import { spaceOf } from "../sweep/build-space.js";
import type { ParsedSweep } from "../sweep/parse.js";
import { searchedBy } from "../sweep/search-space.js";
import { entryOf, type MapEntry, textOf, valueAt } from "../sweep/tree.js";
import { costInWords, trialsOf } from "./cost.js";
import { short } from "./distribution-words.js";
import { distributionIn, parameterEntries } from "./parameter-entries.js";
import { scheduleMarkdown, survivorsInShort } from "./schedule-words.js";
import type { Surroundings } from "./surroundings.js";

export interface InlayHint {
  /** It is shown before the character here, after a space. */
  readonly offset: number;
  readonly label: string;
  /** Markdown. */
  readonly tooltip?: string;
}

/** In the order of the text; also of a sweep with errors. */
export function inlayHintsOf(parsed: ParsedSweep, around: Surroundings): readonly InlayHint[] {
  const { text, root } = parsed.document;
  const isGrid = textOf(valueAt(root, "method")) === "grid";
  const ofParameters = parameterEntries(root).flatMap(({ entry }) => {
    const distribution = distributionIn(entry.value);
    const label = distribution && countOf(distribution, isGrid);
    return label === undefined ? [] : [{ offset: hintOffset(text, entry), label }];
  });
  const hints = [...totals(parsed, isGrid), ...ofParameters, ...ofSweep(parsed, around)];
  // An alias brings a parameter in twice, and it stands once.
  const byOffset = new Map(hints.map((hint) => [hint.offset, hint]));
  return [...byOffset.values()].sort((a, b) => a.offset - b.offset);
}

/** How many values a parameter has, as the method takes them; undefined of a constant. */
function countOf(distribution: Distribution, isGrid: boolean): string | undefined {
  if (distribution.kind === "constant") return undefined;
  const space: Space = { parameters: [{ name: "", path: [""], distribution }] };
  if (isGrid && hasGrid(distribution)) return counted(gridSize(space), "value");
  const values = cardinality(distribution);
  if (!("q" in distribution)) {
    return Number.isFinite(values) ? counted(values, "value") : continuous(distribution);
  }
  if (Number.isFinite(values)) return `≈ ${counted(values, "step")}`;
  return `steps of ${short(distribution.q)}`;
}

function continuous({ kind }: Distribution): string {
  return kind.includes("log") ? "continuous, log" : "continuous";
}

function counted(count: number, thing: string): string {
  return `${count.toLocaleString("en")} ${thing}${count === 1 ? "" : "s"}`;
}

/** Behind `parameters:` what they come to together. */
function totals({ document, sweep }: ParsedSweep, isGrid: boolean): readonly InlayHint[] {
  const { text, root } = document;
  const entry = entryOf(root, "parameters");
  if (entry === undefined) return [];
  const space = spaceOf(entry.value);
  if (space.parameters.length === 0) return [];
  const searched = space.parameters.filter(({ distribution }) => cardinality(distribution) > 1);
  const fixed = space.parameters.length - searched.length;
  const points = sweep === undefined ? gridSize(space) : searchGridSize(searchedBy(sweep));
  const size = isGrid ? points : Infinity;
  const label = Number.isFinite(size)
    ? counted(size, "combination")
    : `${searched.length} searched${fixed === 0 ? "" : `, ${fixed} fixed`}`;
  return [{ offset: hintOffset(text, entry), label }];
}

function ofSweep({ sweep, document }: ParsedSweep, { past }: Surroundings): readonly InlayHint[] {
  if (sweep === undefined) return [];
  const hints: InlayHint[] = [];
  const rule = sweep.earlyTerminate;
  const stopping = entryOf(document.root, "early_terminate");
  if (rule !== undefined && stopping !== undefined) {
    const label = survivorsInShort(rule, trialsOf(sweep));
    const tooltip = scheduleMarkdown(rule, trialsOf(sweep));
    if (label !== "") hints.push({ offset: hintOffset(document.text, stopping), label, tooltip });
  }
  const cap = entryOf(document.root, "run_cap");
  const cost = costInWords(sweep, past);
  if (cap !== undefined && cost !== "" && past !== undefined) {
    const tooltip = `By the median of the completed trials of ${past.study}.`;
    hints.push({ offset: hintOffset(document.text, cap), label: cost, tooltip });
  }
  return hints;
}

/** Behind a value that ends on the line of its key, else behind the colon. */
function hintOffset(text: string, { keyRange, value }: MapEntry): number {
  const lineBreak = text.slice(keyRange.end).search(/[\r\n]/);
  const lineEnd = lineBreak < 0 ? text.length : keyRange.end + lineBreak;
  const { start, end } = value.range;
  if (keyRange.end < start && start < end && end <= lineEnd) return end;
  const colon = text.indexOf(":", keyRange.end);
  return colon < 0 || colon > lineEnd ? keyRange.end : colon + 1;
}
