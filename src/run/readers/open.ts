/** The readers of a trial, put together as its sweep says. */
import path from "node:path";
import type { AttemptPlace } from "../../study/executor.js";
import { readTextIfThere } from "../../study/files.js";
import type { Measurement, OpenReader, Reader } from "../../study/reader.js";
import { attemptDirectoryOf } from "../attempt.js";
import { parsePythonJson } from "../pythonJson.js";
import { jsonlReader } from "./jsonl.js";
import { linePattern, outputReader } from "./output.js";

export interface MetricsSettings {
  /** Where values are read; absent: everywhere we know. */
  readonly from?: readonly string[];
  /** A regular expression for output lines. */
  readonly pattern?: string;
}

/** Opens the readers of an attempt. What the Python helper reports goes before what is printed of the same name. */
export function openReader(settings: MetricsSettings = {}): OpenReader {
  const reads = (source: string) => settings.from?.includes(source) ?? true;
  const pattern = settings.pattern === undefined ? undefined : linePattern(settings.pattern);
  return (place) => {
    const reported = reads("jsonl")
      ? jsonlReader(path.join(place.trialDirectory, "metrics.jsonl"))
      : undefined;
    const printed = reads("output")
      ? outputReader({
          file: path.join(attemptDirectoryOf(place), "output.log"),
          parameters: () => parameterNames(place),
          pattern,
        })
      : undefined;
    return combined(reported, printed);
  };
}

function combined(reported: Reader | undefined, printed: Reader | undefined): Reader {
  const known = new Set<string>();
  const join = (
    first: readonly Measurement[] = [],
    second: readonly Measurement[] = [],
  ): readonly Measurement[] => {
    for (const { metrics } of first) {
      for (const name of Object.keys(metrics)) known.add(name);
    }
    return [...first, ...second.flatMap((measurement) => without(measurement, known))];
  };
  return {
    read: () => join(reported?.read(), printed?.read()),
    readToEnd: () => join(reported?.readToEnd(), printed?.readToEnd()),
  };
}

function without(measurement: Measurement, names: ReadonlySet<string>): readonly Measurement[] {
  const entries = Object.entries(measurement.metrics);
  const kept = entries.filter(([name]) => !names.has(name));
  if (kept.length === entries.length) return [measurement];
  return kept.length === 0 ? [] : [{ ...measurement, metrics: Object.fromEntries(kept) }];
}

/** The names of the trial's parameters, groups and what is in them, each with its path and without. */
function parameterNames({ trialDirectory }: AttemptPlace): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (value: unknown, prefix: string) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    for (const [name, inner] of Object.entries(value)) {
      names.add(name);
      names.add(prefix + name);
      add(inner, `${prefix}${name}.`);
    }
  };
  add(parsePythonJson(readTextIfThere(path.join(trialDirectory, "config.json")) ?? ""), "");
  return names;
}
