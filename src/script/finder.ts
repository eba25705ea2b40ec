/** Which file an import means: Python's search, over the folders that a program may be run from. */
import type { ImportSource } from "./python/scope.js";
import type { SourceFiles } from "./reading.js";

export interface ModuleFinder {
  /** The file of the module that `source` means in the file `from`; undefined: outside the workspace. */
  find(from: string, source: ImportSource): string | undefined;
  /** The `__init__.py` files that run before that module does. */
  packagesOf(from: string, source: ImportSource): readonly string[];
  /** Adds a folder to search, as `sys.path.append` does. */
  addFolder(folder: string): void;
}

/**
 * A finder for a program: its own folder comes first, then the folders above it up to `root`, each with
 * its `src`. Without `root` it goes up as far as the program's path tells.
 */
export function moduleFinder(program: string, files: SourceFiles, root?: string): ModuleFinder {
  const names = new Map<string, ReadonlySet<string>>();
  const namesIn = (folder: string): ReadonlySet<string> => {
    const known = names.get(folder);
    if (known !== undefined) return known;
    const listed = new Set(files.list(folder));
    names.set(folder, listed);
    return listed;
  };
  const folders = foldersAbove(folderOf(program), root).flatMap((folder) => [
    folder,
    joinPath(folder, "src"),
  ]);
  const found = new Map<string, Found>();
  const search = (from: string, { level, module }: ImportSource): Found => {
    const own = folderOf(from);
    const key = `${own}\n${level}\n${module}`;
    const known = found.get(key);
    if (known !== undefined) return known;
    const segments = module === "" ? [] : module.split(".");
    const starts = level > 0 ? [joinPath(own, ...Array(level - 1).fill(".."))] : [...folders, own];
    const result = firstFound(starts, segments, namesIn);
    found.set(key, result);
    return result;
  };
  return {
    find: (from, source) => search(from, source).file,
    packagesOf: (from, source) => search(from, source).packages,
    addFolder: (folder) => {
      folders.push(folder);
      found.clear();
    },
  };
}

interface Found {
  readonly file: string | undefined;
  readonly packages: readonly string[];
}

type NamesIn = (folder: string) => ReadonlySet<string>;

function firstFound(starts: readonly string[], segments: readonly string[], names: NamesIn): Found {
  for (const start of starts) {
    const found = descend(start, segments, names);
    if (found.file !== undefined) return found;
  }
  return { file: undefined, packages: [] };
}

// A folder without `__init__.py` is a package only for the sake of a file in it: the folder `wandb` in
// which runs are kept is not the library of that name.
function descend(start: string, segments: readonly string[], namesIn: NamesIn): Found {
  const packages: string[] = [];
  let folder = start;
  for (const [at, segment] of segments.entries()) {
    const names = namesIn(folder);
    const below = joinPath(folder, segment);
    const isFolder = names.has(`${segment}/`);
    if (isFolder && namesIn(below).has("__init__.py")) {
      packages.push(joinPath(below, "__init__.py"));
    } else if (names.has(`${segment}.py`)) {
      const file = at === segments.length - 1 ? joinPath(folder, `${segment}.py`) : undefined;
      return { file, packages };
    } else if (!isFolder) {
      return { file: undefined, packages };
    }
    folder = below;
  }
  const file = joinPath(folder, "__init__.py");
  return { file: namesIn(folder).has("__init__.py") ? file : undefined, packages };
}

/**
 * The file that `python -m module` runs, as a path to hand to `readScript`: `pkg/mod.py`, or
 * `pkg/__main__.py` where the module is a package. Undefined where there is none.
 */
export function programOfModule(
  module: string,
  folder: string,
  files: SourceFiles,
): string | undefined {
  const finder = moduleFinder(joinPath(folder, "__main__.py"), files, folder);
  const from = joinPath(folder, "__main__.py");
  const file = finder.find(from, { level: 0, module: `${module}.__main__` });
  return file ?? finder.find(from, { level: 0, module });
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : slash === 0 ? "/" : path.slice(0, slash);
}

/** A path below a folder, with `.` and `..` worked out; the folder of relative paths is "". */
export function joinPath(folder: string, ...names: readonly string[]): string {
  const isAbsolute = folder.startsWith("/");
  const segments: string[] = [];
  for (const segment of [folder, ...names].join("/").split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment === ".." && segments.length > 0 && segments.at(-1) !== "..") segments.pop();
    else segments.push(segment);
  }
  return (isAbsolute ? "/" : "") + segments.join("/");
}

function foldersAbove(folder: string, root: string | undefined): string[] {
  const folders = [folder];
  let at = folder;
  while (at !== root && at !== "" && at !== "/" && !/(?:^|\/)\.\.$/.test(at)) {
    at = folderOf(at);
    folders.push(at);
  }
  return folders;
}
