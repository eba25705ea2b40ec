/** What is said of a sweep file, in the form that scripts and terminals are shown. */
import type { ParsedSweep } from "../sweep/parse.js";
import { parseSweep } from "../sweep/parse.js";
import { type PositionRange, type Positions, positionsOf } from "../sweep/position.js";
import type { Severity } from "../sweep/problem.js";
import { inLinesOf } from "./edit.js";
import {
  type Finding,
  findingsIn,
  fixesOf,
  messageOf,
  type Related,
  relatedOf,
} from "./findings.js";
import { nothingKnown, type Surroundings } from "./surroundings.js";

/** Ranges are zero-based, in UTF-16 code units. */
export interface FileProblem {
  readonly code: Finding["code"];
  readonly severity: Severity;
  readonly message: string;
  readonly range: PositionRange;
  readonly related: readonly FileRelated[];
}

/** An entry of `sweepdeck validate --json`. */
export interface FixableProblem extends FileProblem {
  readonly fixes: readonly FileFix[];
}

export interface FileRelated {
  /** Absent: the sweep file itself. */
  readonly path?: string;
  /** Zero-based. */
  readonly line: number;
  readonly message: string;
}

export interface FileFix {
  readonly title: string;
  readonly isPreferred: boolean;
  readonly edits: readonly { readonly range: PositionRange; readonly newText: string }[];
}

/** In the order of the text; never throws. */
export function problemsOf(text: string): readonly FileProblem[] {
  return problemsIn(parseSweep(text), nothingKnown);
}

export function problemsIn(parsed: ParsedSweep, around: Surroundings): readonly FileProblem[] {
  const positions = positionsOf(parsed.document.text);
  return findingsIn(parsed, around).map((finding) => problemOf(finding, positions));
}

/** Fixes are tried on the text one by one: only where somebody will read them. */
export function fixableProblemsIn(
  parsed: ParsedSweep,
  around: Surroundings,
): readonly FixableProblem[] {
  const { text } = parsed.document;
  const positions = positionsOf(text);
  return findingsIn(parsed, around).map((finding) => ({
    ...problemOf(finding, positions),
    fixes: fixesOf(parsed, finding).map(({ title, isPreferred, edits }) => ({
      title,
      isPreferred,
      edits: edits
        .map((edit) => inLinesOf(text, edit))
        .map(({ range, newText }) => ({ range: positions.of(range), newText })),
    })),
  }));
}

function problemOf(finding: Finding, positions: Positions): FileProblem {
  return {
    code: finding.code,
    severity: finding.severity,
    message: messageOf(finding),
    range: positions.of(finding.range),
    related: relatedOf(finding).map((related) => relatedIn(related, positions)),
  };
}

function relatedIn({ place, message }: Related, positions: Positions): FileRelated {
  if ("path" in place) return { path: place.path, line: place.line, message };
  return { line: positions.at(place.start).line, message };
}
