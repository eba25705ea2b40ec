/** What completion offers, before it is fitted to the cursor; and what each part of it goes by. */
import type { ScriptReading } from "../script/reading.js";
import type { Json } from "../space/value.js";
import { readPlain } from "../sweep/pyyaml.js";
import type { Cursor } from "./cursor.js";
import { type Sweepable, sweepablesOf, takesConfigKeys } from "./options.js";
import type { Context } from "./practice/practice.js";
import type { Sketch } from "./sketch.js";
import type { Surroundings } from "./surroundings.js";

export interface Offer {
  readonly label: string;
  readonly kind: "key" | "parameter" | "value" | "macro" | "form" | "file";
  readonly snippet: string;
  /** Beside the label, in a few words. */
  readonly detail?: string;
  readonly filterText?: string;
  readonly documentation: string;
  readonly deprecated?: boolean;
  /** Accepted, but of little use here: offered last. */
  readonly last?: boolean;
  readonly takesWord?: boolean;
}

/**
 * For numbers that are only proposed: shown until one is typed. An editor would take Enter behind a 1
 * for the 10 that it shows.
 */
export const untilTyped = { filterText: "proposed" } as const;

export interface Site {
  readonly cursor: Cursor;
  /** The word at the cursor, quotes included. */
  readonly typed: string;
  readonly sketch: Sketch;
  readonly around: Surroundings;
  /** Absent: the program is not known, or not one that was read. */
  readonly script?: ScriptAround;
}

export interface ScriptAround {
  readonly reading: ScriptReading;
  readonly options: readonly Sweepable[];
  readonly context: Context;
}

interface Kept {
  readonly key: string;
  readonly script: ScriptAround;
}

/** While one word is typed, nothing of this changes from letter to letter. */
const keptOf = new WeakMap<ScriptReading, Kept>();

/** Undefined where no script is known that the sweep may mean. */
export function scriptAround(around: Surroundings, sketch: Sketch): ScriptAround | undefined {
  const reading = readingOf(around);
  if (reading === undefined) return undefined;
  const { command, method, parameters } = sketch;
  const set = parameters.map(({ name, fields }) => [name, fields.get("value")]);
  const key = JSON.stringify([command, method, set]);
  const kept = keptOf.get(reading);
  if (kept?.key === key) return kept.script;
  const all = sweepablesOf(reading, command);
  const options = takesConfigKeys(reading, command)
    ? all
    : all.filter(({ from }) => from !== "wandb.config");
  const context = contextOfSketch(reading, options, sketch);
  const script = { reading, options, context };
  keptOf.set(reading, { key, script });
  return script;
}

/** The program's; where there is none, that of the script which is most likely meant. */
function readingOf({ program, likely }: Surroundings): ScriptReading | undefined {
  switch (program?.kind) {
    case undefined:
      return likely;
    case "missing":
      return program.likely;
    case "unread":
      return undefined;
    case "read":
      return program.reading;
  }
}

function contextOfSketch(
  reading: ScriptReading,
  options: readonly Sweepable[],
  { parameters, method }: Sketch,
): Context {
  const settings = new Map(
    options.flatMap(({ called, default: preset }) =>
      preset === undefined ? [] : [[called, preset] as const],
    ),
  );
  for (const { name, fields } of parameters) {
    const constant = fields.get("value");
    if (constant !== undefined) settings.set(name, literalOf(constant));
    else settings.delete(name);
  }
  return {
    siblings: [...parameters.map(({ name }) => name), ...options.map(({ called }) => called)],
    settings: Object.fromEntries(settings),
    words: reading.words,
    ...(method !== undefined && { method }),
  };
}

function literalOf(written: string): Json {
  const read = readPlain(written);
  return read.type === "unreadable" ? written : read.value;
}
