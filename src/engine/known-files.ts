/**
 * Files as those who look around a sweep file see them: text and folders, kept from one look to the
 * next for as long as the disk says they are the same. Nothing here throws: a file that cannot be
 * read is one that is not there.
 */
import { readdirSync, readFileSync, realpathSync, type Stats, statSync } from "node:fs";
import path from "node:path";
import type { SourceFiles } from "../script/reading.js";

/** What tells one state of a file from another. */
export type Stamp = string;

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
  #asked = new Map<string, Stamp>();

  /** Texts that an editor holds and the disk does not, by absolute path. */
  overlay(unsaved: ReadonlyMap<string, string>): void {
    this.#unsaved = unsaved;
  }

  /** Answers `look`, and says which files and folders it depends on, the missing ones too. */
  record<Value>(look: () => Value): {
    readonly value: Value;
    readonly asked: ReadonlyMap<string, Stamp>;
  } {
    const outer = this.#asked;
    const asked = new Map<string, Stamp>();
    this.#asked = asked;
    try {
      return { value: look(), asked };
    } finally {
      this.#asked = outer;
      for (const [file, stamp] of asked) outer.set(file, stamp);
    }
  }

  isUnchanged(asked: ReadonlyMap<string, Stamp>): boolean {
    return [...asked].every(([file, stamp]) => this.stamp(file) === stamp);
  }

  read(file: string): string | undefined {
    const absolute = path.resolve(file);
    const stamp = this.stamp(absolute);
    this.#asked.set(absolute, stamp);
    const unsaved = this.#unsaved.get(absolute);
    if (unsaved !== undefined) return unsaved;
    const known = this.#texts.get(absolute);
    if (known?.stamp === stamp) return known.value;
    const value = textOf(absolute);
    this.#texts.set(absolute, { stamp, value });
    return value;
  }

  list(folder: string): readonly string[] {
    const absolute = path.resolve(folder);
    const stamp = this.stamp(absolute);
    this.#asked.set(absolute, stamp);
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

  stamp(file: string): Stamp {
    const unsaved = this.#unsaved.get(file);
    if (unsaved !== undefined) return `unsaved ${unsaved}`;
    const found = statOf(file);
    return found === undefined ? "missing" : `${found.mtimeMs} ${found.size} ${found.ino}`;
  }
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
