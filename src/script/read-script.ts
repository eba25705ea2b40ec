/** Reads a training script, with all that it imports from the workspace, without running it. */
import { commandLinesOf as argparseLines, foreignLinesOf } from "./argparse/command-lines.js";
import { newParsers, parsersFollower, usesRawArguments } from "./argparse/parsers.js";
import { builtinsFollower } from "./flow/builtins.js";
import { follow } from "./flow/flow.js";
import { commandLinesOf as libraryLines } from "./libraries/index.js";
import { metricsOf } from "./metrics/metrics.js";
import { type Modules, readModules } from "./modules.js";
import { type PythonModule, parseModule } from "./python/module.js";
import type { Gap, ScriptReading, SourceFiles } from "./reading.js";
import { configFollower, newWandbConfig } from "./wandb-config/config.js";
import { configUseOf } from "./wandb-config/config-use.js";

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
 * `readScript` with a memory: a text that it has seen is not parsed again, and a program gives the
 * reading that it gave before as long as nothing that was read for it has changed.
 */
export function scriptReader(): typeof readScript {
  const parsed = new Map<string, PythonModule>();
  const kept = new Map<string, Kept>();
  const parse = (path: string, text: string): PythonModule => {
    const known = parsed.get(path);
    if (known?.text === text) return known;
    const module = parseModule(path, text, known);
    parsed.set(path, module);
    return module;
  };
  return (program, files, options = {}) => {
    const known = kept.get(program);
    if (known !== undefined && known.root === options.root && isUnchanged(known, files)) {
      return known.reading;
    }
    const seen = noting(files);
    const modules = readModules(program, seen.files, { ...options, parse });
    const reading = modules && readingOf(modules);
    kept.set(program, { ...seen, root: options.root, reading });
    return reading;
  };
}

interface Seen {
  readonly texts: ReadonlyMap<string, string | undefined>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
}

interface Kept extends Seen {
  readonly root: string | undefined;
  readonly reading: ScriptReading | undefined;
}

/** The same files, and what was seen of them. */
function noting(files: SourceFiles): Seen & { readonly files: SourceFiles } {
  const texts = new Map<string, string | undefined>();
  const lists = new Map<string, readonly string[]>();
  return {
    texts,
    lists,
    files: {
      read: (path) => {
        const text = files.read(path);
        texts.set(path, text);
        return text;
      },
      list: (folder) => {
        const names = files.list(folder);
        lists.set(folder, names);
        return names;
      },
    },
  };
}

function isUnchanged({ texts, lists }: Seen, files: SourceFiles): boolean {
  for (const [path, text] of texts) if (files.read(path) !== text) return false;
  for (const [folder, names] of lists) {
    if (files.list(folder).join("\n") !== names.join("\n")) return false;
  }
  return true;
}

function readingOf(modules: Modules): ScriptReading {
  const words = new Set<string>();
  for (const module of modules.all) for (const word of module.words) words.add(word);
  const parsers = newParsers(modules);
  const config = newWandbConfig();
  const flow = follow(modules, [
    configFollower(config),
    parsersFollower(parsers),
    builtinsFollower,
  ]);
  const use = configUseOf(modules, config, parsers);
  const known = [...argparseLines(parsers, use.isRead), ...libraryLines(modules, modules.files)];
  const commandLines = known.length > 0 ? known : foreignLinesOf(parsers);
  const gaps = flow.budget > 0 ? modules.gaps : [...modules.gaps, tooMuch(modules)];
  return {
    program: modules.program.path,
    files: modules.all.map(({ path }) => path),
    commandLines,
    config: use,
    metrics: metricsOf(modules),
    words,
    readsArguments: commandLines.length > 0 || mentionsCommandLine(modules),
    ...(usesRawArguments(parsers) && { usesRawArguments: true }),
    ...(config.startsAgent !== undefined && { startsAgent: config.startsAgent }),
    gaps,
  };
}

function tooMuch({ program }: Modules): Gap {
  return { place: program.place({ start: 0, end: 0 }), why: "too-many-files" };
}

function mentionsCommandLine({ all }: Modules): boolean {
  return all.some(({ words }) => words.has("argv"));
}
