/** JSON alone goes to standard output, words go to standard error. */
import { writeSync } from "node:fs";

/** JSON has no NaN and no infinities: they are written as null. */
export function printJson(value: unknown): void {
  writeAll(1, `${JSON.stringify(value)}\n`);
}

/** What was asked for, where no JSON was. */
export function printText(text: string): void {
  writeAll(1, text.endsWith("\n") ? text : `${text}\n`);
}

export function say(sentence: string): void {
  writeAll(2, `${sentence}\n`);
}

/**
 * Synchronous, so that nothing is lost at exit. A reader that has gone (`| head`) is no error of
 * ours, and a sweep goes on without its reader; a pipe that is full is tried again.
 */
function writeAll(descriptor: 1 | 2, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code !== "EAGAIN") return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** Columns under one another, numbers to the right. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return right.includes(column) ? cell.padStart(width) : cell.padEnd(width);
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** A value for people: numbers to five digits, words as they are, the rest as JSON. Exact values are in `--json`. */
export function valueText(value: unknown): string {
  if (typeof value === "number") return String(Number(value.toPrecision(5)));
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "–");
}
