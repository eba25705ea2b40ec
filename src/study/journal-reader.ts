/** Follows a journal as it grows: each call reads what was appended since the last one. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { errorCode } from "./files.js";
import { Fold } from "./fold.js";

/** Read at once; a longer line than this is still read whole. */
const chunkBytes = 1024 * 1024;
const newline = 0x0a;

export class JournalReader {
  readonly file: string;
  #fold = new Fold();
  /** Where the last whole line ended. */
  #offset = 0;
  #inode = 0n;

  constructor(file: string) {
    this.file = file;
  }

  /** Another object after the file was replaced or cut back beyond what had been read. */
  get fold(): Fold {
    return this.#fold;
  }

  /** How many bytes of the file the fold is of. */
  get offset(): number {
    return this.#offset;
  }

  /** True when there was something new. A last line without its newline is left for later; a missing file is an empty one. */
  refresh(): boolean {
    const descriptor = openIfThere(this.file);
    if (descriptor === undefined) return this.#startOver();
    try {
      const { size, ino } = fstatSync(descriptor, { bigint: true });
      const isAnother = ino !== this.#inode || size < BigInt(this.#offset);
      const restarted = isAnother && this.#startOver();
      this.#inode = ino;
      return this.#readOn(descriptor, Number(size)) || restarted;
    } finally {
      closeSync(descriptor);
    }
  }

  /** True when something had been read before. */
  #startOver(): boolean {
    if (this.#offset === 0) return false;
    this.#fold = new Fold();
    this.#offset = 0;
    return true;
  }

  #readOn(descriptor: number, size: number): boolean {
    const before = this.#offset;
    let buffer = Buffer.allocUnsafe(Math.min(chunkBytes, size - this.#offset));
    while (this.#offset < size) {
      const count = readSync(descriptor, buffer, 0, buffer.length, this.#offset);
      if (count === 0) break;
      const end = buffer.lastIndexOf(newline, count - 1) + 1;
      if (end > 0) {
        this.#fold.apply(buffer.toString("utf8", 0, end));
        this.#offset += end;
      } else if (this.#offset + count >= size) {
        break;
      } else {
        buffer = Buffer.allocUnsafe(buffer.length * 2);
      }
    }
    return this.#offset > before;
  }
}

function openIfThere(file: string): number | undefined {
  try {
    return openSync(file, "r");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
