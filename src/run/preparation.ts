/** From a sweep to what one trial of it runs: place, interpreter, command line, environment. */
import path from "node:path";
import { nest } from "../space/configuration.js";
import type { Space } from "../space/space.js";
import { type Launch, LaunchProblem } from "../study/executor.js";
import { buildCommand, usesMacro } from "./command.js";
import type { DeviceSlot } from "./devices.js";
import { environmentOf, trialEnvironment } from "./environment.js";
import type { PreparedTrial } from "./executors/local.js";
import { findInterpreter, type Interpreter, interpreterProblemText } from "./interpreter.js";
import { findPlace, type Place, placeProblemText } from "./place.js";

export interface RunInputs {
  /** What of the sweep decides how its trials run. */
  readonly sweep: {
    readonly command: readonly string[];
    readonly program?: string;
    readonly project?: string;
    readonly space: Space;
    readonly deck: {
      readonly env: Readonly<Record<string, string>>;
      readonly cwd?: string;
    };
  };
  /** Absolute: the sweep file's folder. */
  readonly sweepFolder: string;
  /** The environment that runners are started in. */
  readonly environment: NodeJS.ProcessEnv;
  /** The setting `sweepdeck.python`. */
  readonly pythonSetting?: string;
  /** What the Python extension has chosen. */
  readonly extensionPython?: string;
}

/** How the trials of a sweep are run, the same for each. */
export interface RunPlan extends Place {
  /** Undefined for a command that asks for none. */
  readonly interpreter: Interpreter | undefined;
}

export type RunPlanResult =
  | { readonly plan: RunPlan }
  /** A sentence that says what is missing, and what to do. */
  | { readonly problem: string };

export function planRun(inputs: RunInputs): RunPlanResult {
  const { sweep, sweepFolder, environment } = inputs;
  const found = findPlace({
    sweepFolder,
    program: sweep.program,
    cwd: sweep.deck.cwd,
    usesProgram: usesMacro(sweep.command, "program"),
    usesInterpreter: usesMacro(sweep.command, "interpreter"),
    searchPath: environment.PATH,
  });
  if ("problem" in found) return { problem: placeProblemText(found.problem) };
  if (!usesMacro(sweep.command, "interpreter")) {
    return { plan: { ...found.place, interpreter: undefined } };
  }
  const python = findInterpreter({
    ...(inputs.pythonSetting === undefined ? {} : { setting: inputs.pythonSetting }),
    ...(inputs.extensionPython === undefined ? {} : { extensionChoice: inputs.extensionPython }),
    folder: found.place.cwd,
    environment,
  });
  if ("problem" in python) return { problem: interpreterProblemText(python.problem) };
  return { plan: { ...found.place, interpreter: python.interpreter } };
}

export interface StudyInputs extends RunInputs {
  readonly study: string;
  readonly seed: number;
  /** `media/python`. */
  readonly helperDirectory: string | undefined;
}

/**
 * Prepares each launch of a study for `localExecutor`. Place and interpreter are looked for at each
 * launch, for a program that was there an hour ago may be gone; the function throws `LaunchProblem`
 * then.
 */
export function preparation(
  inputs: StudyInputs,
): (slot: DeviceSlot, launch: Launch) => PreparedTrial {
  return (slot, launch) => {
    const result = planRun(inputs);
    if ("problem" in result) throw new LaunchProblem(result.problem);
    const { cwd, program, interpreter } = result.plan;
    const { sweep } = inputs;
    const configuration = nest(sweep.space, launch.configuration);
    const surroundings = trialEnvironment({
      study: inputs.study,
      trial: launch.trial,
      trialDirectory: launch.trialDirectory,
      configuration,
      seed: inputs.seed,
      sweepEnvironment: sweep.deck.env,
      slotEnvironment: slot.environment,
      helperDirectory: inputs.helperDirectory,
      project: sweep.project,
    });
    const argv = buildCommand({
      command: sweep.command,
      configuration,
      interpreter: interpreter?.path ?? "",
      program,
      environment: environmentOf(surroundings, inputs.environment),
      configurationFile: path.join(launch.trialDirectory, "config.json"),
    });
    if (argv.length === 0) {
      throw new LaunchProblem("The sweep's command comes to nothing: it holds no word to run.");
    }
    return {
      command: { argv: [...argv], cwd, ...surroundings, slot: slot.name, study: inputs.study },
      configuration,
    };
  };
}
