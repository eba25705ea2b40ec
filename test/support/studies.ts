/**
 * Studies to look at: folders as a conductor leaves them, made by code so that they are small to
 * keep and can be large to read. Every storey of tests reads the same ones.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { samplerFor } from "../../src/search/sampler-for.js";
import type { Configuration, Space } from "../../src/space/space.js";
import type { Json } from "../../src/space/value.js";
import { type EncodedConfiguration, encodeSpace } from "../../src/study/encoding.js";
import { trialAttribute } from "../../src/study/folded-trial.js";
import { createStudyFolder, studyStem, sweepdeckDirectoryOf } from "../../src/study/folder.js";
import {
  createStudyLine,
  createTrialLine,
  JournalState,
  reportLine,
  studyAttributeLine,
  trialAttributeLine,
  trialStateLine,
} from "../../src/study/records.js";
import { type StudyState, writeState } from "../../src/study/state.js";
import type { Goal } from "../../src/study/trial.js";
import { parseSweep } from "../../src/sweep/parse.js";
import type { Sweep } from "../../src/sweep/sweep.js";
import { epochMs } from "./journals.js";

export const scenarioNames = [
  "empty",
  "running",
  "finished",
  "all-failed",
  "hostile-names",
  "without-metric",
  "thousand",
] as const;
export type ScenarioName = (typeof scenarioNames)[number];

/** What became of one trial. */
interface Fate {
  readonly state: "complete" | "pruned" | "failed" | "stopped" | "running" | "lost";
  readonly curve: readonly number[];
  readonly reason?: string;
  readonly exit?: number;
  readonly log?: string;
}

interface Scenario {
  readonly sweep: string;
  readonly trials: number;
  readonly state: StudyState["state"] | undefined;
  readonly why?: string;
  fateOf(trial: number, configuration: Configuration): Fate;
}

const digits = `
name: digits
program: train.py
method: random
run_cap: 24
metric: {name: val_accuracy, goal: maximize}
parameters:
  lr: {distribution: log_uniform_values, min: 0.001, max: 1.0}
  batch_size: {values: [16, 32, 64]}
  optimizer:
    parameters:
      name: {values: [sgd, adam]}
      momentum: {distribution: uniform, min: 0.0, max: 0.95}
  layers: {values: [[32], [64, 32]]}
  epochs: {value: 12}
`.trimStart();

const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
  empty: { sweep: digits, trials: 0, state: undefined, fateOf: well },
  running: {
    sweep: digits,
    trials: 11,
    state: "running",
    fateOf: (trial, configuration) =>
      trial === 4
        ? stoppedEarly(configuration)
        : trial === 6
          ? outOfMemory
          : trial === 8
            ? { ...well(trial, configuration), state: "lost" }
            : trial >= 9
              ? { state: "running", curve: curve(trial, configuration, trial - 5) }
              : well(trial, configuration),
  },
  finished: {
    sweep: digits,
    trials: 24,
    state: "finished",
    why: "the cap is reached",
    fateOf: (trial, configuration) =>
      trial % 7 === 3
        ? stoppedEarly(configuration)
        : trial === 5
          ? outOfMemory
          : trial === 11
            ? { state: "stopped", curve: curve(trial, configuration, 3), reason: "stopped by ada" }
            : trial === 18
              ? diverged(trial, configuration)
              : well(trial, configuration),
  },
  "all-failed": {
    sweep: digits,
    trials: 5,
    state: "paused",
    why: "5 trials failed in a row; the last: exit 1: ModuleNotFoundError: No module named 'torch'",
    fateOf: () => ({
      state: "failed",
      curve: [],
      exit: 1,
      reason: "exit 1: ModuleNotFoundError: No module named 'torch'",
      log: "Traceback (most recent call last):\n  File \"train.py\", line 3, in <module>\n    import torch\nModuleNotFoundError: No module named 'torch'\n",
    }),
  },
  "hostile-names": {
    sweep: hostileSweep(),
    trials: 6,
    state: "finished",
    why: "<b>every</b> configuration has been tried",
    fateOf: (trial) =>
      trial === 3
        ? { state: "failed", curve: [], reason: '<img src=x onerror="alert(1)">\u202e\u0007' }
        : { state: "complete", curve: [1 / (trial + 1), Number.NaN, 1e-300 * (trial + 1)] },
  },
  "without-metric": {
    sweep: digits.replace(/^metric:.*\n/m, ""),
    trials: 8,
    state: "finished",
    fateOf: (trial) =>
      trial === 2
        ? { state: "failed", curve: [], exit: 2, reason: "exit 2" }
        : { state: "complete", curve: [] },
  },
  thousand: {
    sweep: digits.replace("run_cap: 24", "run_cap: 1000"),
    trials: 1000,
    state: "running",
    fateOf: (trial, configuration) =>
      trial % 9 === 4
        ? stoppedEarly(configuration)
        : trial % 50 === 7
          ? outOfMemory
          : trial >= 996
            ? { state: "running", curve: curve(trial, configuration, 4) }
            : well(trial, configuration),
  },
};

/**
 * Writes a workspace folder with a sweep file and one study of it; returns the study's folder.
 * Nothing of it lives: the trials that run are without processes.
 */
export function writeScenario(name: ScenarioName, folder: string): string {
  const scenario = scenarios[name];
  const sweepFile = path.join(folder, "digits.yaml");
  mkdirSync(folder, { recursive: true });
  writeFileSync(sweepFile, scenario.sweep);
  const { sweep } = parseSweep(scenario.sweep);
  if (sweep === undefined) throw new Error(`the sweep of ${name} has errors`);
  const directory = createStudyFolder(
    sweepdeckDirectoryOf(sweepFile),
    studyStem(sweepFile),
    (_name, seed) => ({
      study: {
        createdAt: new Date(epochMs).toISOString(),
        sweepFile,
        sweepFolder: folder,
        text: scenario.sweep,
        seed,
        sampler: "random",
        initial: [],
        interpreter: "/usr/bin/python3",
        python: "3.11.2",
        packages: { numpy: "2.3.5" },
        git: { commit: "3f1c0de5d1f2a4b6c8e0f1a2b3c4d5e6f7a8b9c0", branch: "main", dirty: false },
        host: "workbench",
      },
      patch: null,
    }),
  );
  const study = { scenario, sweep, directory };
  writeFileSync(path.join(directory, "journal.log"), [...journalLines(study)].join(""));
  if (scenario.state !== undefined) {
    writeState(directory, { state: scenario.state, reason: scenario.why ?? "", activeMs: 754_000 });
  }
  return directory;
}

interface Writing {
  readonly scenario: Scenario;
  readonly sweep: Sweep;
  readonly directory: string;
}

const writer = "sweepdeck-1-scenario";
const slots = 2;

function* journalLines({ scenario, sweep, directory }: Writing): Generator<string> {
  const { metric, space } = sweep;
  const encoding = encodeSpace(space);
  const objective: Json = metric
    ? { name: metric.name, goal: metric.goal, value: sweep.deck.metrics.value }
    : null;
  yield createStudyLine(writer, path.basename(directory), [metric?.goal ?? "minimize"]);
  yield studyAttributeLine(writer, 0, "study:metric_names", [metric?.name ?? "finished"]);
  yield studyAttributeLine(writer, 0, "sweepdeck:objective", objective);
  for (const [key, value] of Object.entries(encoding.attributes)) {
    yield studyAttributeLine(writer, 0, key, value);
  }
  const sampler = samplerFor(sweep, 1);
  for (let trial = 0; trial < scenario.trials; trial += 1) {
    const proposal = sampler.ask({ draws: trial, observations: [] });
    if (proposal.kind === "exhausted") break;
    const { configuration } = proposal;
    const fate = scenario.fateOf(trial, configuration);
    yield* trialLines(trial, encoding.toJournal(configuration), fate, metric?.goal);
    if (scenario.trials < 100) writeTrialFiles(directory, trial, configuration, fate, space);
  }
}

function* trialLines(
  trial: number,
  encoded: EncodedConfiguration,
  fate: Fate,
  goal: Goal | undefined,
): Generator<string> {
  const startedAtMs = epochMs + Math.floor(trial / slots) * 30_000;
  const attributes = {
    [trialAttribute.draw]: trial,
    [trialAttribute.slot]: `CPU ${trial % slots}`,
    ...encoded.attributes,
  };
  yield createTrialLine(writer, 0, encoded, attributes, startedAtMs);
  if (goal !== undefined) {
    for (const [step, value] of fate.curve.entries()) yield reportLine(writer, trial, step, value);
  }
  const later: Record<string, Json> = {};
  if (fate.exit !== undefined) later[trialAttribute.exit] = fate.exit;
  if (fate.reason !== undefined) later[trialAttribute.reason] = fate.reason;
  if (fate.state === "lost" || fate.state === "stopped") later[trialAttribute.state] = fate.state;
  if (fate.state === "complete") {
    const loss = 0.2 + ((trial * 7919) % 100) / 100;
    later[trialAttribute.metrics] = { train_loss: loss, epoch: fate.curve.length };
  }
  for (const [key, value] of Object.entries(later)) {
    yield trialAttributeLine(writer, trial, key, value);
  }
  if (fate.state === "running" || fate.state === "lost") return;
  const value = goal === undefined ? 0 : bestOf(fate.curve, goal);
  const state =
    fate.state === "complete"
      ? JournalState.complete
      : fate.state === "pruned"
        ? JournalState.pruned
        : JournalState.failed;
  const values = state === JournalState.failed || value === null ? null : [value];
  yield trialStateLine(writer, trial, state, values, startedAtMs + 2000 * (fate.curve.length + 1));
}

function writeTrialFiles(
  directory: string,
  trial: number,
  configuration: Configuration,
  fate: Fate,
  space: Space,
): void {
  const home = path.join(directory, "trials", String(trial).padStart(4, "0"));
  const attempt = path.join(home, "attempts", "1");
  mkdirSync(attempt, { recursive: true });
  writeFileSync(path.join(home, "config.json"), JSON.stringify(configuration));
  const argv = ["/usr/bin/env", "python", "train.py"];
  for (const { name } of space.parameters)
    argv.push(`--${name}=${JSON.stringify(configuration[name])}`);
  const command = { argv, cwd: "..", env: {}, slot: `CPU ${trial % slots}` };
  writeFileSync(path.join(attempt, "command.json"), JSON.stringify(command));
  const epochs = fate.curve.map((value, epoch) => `epoch=${epoch} val_accuracy=${value}\n`);
  writeFileSync(path.join(attempt, "output.log"), epochs.join("") + (fate.log ?? ""));
  if (fate.exit !== undefined) writeFileSync(path.join(attempt, "exit"), `${fate.exit}\n`);
}

function bestOf(curve: readonly number[], goal: Goal): number | null {
  const numbers = curve.filter((value) => !Number.isNaN(value));
  if (numbers.length === 0) return null;
  return goal === "maximize" ? Math.max(...numbers) : Math.min(...numbers);
}

/** Learning that saturates, the better the nearer the learning rate is to 0.1. */
function curve(trial: number, { lr }: Configuration, epochs = 12): readonly number[] {
  const miss = Math.abs(Math.log10(Number(lr)) + 1);
  const ceiling = 0.97 - 0.12 * miss;
  return Array.from({ length: epochs }, (_, epoch) => {
    const wobble = (((trial + 3) * (epoch + 5) * 2654435761) % 1000) / 1e5;
    return Number((ceiling * (1 - Math.exp(-(epoch + 1) / (2 + miss))) + wobble).toFixed(4));
  });
}

function well(trial: number, configuration: Configuration): Fate {
  return { state: "complete", curve: curve(trial, configuration), exit: 0 };
}

function stoppedEarly(configuration: Configuration): Fate {
  const reason = "hyperband: 0.41 at step 3 is worse than 0.63, the best third";
  return { state: "pruned", curve: curve(0, configuration, 3), reason };
}

const outOfMemory: Fate = {
  state: "failed",
  curve: [0.31],
  exit: 137,
  reason: "exit 137: killed, often by the system for want of memory",
};

function diverged(trial: number, configuration: Configuration): Fate {
  return {
    state: "failed",
    curve: [...curve(trial, configuration, 2), Number.NaN, Number.NaN],
    exit: 1,
    reason: "exit 1: ValueError: loss is nan",
  };
}

function hostileSweep(): string {
  return `
name: "<script>alert('name')</script>"
program: train.py
method: grid
metric: {name: "val/loss <b>", goal: minimize}
parameters:
  __proto__: {values: [own]}
  constructor: {values: [1, true, "1"]}
  a.b: {values: ["<img src=x onerror=alert(1)>", "line\\nbreak"]}
  a: {parameters: {b: {value: "${"long ".repeat(600)}"}}}
`.trimStart();
}
