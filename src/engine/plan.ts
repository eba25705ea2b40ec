/** Everything that is settled before a study begins, and what stands in its way. */
import path from "node:path";
import { type Interpreter, interpreterText } from "../run/interpreter.js";
import { planRun, type RunInputs } from "../run/preparation.js";
import type { KnownValues } from "../search/initial.js";
import { messageOf } from "../sweep/messages.js";
import { parseSweep } from "../sweep/parse.js";
import { positionsOf } from "../sweep/position.js";
import type { SweepProblem } from "../sweep/problem.js";
import type { Sweep } from "../sweep/sweep.js";
import type { FrontDoor } from "./front-door.js";
import { knownInitial, remarksOnInitial } from "./initial.js";
import { studiesOf } from "./past-studies.js";
import { type EarlierTrial, warmStart } from "./warm-start.js";

/** A sweep that can be run, from here, now. */
export interface Plan {
  /** Absolute. */
  readonly sweepFile: string;
  readonly text: string;
  readonly sweep: Sweep;
  readonly interpreter: Interpreter | undefined;
  /** Of each initial configuration, what the sweep and the script say. */
  readonly initial: readonly KnownValues[];
  /** Results of earlier studies that the search begins with; oldest first. */
  readonly earlier: readonly EarlierTrial[];
  /** What the user should know of how it will run: sentences. */
  readonly remarks: readonly string[];
}

export type Planned =
  | { readonly ok: true; readonly plan: Plan }
  | {
      readonly ok: false;
      /** A sentence that says what is wrong and what to do. */
      readonly message: string;
      readonly problems: readonly SweepProblem[];
    };

/** Reads, and executes nothing. */
export function planStudy(sweepFile: string, text: string, door: FrontDoor): Planned {
  const file = path.resolve(sweepFile);
  const { sweep, problems } = parseSweep(text);
  if (sweep === undefined)
    return { ok: false, message: errorSentence(file, text, problems), problems };
  const run = planRun(runInputs(sweep, path.dirname(file), door));
  if ("problem" in run) return { ok: false, message: run.problem, problems };
  const { interpreter } = run.plan;
  const initial = knownInitial(sweep, file);
  const warm = warmStart(sweep, studiesOf(file, new Map()));
  if ("problem" in warm) return { ok: false, message: warm.problem, problems };
  return {
    ok: true,
    plan: {
      sweepFile: file,
      text,
      sweep,
      interpreter,
      initial,
      earlier: warm.earlier,
      remarks: [
        ...(interpreter === undefined ? [] : [`${interpreterText(interpreter)}.`]),
        ...remarksOn(problems),
        ...remarksOnInitial(sweep, initial),
        ...warm.remarks,
      ],
    },
  };
}

export function runInputs(sweep: Sweep, sweepFolder: string, door: FrontDoor): RunInputs {
  const { setting, chosen } = door.python;
  return {
    sweep,
    sweepFolder,
    environment: door.environment,
    ...(setting === undefined ? {} : { pythonSetting: setting }),
    ...(chosen === undefined ? {} : { extensionPython: chosen }),
  };
}

/** The error to begin with: in text that is no YAML, what is missing from it follows from that. */
export function firstError(problems: readonly SweepProblem[]): SweepProblem | undefined {
  const errors = problems.filter(({ severity }) => severity === "error");
  return errors.find(({ code }) => code === "yaml-syntax") ?? errors[0];
}

function errorSentence(file: string, text: string, problems: readonly SweepProblem[]): string {
  const errors = problems.filter(({ severity }) => severity === "error");
  const first = firstError(problems);
  if (first === undefined) return `${file} is no sweep.`;
  const { line } = positionsOf(text).at(first.range.start);
  const more = errors.length === 1 ? "" : ` (and ${errors.length - 1} more)`;
  return `${path.basename(file)}, line ${line + 1}: ${messageOf(first)}${more}`;
}

/** What is accepted and not carried out is said where the sweep runs too, not in the file alone. */
function remarksOn(problems: readonly SweepProblem[]): readonly string[] {
  return problems.filter(({ code }) => notCarriedOut.has(code)).map(messageOf);
}

const notCarriedOut: ReadonlySet<SweepProblem["code"]> = new Set([
  "no-custom-scheduler",
  "not-supported-yet",
]);
