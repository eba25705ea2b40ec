/** Reads a training script, with all that it imports from the workspace, without running it. */
import { metricsOf } from "./metrics/metrics.js";
import { type Modules, readModules } from "./modules.js";
import { type PythonModule, parseModule } from "./python/module.js";
import type { ScriptReading, SourceFiles } from "./reading.js";

export interface ReadingOptions {
  /** The folder above which no module is looked for: that of the workspace. */
  readonly root?: string;
}

/** Never throws; undefined where `files` has no such program. */
export function readScript(
  program: string,
  files: SourceFiles,
  options: ReadingOptions = {},
): ScriptReading | undefined {
  return scriptReader()(program, files, options);
}

/**
 * `readScript` with a memory: a text that it has seen is not parsed again, and a program of which no
 * text has changed gives the reading that it gave before.
 */
export function scriptReader(): typeof readScript {
  const parsed = new Map<string, PythonModule>();
  const readings = new Map<string, { modules: Modules; reading: ScriptReading }>();
  const parse = (path: string, text: string): PythonModule => {
    const known = parsed.get(path);
    if (known?.text === text) return known;
    const module = parseModule(path, text);
    parsed.set(path, module);
    return module;
  };
  return (program, files, options = {}) => {
    const modules = readModules(program, files, { ...options, parse });
    if (modules === undefined) return undefined;
    const known = readings.get(program);
    if (known !== undefined && isSame(known.modules, modules)) return known.reading;
    const reading = readingOf(modules);
    readings.set(program, { modules, reading });
    return reading;
  };
}

function isSame(left: Modules, right: Modules): boolean {
  return (
    left.all.length === right.all.length && left.all.every((module, at) => module === right.all[at])
  );
}

function readingOf(modules: Modules): ScriptReading {
  const words = new Set<string>();
  for (const module of modules.all) for (const word of module.words) words.add(word);
  return {
    program: modules.program.path,
    files: modules.all.map(({ path }) => path),
    commandLines: [],
    config: { isRead: false, keys: [], passedOn: [] },
    metrics: metricsOf(modules),
    words,
    readsArguments: true,
    gaps: modules.gaps,
  };
}
