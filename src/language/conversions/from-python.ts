/** Sweeps that stand in a Python file as dictionaries, as sweep files. */
import { parseModule } from "../../script/python/module.js";
import type { Call, Expression, Span } from "../../script/python/syntax.js";
import { argumentOf, dottedPath } from "../../script/python/walk.js";
import { type Draft, type MapDraft, mapOf, missingIn, textOf, wordOf } from "./draft.js";
import { isNotebook, pythonOfNotebook } from "./notebook.js";
import type { Note } from "./notes.js";
import { copyOf, PythonValues } from "./python-values.js";

export interface ExtractedSweep {
  /** What the file calls it; absent where it stands in the call of `wandb.sweep` itself. */
  readonly name?: string;
  /** The call, or else the file as a whole. */
  readonly place: Span;
  readonly text: string;
  readonly notes: readonly Note[];
}

/**
 * Those that are handed to `wandb.sweep` first, in the order of the file; where there is no such
 * call, the dictionaries that look like sweeps. Never throws. `path` becomes the program where a
 * sweep names none. Of a notebook, the places are those in its code cells put together.
 */
export function sweepsInPython(path: string, source: string): readonly ExtractedSweep[] {
  const text = isNotebook(path) ? (pythonOfNotebook(source) ?? "") : source;
  const { body } = parseModule(path, text);
  const handed: { readonly draft: MapDraft; readonly call: Call; readonly name?: string }[] = [];
  const values = new PythonValues(text, (call, read) => {
    const config = isSweepCall(call) ? argumentOf(call, "sweep", 0) : undefined;
    if (config === undefined || handed.some((each) => each.call === call)) return;
    const draft = copyOf(read(config));
    if (draft.kind !== "map") return;
    addOptions(draft, call, read);
    handed.push({ draft, call, ...(config.kind === "name" && { name: config.name }) });
  });
  const names = values.read(body);
  if (handed.length > 0) {
    return handed.map(({ draft, call, name }) => extracted(draft, call, path, name));
  }
  const whole = { start: 0, end: text.length };
  return [...names].flatMap(([name, draft]) =>
    draft.kind === "map" && looksLikeSweep(draft) ? [extracted(draft, whole, path, name)] : [],
  );
}

function isSweepCall({ callee }: Call): boolean {
  const called = dottedPath(callee)?.join(".");
  return called === "wandb.sweep" || called === "sweep" || called === "wandb.wandb_sweep.sweep";
}

/** Project and entity may be said in the call. */
function addOptions(draft: MapDraft, call: Call, read: (each: Expression) => Draft): void {
  for (const [key, position] of [
    ["entity", 1],
    ["project", 2],
  ] as const) {
    const given = argumentOf(call, key, position);
    if (given === undefined || draft.entries.has(key)) continue;
    const value = read(given);
    if (value.kind === "word" && typeof value.value === "string") draft.entries.set(key, value);
  }
}

function looksLikeSweep({ entries }: MapDraft): boolean {
  return entries.has("parameters") && (entries.has("method") || entries.has("metric"));
}

function extracted(draft: MapDraft, place: Span, path: string, name?: string): ExtractedSweep {
  const { start, end } = place;
  const notes: Note[] = missingIn(draft).map(({ where, source }) => ({
    code: "not-known",
    where,
    source: source.replaceAll(/\s+/g, " "),
  }));
  const program = path.split(/[\\/]/).at(-1) ?? path;
  const isNamed = draft.entries.has("program") || draft.entries.has("command");
  const isAssumed = !isNamed && !isNotebook(path);
  if (isAssumed) notes.push({ code: "program-assumed", program });
  else if (!isNamed) notes.push({ code: "no-program", notebook: program });
  const file = isAssumed ? mapOf([["program", wordOf(program)], ...draft.entries]) : draft;
  return {
    ...(name !== undefined && { name }),
    place: { start, end },
    text: textOf(file),
    notes,
  };
}
