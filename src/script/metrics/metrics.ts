/**
 * The metrics that a script reports, and where.
 *
 * What counts is what reaches us or W&B: calls that log, libraries that log for the script, and
 * what is printed. Names are followed through variables, functions and files; where one cannot be,
 * the place stands in `open`, and nothing may be said to be missing.
 */
import type { Modules } from "../modules.js";
import { dottedPath, expressionsWithin } from "../python/walk.js";
import type { MetricReports, ReportedMetric, SourcePlace } from "../reading.js";
import { type Reports, reportsByCall } from "./calls.js";
import { reportsByTrainer } from "./huggingface.js";
import { callsNamed, importedPackages, indexOf, type ScriptIndex } from "./index.js";
import { reportsByKeras } from "./keras.js";
import { reportingLibraries } from "./libraries.js";
import { reportsByPrint } from "./prints.js";

/** Never throws. */
export function metricsOf(modules: Modules): MetricReports {
  const index = indexOf(modules);
  const packages = importedPackages(modules.all);
  const reports = [
    ...reportsByCall(index),
    ...reportsByTrainer(index),
    ...reportsByKeras(index, packages),
    ...reportsByLibraries(modules, packages),
    ...reportsByPrint(index),
  ];
  return {
    reported: distinctly(reports),
    open: [
      ...reports.flatMap(({ open }) => open),
      ...unseenModels(index, packages),
      ...otherPrograms(index),
    ],
  };
}

/** A name once, by what reports it first: calls before libraries, and these before what is printed. */
function distinctly(reports: readonly Reports[]): readonly ReportedMetric[] {
  const found = new Map<string, ReportedMetric>();
  for (const { by, keys } of reports) {
    for (const { name, place } of keys) {
      const key = JSON.stringify(name);
      if (!found.has(key)) found.set(key, { name, by, place });
    }
  }
  return [...found.values()];
}

function reportsByLibraries(modules: Modules, packages: ReadonlySet<string>): readonly Reports[] {
  const place = beginningOf(modules);
  return reportingLibraries.flatMap(({ packages: own, names }) => {
    const by = own.find((name) => packages.has(name));
    if (by === undefined) return [];
    const keys = (names ?? []).map((name) => ({ name, place }));
    return [{ by, keys, open: names === undefined ? [place] : [] }];
  });
}

function beginningOf({ program }: Modules): SourcePlace {
  return program.place({ start: 0, end: 0 });
}

/** Lightning without a module that logs: the module lies outside, or is named in a file. */
function unseenModels(index: ScriptIndex, packages: ReadonlySet<string>): readonly SourcePlace[] {
  const names = ["lightning", "pytorch_lightning", "lightning_fabric"];
  if (!names.some((name) => packages.has(name))) return [];
  const logs = callsNamed(index, ["log", "log_dict"]).filter(({ scope }) => scope.owner);
  return logs.length > 0 ? [] : [beginningOf(index.modules)];
}

/** A script that starts other scripts: what they report is not seen. */
function otherPrograms(index: ScriptIndex): readonly SourcePlace[] {
  const starts = ["run", "Popen", "call", "check_call", "check_output", "system"];
  return callsNamed(index, starts).flatMap(({ call, scope }) => {
    const startsPython = call.arguments.some(({ value }) =>
      [...expressionsWithin(value)].some((each) => {
        if (each.kind === "constant") return isProgram(each.value);
        if (each.kind === "format") return each.pieces.some(isProgram);
        return dottedPath(each)?.join(".") === "sys.executable";
      }),
    );
    return startsPython ? [scope.module.place(call)] : [];
  });
}

function isProgram(text: unknown): boolean {
  return (
    typeof text === "string" && /\bpython|\.py\b|\btorchrun\b|\baccelerate launch\b/.test(text)
  );
}
