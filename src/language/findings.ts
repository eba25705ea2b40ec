/**
 * Everything that is said of a sweep file, from every family of problems: what is wrong with the
 * file itself, how it fits its script, what practice knows better. Each family is data in a folder
 * of its own; here they are put in order, and asked for words and cures.
 */
import type { SourcePlace } from "../script/reading.js";
import { sweepChapters, sweepGuide } from "../sweep/guide/guide.js";
import { messageOf as sweepMessageOf } from "../sweep/messages.js";
import type { ParsedSweep } from "../sweep/parse.js";
import type { SweepProblem } from "../sweep/problem.js";
import type { TextRange } from "../sweep/tree.js";
import { harmless } from "./fixes/harmless.js";
import { type Fix, fixesFor } from "./fixes.js";
import type { Guide } from "./guide.js";
import { practiceFixesFor } from "./practice/fixes.js";
import { practiceGuide } from "./practice/guide.js";
import { practiceMessageOf } from "./practice/messages.js";
import type { PracticeProblem } from "./practice/problem.js";
import { practiceProblemsOf } from "./practice/problems.js";
import { scriptFixesFor } from "./script/fixes.js";
import { scriptGuide } from "./script/guide.js";
import { scriptMessageOf } from "./script/messages.js";
import { sweepProblemsBeside } from "./script/numbers.js";
import type { ScriptProblem } from "./script/problem.js";
import { scriptProblemsOf } from "./script/problems.js";
import type { Surroundings } from "./surroundings.js";

export type Finding = SweepProblem | ScriptProblem | PracticeProblem;

/** A place that explains a finding: in a source file, or in the sweep file itself. */
export interface Related {
  readonly place: SourcePlace | TextRange;
  readonly message: string;
}

interface Family<F extends Finding> {
  readonly guide: Guide<F["code"]>;
  readonly problemsOf: (parsed: ParsedSweep, around: Surroundings) => readonly F[];
  readonly messageOf: (problem: F) => string;
  /** The best first. */
  readonly fixesFor: (parsed: ParsedSweep, problem: F) => readonly Fix[];
  readonly relatedOf: (problem: F) => readonly Related[];
}

const sweepFamily: Family<SweepProblem> = {
  guide: sweepGuide,
  problemsOf: sweepProblemsBeside,
  messageOf: sweepMessageOf,
  fixesFor,
  relatedOf: (problem) =>
    problem.code === "duplicate-key" || problem.code === "duplicate-value"
      ? [{ place: problem.first, message: "It stands here first." }]
      : [],
};

const scriptFamily: Family<ScriptProblem> = {
  guide: scriptGuide,
  problemsOf: scriptProblemsOf,
  messageOf: scriptMessageOf,
  fixesFor: scriptFixesFor,
  relatedOf: ({ related = [] }) => related,
};

const practiceFamily: Family<PracticeProblem> = {
  guide: practiceGuide,
  problemsOf: practiceProblemsOf,
  messageOf: practiceMessageOf,
  fixesFor: practiceFixesFor,
  relatedOf: ({ related = [] }) => related,
};

// A family is only ever handed its own findings: `familyOf` looks the code up in its guide.
const families = [sweepFamily, scriptFamily, practiceFamily] as readonly Family<Finding>[];

/** The parts of the documentation, each with what it says of its codes. */
export const guideChapters: readonly { readonly title: string; readonly guide: Guide<string> }[] = [
  ...sweepChapters,
  { title: "The sweep and its script", guide: scriptGuide },
  { title: "What practice knows better", guide: practiceGuide },
];

/** What the documentation says of every code that there is. */
export const guide: Guide<Finding["code"]> = Object.assign(
  {},
  ...families.map((family) => family.guide),
);

/** In the order of the text; never throws. */
export function findingsIn(parsed: ParsedSweep, around: Surroundings): readonly Finding[] {
  return families
    .flatMap(({ problemsOf }) => problemsOf(parsed, around))
    .sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

/** What is, then what to do. */
export function messageOf(finding: Finding): string {
  return familyOf(finding).messageOf(finding);
}

/** The best first; none where only the user can know. */
export function fixesOf(parsed: ParsedSweep, finding: Finding): readonly Fix[] {
  const { text } = parsed.document;
  // What is meant may be what is written already, where a name is damaged in a way that no one sees.
  const changes = ({ edits }: Fix) =>
    edits.some(({ range, newText }) => text.slice(range.start, range.end) !== newText);
  return familyOf(finding)
    .fixesFor(parsed, finding)
    .filter(changes)
    .map((fix) => harmless(parsed, finding, fix))
    .filter((fix) => fix !== undefined);
}

export function relatedOf(finding: Finding): readonly Related[] {
  return familyOf(finding).relatedOf(finding);
}

function familyOf({ code }: Finding): Family<Finding> {
  return (
    families.find(({ guide: own }) => Object.hasOwn(own, code)) ?? (sweepFamily as Family<Finding>)
  );
}
