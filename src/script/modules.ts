/**
 * The modules that a program imports, as far as they lie in the workspace, and where a name that one
 * of them uses is defined.
 */
import { folderOf, joinPath, moduleFinder } from "./finder.js";
import { type PythonModule, parseModule, type ScopedCall } from "./python/module.js";
import type { ImportSource } from "./python/scope.js";
import type { Span } from "./python/syntax.js";
import { argumentOf, dottedPath, statementsIn } from "./python/walk.js";
import type { Gap, SourceFiles } from "./reading.js";

export interface Modules {
  readonly program: PythonModule;
  /** Everything that was read, the program first, then in the order in which it was found. */
  readonly all: readonly PythonModule[];
  /** For what is no Python: configuration that a script composes. */
  readonly files: SourceFiles;
  /** What could not be read or followed: a file that is not Python, an import by a computed name. */
  readonly gaps: readonly Gap[];
  /** The file that `source` means where `from` imports it; undefined: it lies outside the workspace. */
  readonly imported: (from: PythonModule, source: ImportSource) => PythonModule | undefined;
}

export interface ModulesOptions {
  /** The folder above which no module is looked for. */
  readonly root?: string;
  readonly mostFiles?: number;
  /** UTF-16 code units, over all files. */
  readonly mostText?: number;
  /** Reads a text; a caller that keeps what it read hands in its own. */
  readonly parse?: (path: string, text: string) => PythonModule;
}

const mostFiles = 200;
const mostText = 4_000_000;

/** Follows the imports of a program through the workspace; undefined where the program cannot be read. */
export function readModules(
  program: string,
  files: SourceFiles,
  options: ModulesOptions = {},
): Modules | undefined {
  const text = files.read(program);
  if (text === undefined) return undefined;
  const parse = options.parse ?? parseModule;
  const finder = moduleFinder(program, files, options.root);
  const byPath = new Map<string, PythonModule>();
  const unread = new Set<string>();
  const gaps: Gap[] = [];
  let size = 0;
  const load = (path: string, read: string): PythonModule => {
    const module = parse(path, read);
    byPath.set(path, module);
    size += read.length;
    const [error] = module.errors;
    if (error !== undefined) gaps.push({ place: error, why: "syntax-error" });
    for (const folder of addedFolders(module)) finder.addFolder(folder);
    return module;
  };
  const first = load(program, text);
  // The map grows while it is walked: a module that is found is visited in its turn.
  for (const module of byPath.values()) {
    const { wanted, computed } = importsOf(module);
    gaps.push(...computed);
    for (const source of wanted) {
      const file = finder.find(module.path, source);
      for (const path of [...finder.packagesOf(module.path, source), file]) {
        if (path === undefined || byPath.has(path) || unread.has(path)) continue;
        const read = files.read(path);
        const isOver =
          byPath.size >= (options.mostFiles ?? mostFiles) ||
          size + (read?.length ?? 0) > (options.mostText ?? mostText);
        if (read === undefined || isOver) {
          unread.add(path);
          if (isOver) gaps.push({ place: module.place(source.span), why: "too-many-files" });
        } else {
          load(path, read);
        }
      }
    }
  }
  return {
    program: first,
    all: [...byPath.values()],
    files,
    gaps,
    imported: (from, source) => byPath.get(finder.find(from.path, source) ?? ""),
  };
}

interface WantedImport extends ImportSource {
  readonly span: Span;
}

/** What a module imports, in functions too; a member may be a module of its own. */
function importsOf(module: PythonModule): { wanted: WantedImport[]; computed: Gap[] } {
  const wanted: WantedImport[] = [];
  const computed: Gap[] = [];
  for (const scope of module.scopes) {
    for (const statement of statementsIn(scope.body)) {
      if (statement.kind === "import") {
        for (const { name } of statement.names) {
          wanted.push({ level: 0, module: name, span: statement });
        }
      } else if (statement.kind === "import-from") {
        const { level, module: source } = statement;
        wanted.push({ level, module: source, span: statement });
        for (const { name } of statement.names) {
          wanted.push({
            level,
            module: source === "" ? name : `${source}.${name}`,
            span: statement,
          });
        }
      }
    }
  }
  for (const { call } of module.calls) {
    const path = dottedPath(call.callee)?.join(".");
    if (path !== "importlib.import_module" && path !== "import_module" && path !== "__import__") {
      if (executesText(call.callee))
        computed.push({ place: module.place(call), why: "executes-text" });
      continue;
    }
    const name = argumentOf(call, "name", 0);
    if (name?.kind === "constant" && typeof name.value === "string") {
      const level = /^\.*/.exec(name.value)?.[0].length ?? 0;
      wanted.push({ level, module: name.value.slice(level), span: call });
    } else {
      computed.push({ place: module.place(call), why: "computed-import" });
    }
  }
  return { wanted, computed };
}

function executesText(callee: ScopedCall["call"]["callee"]): boolean {
  return callee.kind === "name" && callee.name === "exec";
}

/** Folders that a module adds to `sys.path` by a literal. */
function addedFolders(module: PythonModule): string[] {
  return module.calls.flatMap(({ call }) => {
    const path = dottedPath(call.callee)?.join(".");
    const folder =
      path === "sys.path.append"
        ? argumentOf(call, "object", 0)
        : path === "sys.path.insert"
          ? argumentOf(call, "object", 1)
          : undefined;
    if (folder?.kind !== "constant" || typeof folder.value !== "string") return [];
    return [joinPath(folderOf(module.path), folder.value)];
  });
}
