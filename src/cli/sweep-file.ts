/** The sweep files that are named on the command line: read, and written where that is asked for. */
import { isUtf8 } from "node:buffer";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { firstError } from "../engine/plan.js";
import { messageOf } from "../sweep/messages.js";
import { parseSweep } from "../sweep/parse.js";
import { positionsOf } from "../sweep/position.js";
import type { Sweep } from "../sweep/sweep.js";
import { Unusable } from "./command.js";

/**
 * The text of a file. Bytes that are no UTF-8 are refused: they would be lost in whatever is written
 * from the text. Throws `Unusable`, with a sentence, as `rewrite` does.
 */
export function read(file: string): string {
  const bytes = bytesOf(file);
  if (!isUtf8(bytes)) {
    throw new Unusable(`${file} is not encoded as UTF-8. Save it as UTF-8 first.`);
  }
  return bytes.toString("utf8");
}

/** What a file says; throws `Unusable` with the first error where it has some. */
export function sweepIn(file: string): Sweep {
  const text = read(file);
  const { sweep, problems } = parseSweep(text);
  if (sweep !== undefined) return sweep;
  const first = firstError(problems);
  if (first === undefined) throw new Unusable(`${file} is no sweep.`);
  const { line, character } = positionsOf(text).at(first.range.start);
  throw new Unusable(
    `${path.relative("", file)}:${line + 1}:${character + 1}: ${messageOf(first)}`,
  );
}

/** How often a file may change below our hands before it is left alone. */
const mostReadings = 5;

/**
 * Puts what `cure` makes of a file's text in its place, and returns that. A text that an editor has
 * saved meanwhile is cured instead. Written in place, so that links and permissions stay.
 */
export function rewrite<Cured extends { readonly text: string }>(
  file: string,
  cure: (text: string) => Cured,
): Cured {
  let text = read(file);
  for (let reading = 0; reading < mostReadings; reading += 1) {
    const cured = cure(text);
    if (cured.text === text) return cured;
    const now = read(file);
    if (now === text) {
      write(file, cured.text);
      return cured;
    }
    text = now;
  }
  throw new Unusable(`${file} changes all the time, and is left as it is. Try again later.`);
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new Unusable(`${file} cannot be written: ${reasonOf(error)}.`);
  }
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") throw new Unusable(`There is no file ${file}.`);
    if (code === "EISDIR") throw new Unusable(`${file} is a folder: name the sweep file in it.`);
    throw new Unusable(`${file} cannot be read: ${reasonOf(error)}.`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
