/**
 * Files that appear whole or not at all.
 *
 * Everything in a study but its logs is written beside its place and renamed, or linked where
 * only one of several writers may win. A reader therefore never sees half a file.
 */
import { randomUUID } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import path from "node:path";

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;
}

/** `durable`: on disk before the name is, so that a power cut leaves the old file or the new one. `quick`: for what can be made again. */
export type Durability = "durable" | "quick";

/** Replaces `file` in one step: a reader, and a crash of this process, finds the old file or the new one. */
export function writeWhole(file: string, text: string, durability: Durability = "durable"): void {
  const part = writeBeside(file, text, durability);
  try {
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/**
 * Creates `file` with `text` unless it is there already; true for the one caller that made it.
 *
 * link(2) decides, for it fails when the name exists and shows the file whole. Unlink and create
 * would have two winners now and then.
 */
export function publishOnce(file: string, text: string): boolean {
  const part = writeBeside(file, text, "durable");
  try {
    linkSync(part, file);
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code === "EEXIST") return false;
    if (code === "EPERM" || code === "ENOTSUP" || code === "EOPNOTSUPP" || code === "ENOSYS") {
      return publishByDirectory(file, part);
    }
    throw error;
  } finally {
    rmSync(part, { force: true });
  }
}

/** Where a file system refuses hard links, mkdir decides instead: it too has one winner. */
function publishByDirectory(file: string, part: string): boolean {
  try {
    mkdirSync(`${file}.won`);
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
  renameSync(part, file);
  return true;
}

/** Whole, or not at all: on a full disk the part that was written is removed. */
function writeBeside(file: string, text: string, durability: Durability): string {
  const part = path.join(path.dirname(file), partName(path.basename(file)));
  const descriptor = openSync(part, "wx");
  try {
    writeAll(descriptor, Buffer.from(text));
    if (durability === "durable") fsyncSync(descriptor);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
  return part;
}

/** write(2) may take a part of it and report no error, as it does where the disk has just filled up. */
function writeAll(descriptor: number, bytes: Buffer): void {
  let rest = bytes;
  while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
}

function partName(name: string): string {
  return `.${name}.${process.pid}.${randomUUID().slice(0, 8)}`;
}

const partPattern = /^\..+\.(\d+)\.[0-9a-f]{8}$/;

/** Removes the parts that a killed writer left in a folder; those whose process lives are being written. */
export function removeAbandonedParts(directory: string, isAlive: (pid: number) => boolean): void {
  for (const name of namesIn(directory)) {
    const pid = partPattern.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) removeIfThere(path.join(directory, name));
  }
}

/** The text of a file, or undefined where there is none. */
export function readTextIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = errorCode(error);
    // A folder of that name is no such file.
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return undefined;
    throw error;
  }
}

/** The parsed JSON of a file, or undefined where there is no file or it is not JSON. Callers validate its shape. */
export function readJsonIfThere(file: string): unknown {
  const text = readTextIfThere(file);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Removes a file that may be gone already. */
export function removeIfThere(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
}

/** The names in a folder; none where there is no folder. */
export function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  }
}

/**
 * The highest n of the files `<stem>-<n>.json` in a folder; 0 when there is none. A number that was
 * won by mkdir counts although its file is not there: its winner may have been killed in between.
 */
export function highestNumber(directory: string, stem: string): number {
  // Nine digits: what is beyond was made by nobody of ours, and cannot be counted up from.
  const pattern = new RegExp(`^${stem}-(\\d{1,9})\\.json(\\.won)?$`);
  const numbers = namesIn(directory).map((name) => Number(pattern.exec(name)?.[1] ?? 0));
  return Math.max(0, ...numbers);
}
