/** Lines of a file that grows. */
import { closeSync, openSync, readSync } from "node:fs";
import { errorCode } from "../../study/files.js";

/**
 * Cuts bytes into lines, whatever pieces they come in. A carriage return ends a line too, as a
 * progress bar writes it; in UTF-8 neither it nor a newline is ever part of another character.
 */
export class LineSplitter {
  #pending: Buffer[] = [];
  #pendingBytes = 0;

  push(bytes: Buffer): readonly string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = endOfLine(bytes, 0); end !== -1; end = endOfLine(bytes, start)) {
      lines.push(this.#take(bytes.subarray(start, end)));
      start = end + 1;
    }
    this.#keep(bytes.subarray(start));
    return lines.filter((line) => line !== "");
  }

  /** The line that has no end yet; "" where there is none. */
  rest(): string {
    return this.#take(Buffer.alloc(0));
  }

  #take(last: Buffer): string {
    this.#keep(last);
    const text = Buffer.concat(this.#pending).toString("utf8");
    this.#pending = [];
    this.#pendingBytes = 0;
    return text;
  }

  /** No line that anybody reads is longer; the rest of one is dropped, so that memory stays bounded. */
  #keep(bytes: Buffer): void {
    const room = lineLimitBytes - this.#pendingBytes;
    if (room <= 0 || bytes.length === 0) return;
    // A copy: the caller reads into its buffer again.
    const kept = Buffer.from(bytes.subarray(0, room));
    this.#pending.push(kept);
    this.#pendingBytes += kept.length;
  }
}

const lineLimitBytes = 64 * 1024;
const newline = 10;
const carriageReturn = 13;

function endOfLine(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === newline || byte === carriageReturn) return at;
  }
  return -1;
}

export interface LineTail {
  /** The lines that were completed since the last call; after a long absence, some of them. */
  read(): readonly string[];
  /** All lines to the end of the file, a last one without its newline included. */
  readToEnd(): readonly string[];
}

/** A file of megabytes must not keep its reader from everything else. */
const readLimitBytes = 1024 * 1024;
const chunkBytes = 256 * 1024;

/** Follows a file from its beginning; one that is not there is empty. */
export function tailLines(file: string): LineTail {
  const splitter = new LineSplitter();
  const chunk = Buffer.allocUnsafe(chunkBytes);
  let offset = 0;

  const readUpTo = (limitBytes: number): string[] => {
    const lines: string[] = [];
    const descriptor = openIfThere(file);
    if (descriptor === undefined) return lines;
    try {
      for (let total = 0; total < limitBytes; ) {
        const count = readSync(descriptor, chunk, 0, chunkBytes, offset);
        if (count === 0) break;
        offset += count;
        total += count;
        for (const line of splitter.push(chunk.subarray(0, count))) lines.push(line);
      }
    } finally {
      closeSync(descriptor);
    }
    return lines;
  };

  return {
    read: () => readUpTo(readLimitBytes),
    readToEnd() {
      const lines = readUpTo(Number.POSITIVE_INFINITY);
      const rest = splitter.rest();
      return rest === "" ? lines : [...lines, rest];
    },
  };
}

function openIfThere(file: string): number | undefined {
  try {
    return openSync(file, "r");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
