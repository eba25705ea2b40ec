/** What a script says of itself, written down for tests of those who are told it. */

import type { Surroundings } from "../../src/language/surroundings.js";
import type {
  CommandLine,
  ConfigKey,
  Option,
  ReportedMetric,
  ScriptReading,
  SourcePlace,
} from "../../src/script/reading.js";

export const scriptPath = "/w/train.py";

/** The place of a name that stands alone on `line` (zero-based) of the script. */
export function placeAt(line: number, name = "x", path = scriptPath): SourcePlace {
  const start = line * 100;
  return { path, start, end: start + name.length, line };
}

/** An option with a spelling of its own name; the n-th of a script may be put on line n. */
export function option(name: string, more: Partial<Option> = {}): Option {
  const takes: Option["takes"] =
    typeof more.default === "number" ? { kind: "number" } : { kind: "text" };
  return {
    name,
    spellings: [`--${name}`],
    takes,
    isRequired: false,
    place: placeAt(1, name),
    ...more,
  };
}

export function commandLine(
  options: readonly Option[],
  more: Partial<CommandLine> = {},
): CommandLine {
  return {
    library: "argparse",
    place: placeAt(0),
    options,
    refusesUnknown: true,
    gaps: [],
    hyphens: "exact",
    abbreviations: true,
    style: "hyphens",
    commands: [],
    ...more,
  };
}

export function configKey(name: string, more: Partial<ConfigKey> = {}): ConfigKey {
  return { name, place: placeAt(2, name), ...more };
}

/** `null` in a name stands for what only a run knows: `["val/", null]`. */
export function reported(
  name: string | readonly (string | null)[],
  more: Partial<ReportedMetric> = {},
): ReportedMetric {
  const parts = typeof name === "string" ? [name] : name;
  return { name: parts, by: "wandb.log", place: placeAt(41), ...more };
}

export function reading(more: Partial<ScriptReading> = {}): ScriptReading {
  return {
    program: scriptPath,
    files: [scriptPath],
    commandLines: [],
    config: { isRead: false, keys: [], passedOn: [] },
    metrics: { reported: [], open: [] },
    words: new Set(),
    readsArguments: true,
    gaps: [],
    ...more,
  };
}

/** Around a sweep whose program says this of itself. */
export function around(
  script: Partial<ScriptReading>,
  more: Partial<Surroundings> = {},
): Surroundings {
  return {
    program: { kind: "read", path: scriptPath, reading: reading(script) },
    programs: ["train.py"],
    interpreters: [],
    ...more,
  };
}
