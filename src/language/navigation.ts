/** From a name in a sweep to where it comes from, and back. */
import type { SourcePlace } from "../script/reading.js";
import type { SweepDocument } from "../sweep/parse.js";
import { type TextRange, valueAt } from "../sweep/tree.js";
import { type Mention, mentionAt, mentionsIn } from "./mentions.js";
import { optionOf, readingIn, type Sweepable } from "./options.js";
import { reportsOf } from "./reports.js";
import type { Surroundings } from "./surroundings.js";
import { trailAt } from "./trail.js";

export type Target =
  /** An argument, a key or a report of the script. */
  | { readonly kind: "source"; readonly place: SourcePlace }
  | { readonly kind: "file"; readonly path: string }
  /** A place in the sweep itself; `name` is what is selected there. */
  | { readonly kind: "sweep"; readonly range: TextRange; readonly name: TextRange };

export interface Definition {
  /** The word that it was asked for. */
  readonly origin: TextRange;
  readonly targets: readonly Target[];
}

/** Where the word under `offset` comes from; undefined where that is not known. */
export function definitionAt(
  document: SweepDocument,
  offset: number,
  around: Surroundings,
): Definition | undefined {
  const program = programAt(document, offset, around);
  if (program !== undefined) return program;
  const mention = mentionAt(document, offset);
  if (mention === undefined) return undefined;
  const targets = [
    ...(mention.defines === undefined ? definitionsInSweep(document, mention) : []),
    ...sourcesOf(document, mention, around).map((place): Target => ({ kind: "source", place })),
  ];
  return targets.length === 0 ? undefined : { origin: mention.range, targets };
}

/** Every place of the sweep that speaks of what stands under `offset`: a parameter or a metric. */
export function referencesAt(document: SweepDocument, offset: number): readonly TextRange[] {
  const mention = mentionAt(document, offset);
  if (mention === undefined) return [];
  return inOrder(mentionsIn(document).filter((each) => isAlike(each, mention)));
}

/** The places of the sweep that speak of what a script says at `offset` of its file `path`. */
export function referencesTo(
  document: SweepDocument,
  around: Surroundings,
  { path, offset }: { readonly path: string; readonly offset: number },
): readonly TextRange[] {
  const isThere = (place: SourcePlace): boolean =>
    place.path === path && place.start <= offset && offset <= place.end;
  return inOrder(
    mentionsIn(document).filter((mention) => sourcesOf(document, mention, around).some(isThere)),
  );
}

function isAlike(a: Mention, b: Mention): boolean {
  return a.of === b.of && a.name === b.name;
}

function inOrder(mentions: readonly Mention[]): readonly TextRange[] {
  // An alias has the range of what it stands for.
  const byStart = new Map(mentions.map(({ range }) => [range.start, range]));
  return [...byStart.values()].sort((a, b) => a.start - b.start);
}

function definitionsInSweep(document: SweepDocument, mention: Mention): readonly Target[] {
  return mentionsIn(document).flatMap(({ defines, ...each }): Target[] => {
    if (defines === undefined || !isAlike(each, mention)) return [];
    const { keyRange, value } = defines;
    const end = Math.max(keyRange.end, value.range.end);
    return [{ kind: "sweep", range: { start: keyRange.start, end }, name: keyRange }];
  });
}

function sourcesOf(
  document: SweepDocument,
  { of, name }: Mention,
  around: Surroundings,
): readonly SourcePlace[] {
  const reading = readingIn(around);
  if (reading === undefined) return [];
  if (of === "metric") return reportsOf(name, reading).map(({ place }) => place);
  const option = optionOf(document, name, around);
  return option === undefined ? [] : [option.place, ...configPlaces(option, around)];
}

/** Where an option is read from `wandb.config` as well. */
function configPlaces({ called, from }: Sweepable, around: Surroundings): readonly SourcePlace[] {
  if (from === "wandb.config") return [];
  const keys = readingIn(around)?.config.keys ?? [];
  return keys.filter(({ name }) => name === called).map(({ place }) => place);
}

/** The program's file, at `program:` and at `${program}` in the command. */
function programAt(
  { text, root }: SweepDocument,
  offset: number,
  { program }: Surroundings,
): Definition | undefined {
  if (program === undefined || program.kind === "missing") return undefined;
  const trail = trailAt(root, offset);
  if (trail?.at !== "value" || trail.node.kind !== "scalar") return undefined;
  const { range } = trail.node;
  const isProgram = trail.node === valueAt(root, "program");
  const isMacro =
    trail.path[0] === "command" && text.slice(range.start, range.end).includes("${program}");
  if (!isProgram && !isMacro) return undefined;
  return { origin: range, targets: [{ kind: "file", path: program.path }] };
}
