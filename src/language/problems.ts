/** What is wrong with a sweep file, in the form that editors, scripts and terminals are shown. */
import { messageOf } from "../sweep/messages.js";
import { type ParsedSweep, parseSweep } from "../sweep/parse.js";
import { type PositionRange, positionsOf } from "../sweep/position.js";
import type { ProblemCode, Severity } from "../sweep/problem.js";

/** An entry of `sweepdeck validate --json`. */
export interface FileProblem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly message: string;
  /** Zero-based, in UTF-16 code units. */
  readonly range: PositionRange;
}

/** In the order of the text; never throws. */
export function problemsOf(text: string): readonly FileProblem[] {
  return problemsIn(parseSweep(text));
}

export function problemsIn({ problems, document }: ParsedSweep): readonly FileProblem[] {
  const positions = positionsOf(document.text);
  return problems.map((problem) => ({
    code: problem.code,
    severity: problem.severity,
    message: messageOf(problem),
    range: positions.of(problem.range),
  }));
}
