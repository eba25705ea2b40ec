/**
 * One append to a log of whole lines: all of it reaches the file, or none.
 *
 * To be done under the log's lock: between the look at the end of the file and the write nobody
 * else may write.
 */
import {
  appendFileSync,
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import { errorCode } from "./files.js";

/** There is no room for what was to be written, and none of it was. */
export class DiskFull extends Error {
  constructor(readonly file: string) {
    super(`the disk that holds ${file} is full: make room; nothing that was measured is lost`);
    this.name = "DiskFull";
  }
}

export interface OpenLog extends Disposable {
  append(bytes: Uint8Array, durability: "durable" | "soon"): void;
  sync(): void;
}

/** Does not create the file: a log that has vanished is not to be begun again in its middle. */
export function openLog(file: string): OpenLog {
  const descriptor = openSync(file, constants.O_RDWR | constants.O_APPEND);
  return {
    append: (bytes, durability) => {
      const size = cutTornTail(descriptor, file);
      try {
        writeAll(descriptor, bytes);
        if (durability === "durable") fsyncSync(descriptor);
      } catch (error) {
        ftruncateSync(descriptor, size);
        throw isFull(error) ? new DiskFull(file) : error;
      }
    },
    sync: () => fsyncSync(descriptor),
    [Symbol.dispose]: () => closeSync(descriptor),
  };
}

function isFull(error: unknown): boolean {
  const code = errorCode(error);
  return code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG";
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(descriptor, bytes, written);
}

const newline = 0x0a;
const blockBytes = 64 * 1024;

/**
 * A write that a crash cut off leaves a line without its end. Whatever followed it on that line
 * would make the file unreadable to everyone, so it is moved to `journal.torn`. Returns the size.
 */
function cutTornTail(descriptor: number, file: string): number {
  const { size } = fstatSync(descriptor);
  const end = endOfLastLine(descriptor, size);
  if (end === size) return size;
  const torn = Buffer.alloc(size - end);
  readSync(descriptor, torn, 0, torn.length, end);
  appendFileSync(tornFile(file), Buffer.concat([torn, Buffer.from("\n")]), { flush: true });
  ftruncateSync(descriptor, end);
  return end;
}

/** Where the bytes of unfinished lines are kept: `journal.torn` for `journal.log`. */
export function tornFile(file: string): string {
  return path.join(path.dirname(file), `${path.parse(file).name}.torn`);
}

function endOfLastLine(descriptor: number, size: number): number {
  const block = Buffer.alloc(Math.min(blockBytes, size));
  for (let end = size; end > 0; ) {
    // The last byte alone tells, all but always.
    const length = end === size ? 1 : Math.min(block.length, end);
    readSync(descriptor, block, 0, length, end - length);
    const at = block.lastIndexOf(newline, length - 1);
    if (at !== -1) return end - length + at + 1;
    end -= length;
  }
  return 0;
}
