/** How a sweep fits its script: everything that is said of the two together. */
import type { ParsedSweep } from "../../sweep/parse.js";
import { entryOf } from "../../sweep/tree.js";
import type { Surroundings } from "../surroundings.js";
import { commandProblems } from "./command-checks.js";
import { fitOf } from "./fit.js";
import { metricProblems } from "./metric-checks.js";
import { nameProblems } from "./parameter-checks.js";
import type { ScriptProblem } from "./problem.js";
import { requiredProblems } from "./required-checks.js";
import { valueProblems } from "./value-checks.js";

/** In the order of the text; empty where no script was looked for. */
export function scriptProblemsOf(
  parsed: ParsedSweep,
  around: Surroundings,
): readonly ScriptProblem[] {
  const missing = missingProgram(parsed, around);
  const fit = fitOf(parsed, around);
  if (fit === undefined) return missing;
  const notPassed = commandProblems(fit);
  const nothingArrives = notPassed.some(({ code }) => code === "parameters-not-passed");
  return [
    ...missing,
    ...brokenScript(parsed, around),
    ...notPassed,
    ...(nothingArrives
      ? []
      : [...nameProblems(fit), ...valueProblems(fit), ...requiredProblems(fit)]),
    ...metricProblems(fit),
  ].sort((a, b) => a.range.start - b.range.start);
}

function missingProgram(
  { document }: ParsedSweep,
  { program }: Surroundings,
): readonly ScriptProblem[] {
  if (program?.kind !== "missing") return [];
  const entry = entryOf(document.root, "program") ?? entryOf(document.root, "command");
  if (entry === undefined) return [];
  const { value } = entry;
  const named = value.kind === "scalar" ? value.source : "";
  return [
    {
      code: "program-not-found",
      severity: "hint",
      range: value.kind === "scalar" ? value.range : entry.keyRange,
      program: named,
      similar: program.similar,
    },
  ];
}

/** A syntax error in the program itself, which no run survives. */
function brokenScript(
  { document }: ParsedSweep,
  { program }: Surroundings,
): readonly ScriptProblem[] {
  if (program?.kind !== "read") return [];
  const { reading } = program;
  const broken = reading.gaps.find(
    ({ why, place }) => why === "syntax-error" && place.path === reading.program,
  );
  const entry = entryOf(document.root, "program");
  if (broken === undefined || entry === undefined) return [];
  const script = reading.program.split(/[\\/]/).at(-1) ?? reading.program;
  return [
    {
      // Our parser does not know all of Python: it is said softly.
      code: "script-broken",
      severity: "hint",
      range: entry.value.range,
      script,
      line: broken.place.line + 1,
      related: [{ place: broken.place, message: "Here." }],
    },
  ];
}
