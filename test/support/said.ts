/** What a sweep file is told, in a form that a test can read. */
import { parseSweep } from "../../src/sweep/parse.js";
import type { ProblemCode, SweepProblem } from "../../src/sweep/problem.js";
import type { Sweep } from "../../src/sweep/sweep.js";

/** `"error unknown-key «colour»"`, in the order of the text; hints that every short file gets are left out. */
export function said(text: string): readonly string[] {
  const { problems } = parseSweep(text);
  return problems
    .filter(({ code }) => code !== "no-metric" && code !== "program-missing")
    .map(
      ({ severity, code, range }) => `${severity} ${code} «${text.slice(range.start, range.end)}»`,
    );
}

/** The facts of the only problem with this code. */
export function factsOf<C extends ProblemCode>(
  text: string,
  code: C,
): Extract<SweepProblem, { code: C }> {
  const found = parseSweep(text).problems.filter(
    (problem): problem is Extract<SweepProblem, { code: C }> => problem.code === code,
  );
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} times ${code}`);
  return only;
}

/** The sweep of a text without errors. */
export function sweepOf(text: string): Sweep {
  const { sweep, problems } = parseSweep(text);
  if (sweep === undefined) throw new Error(`refused: ${JSON.stringify(problems)}`);
  return sweep;
}

/** A random sweep whose `parameters:` are given as lines, unindented. */
export function withParameters(...lines: readonly string[]): string {
  return `method: random\nparameters:\n${lines.map((line) => `  ${line}\n`).join("")}`;
}

/** A valid random sweep with more lines below it. */
export function withLines(...lines: readonly string[]): string {
  return `method: random\nparameters: {lr: {min: 0.1, max: 1.0}}\n${lines.join("\n")}\n`;
}
