/** What a trial finds in its environment, and what is taken out of it. */
import path from "node:path";
import type { Json } from "../space/value.js";
import type { AttemptCommand } from "./attempt.js";
import { pythonJson } from "./pythonJson.js";

/** The environment that a command is started in, over the one that its starter has. */
export function environmentOf(
  command: Pick<AttemptCommand, "env" | "prepend" | "unset">,
  inherited: NodeJS.ProcessEnv,
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(inherited)) {
    if (value !== undefined && !isUnset(name, command.unset)) environment[name] = value;
  }
  Object.assign(environment, command.env);
  for (const [name, folder] of Object.entries(command.prepend)) {
    const rest = environment[name];
    // An empty entry of PYTHONPATH means the current folder, so none is made.
    environment[name] = rest === undefined || rest === "" ? folder : folder + path.delimiter + rest;
  }
  return environment;
}

function isUnset(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
  );
}

export interface TrialEnvironmentInputs {
  readonly study: string;
  readonly trial: number;
  readonly trialDirectory: string;
  /** As written to config.json. */
  readonly configuration: Readonly<Record<string, Json>>;
  /** The study's, for scripts that want one: all trials have the same, so that luck does not rank them. */
  readonly seed: number;
  /** `sweepdeck.env`: the user's own word, which overrides ours. */
  readonly sweepEnvironment: Readonly<Record<string, string>>;
  /** What the slot adds: CUDA_VISIBLE_DEVICES. */
  readonly slotEnvironment: Readonly<Record<string, string>>;
  /** `media/python`, with the Python helper; undefined where it is not to be given. */
  readonly helperDirectory: string | undefined;
  /** `project` of the sweep file. */
  readonly project: string | undefined;
}

/** What a trial's environment gets over the one that its runner has. */
export function trialEnvironment(
  inputs: TrialEnvironmentInputs,
): Pick<AttemptCommand, "env" | "prepend" | "unset"> {
  return {
    env: {
      SWEEPDECK_STUDY: inputs.study,
      SWEEPDECK_TRIAL: String(inputs.trial),
      SWEEPDECK_TRIAL_DIR: inputs.trialDirectory,
      SWEEPDECK_PARAMS: pythonJson(inputs.configuration),
      SWEEPDECK_SEED: String(inputs.seed),
      // A script's print is read as a metric when it is made, not when a buffer is full.
      PYTHONUNBUFFERED: "1",
      ...wandbVariables(inputs),
      ...inputs.slotEnvironment,
      ...inputs.sweepEnvironment,
    },
    prepend: pythonPath(inputs.helperDirectory),
    unset: unsetVariables,
  };
}

/** The hook for scripts that start a W&B agent themselves lies in a folder of its own: Python runs it at every start. */
function pythonPath(helperDirectory: string | undefined): Record<string, string> {
  if (helperDirectory === undefined) return {};
  return { PYTHONPATH: path.join(helperDirectory, "hook") + path.delimiter + helperDirectory };
}

/** The editor's own, which would make a Python script's child processes behave as the editor's; and the socket of a wandb service that is not the trial's. */
const unsetVariables = ["ELECTRON_RUN_AS_NODE", "VSCODE_*", "WANDB_SERVICE"];

/** wandb without an account: `wandb.config` has our values, and the run is written into the trial's folder. */
function wandbVariables(inputs: TrialEnvironmentInputs): Record<string, string> {
  return {
    WANDB_MODE: "offline",
    WANDB_DIR: inputs.trialDirectory,
    WANDB_SWEEP_ID: inputs.study,
    WANDB_RUN_ID: `${inputs.study}-${inputs.trial}`,
    WANDB_RUN_GROUP: inputs.study,
    WANDB_SWEEP_PARAM_PATH: path.join(inputs.trialDirectory, "config.yaml"),
    WANDB_SILENT: "true",
    // From wandb 0.31 on a logged row is in the file after this many seconds, not after fifteen.
    WANDB_X_TRANSACTION_LOG_FLUSH_INTERVAL: "0.2",
    ...(inputs.project === undefined ? {} : { WANDB_PROJECT: inputs.project }),
  };
}
