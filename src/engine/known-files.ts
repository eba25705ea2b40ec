/**
 * Files as those who look around a sweep file see them: text and folders, kept from one look to the
 * next for as long as the disk says they are the same. Nothing here throws: a file that cannot be
 * read is one that is not there.
 */
import { readdirSync, readFileSync, realpathSync, type Stats, statSync } from "node:fs";
import path from "node:path";
import type { SourceFiles } from "../script/reading.js";

/** What tells one state of a file from another. */
type Stamp = string;

/** Longer texts are data with the ending of a program. */
const largestTextBytes = 1024 * 1024;

interface Kept<Value> {
  readonly stamp: Stamp;
  readonly value: Value;
}

export class KnownFiles implements SourceFiles {
  readonly #texts = new Map<string, Kept<string | undefined>>();
  readonly #folders = new Map<string, Kept<readonly string[]>>();
  #unsaved: ReadonlyMap<string, string> = new Map();

  /** Texts that an editor holds and the disk does not, by absolute path. */
  overlay(unsaved: ReadonlyMap<string, string>): void {
    this.#unsaved = unsaved;
  }

  read(file: string): string | undefined {
    const absolute = path.resolve(file);
    const unsaved = this.#unsaved.get(absolute);
    if (unsaved !== undefined) return unsaved;
    const stamp = stampOf(absolute);
    const known = this.#texts.get(absolute);
    if (known?.stamp === stamp) return known.value;
    const value = textOf(absolute);
    this.#texts.set(absolute, { stamp, value });
    return value;
  }

  list(folder: string): readonly string[] {
    const absolute = path.resolve(folder);
    const stamp = stampOf(absolute);
    const known = this.#folders.get(absolute);
    if (known?.stamp === stamp) return known.value;
    const value = namesIn(absolute);
    this.#folders.set(absolute, { stamp, value });
    return value;
  }

  isFile(file: string): boolean {
    return this.#unsaved.has(path.resolve(file)) || statOf(file)?.isFile() === true;
  }

  /** Where links lead; the path itself where it leads nowhere. */
  realPath(file: string): string {
    try {
      return realpathSync(file);
    } catch {
      return path.resolve(file);
    }
  }
}

function stampOf(file: string): Stamp {
  const found = statOf(file);
  return found === undefined ? "missing" : `${found.mtimeMs} ${found.size} ${found.ino}`;
}

function statOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function textOf(file: string): string | undefined {
  const found = statOf(file);
  // Reading a pipe or a device would wait for whoever writes to it.
  if (found?.isFile() !== true || found.size > largestTextBytes) return undefined;
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries
      .map((entry) => {
        const isFolder = entry.isSymbolicLink()
          ? statOf(path.join(folder, entry.name))?.isDirectory()
          : entry.isDirectory();
        return isFolder ? `${entry.name}/` : entry.name;
      })
      .sort();
  } catch {
    return [];
  }
}
