/**
 * Try One Configuration: runs one, in no study and under no cap, until the metric has been seen
 * twice, to show that script, sweep and metric fit together before a night of trials depends on it.
 */
import { spawn } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { listGpus, planSlots } from "../run/devices.js";
import { preparation } from "../run/preparation.js";
import { openReader } from "../run/readers/open.js";
import { writeTrialFiles } from "../run/trialFiles.js";
import { completeInitial, configurationsOf } from "../search/initial.js";
import { samplerFor } from "../search/sampler-for.js";
import type { Configuration } from "../space/space.js";
import type { Json } from "../space/value.js";
import type { Launch } from "../study/executor.js";
import { errorCode, publishOnce, readTextIfThere, writeWhole } from "../study/files.js";
import { makeSweepdeckDirectory, studyStem, sweepdeckDirectoryOf } from "../study/folder.js";
import { attemptDirectory, lastLines } from "../study/pursuit.js";
import type { FrontDoor } from "./front-door.js";
import { type Plan, runInputs } from "./plan.js";

/** What one run of one configuration showed. */
export interface TryReport {
  readonly directory: string;
  /** As the script was given it, nested. */
  readonly params: Readonly<Record<string, Json>>;
  readonly argv: readonly string[];
  readonly exit: number | null;
  /** `seen twice`: the metric came twice, and the script was ended for that; else how it ended. */
  readonly ended: "seen twice" | "time" | "by itself";
  /** Every metric that the script reported, with its last value. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly objective: string | undefined;
  readonly objectiveReports: number;
  /** From one report of the objective to the next, in seconds; undefined where that cannot be told. */
  readonly secondsAStep: number | undefined;
  /** The words of the command that the script said it does not know. */
  readonly refused: readonly string[];
  /** Those of them that the program's text has with hyphens in place of underscores. */
  readonly spelledWithHyphen: readonly string[];
  /** An argument that the script takes as a flag, and was given a value for. */
  readonly refusedValue: string | undefined;
  /** Parameters whose name stands nowhere in the program's own text. */
  readonly notMentioned: readonly string[];
  readonly lastLines: readonly string[];
}

export interface TryOptions {
  /** The sweep's first, where none is given. */
  readonly configuration?: Configuration;
  readonly limitMs?: number;
}

const usualLimitMs = 60_000;
const lookEveryMs = 100;
const graceMs = 2000;
const shownLines = 12;

/** Runs in this process's own terminal, whose Ctrl-C reaches the script through its runner. */
export async function tryOne(
  plan: Plan,
  door: FrontDoor,
  options: TryOptions = {},
): Promise<TryReport> {
  const { sweep, sweepFile } = plan;
  const launch = { ...newPlace(sweepFile), configuration: options.configuration ?? first(plan) };
  const prepared = await prepare(plan, door, launch);
  const attempt = attemptDirectory(launch);
  mkdirSync(attempt, { recursive: true });
  writeTrialFiles(launch.trialDirectory, prepared.configuration);
  writeWhole(path.join(attempt, "command.json"), JSON.stringify(prepared.command));

  const name = sweep.metric?.name;
  const watched = await watch(launch, plan, door, options.limitMs ?? usualLimitMs);
  const { argv, cwd } = prepared.command;
  const output = readTextIfThere(path.join(attempt, "output.log")) ?? "";
  const text = programText(sweep.program, cwd);
  const refused = refusedWords(output);
  return {
    directory: launch.trialDirectory,
    params: prepared.configuration,
    argv,
    exit: exitOf(attempt),
    ended: watched.ended,
    metrics: watched.metrics,
    objective: name,
    objectiveReports: watched.atMs.length,
    secondsAStep: secondsBetween(watched.atMs),
    refused,
    spelledWithHyphen: hyphenated(refused, text),
    refusedValue: refusedValue(output),
    notMentioned: notMentionedIn(text, prepared.configuration),
    lastLines: lastLines(launch, shownLines),
  };
}

interface Watched {
  readonly ended: TryReport["ended"];
  readonly metrics: Record<string, number>;
  /** When each report of the objective was read. */
  readonly atMs: readonly number[];
}

async function watch(
  launch: Launch,
  plan: Plan,
  door: FrontDoor,
  limitMs: number,
): Promise<Watched> {
  const { metric, deck } = plan.sweep;
  const reader = openReader(deck.metrics)(launch);
  const runner = startRunner(attemptDirectory(launch), door);
  const metrics: Record<string, number> = {};
  const atMs: number[] = [];
  const deadline = Date.now() + limitMs;
  let ended: Watched["ended"] = "by itself";
  const take = (measurements: ReturnType<typeof reader.read>) => {
    for (const measurement of measurements) {
      Object.assign(metrics, measurement.metrics);
      if (metric !== undefined && metric.name in measurement.metrics) atMs.push(Date.now());
    }
  };
  let isOver = false;
  const over = runner.then(() => {
    isOver = true;
  });
  while (!isOver) {
    take(reader.read());
    if (ended === "by itself" && atMs.length >= 2) ended = "seen twice";
    else if (ended === "by itself" && Date.now() >= deadline) ended = "time";
    if (ended !== "by itself") end(launch, ended);
    await Promise.race([over, new Promise((resolve) => setTimeout(resolve, lookEveryMs))]);
  }
  take(reader.readToEnd());
  return { ended, metrics, atMs };
}

function end(launch: Launch, why: Watched["ended"]): void {
  const reason = why === "time" ? "the time of a try is over" : "the metric has been seen twice";
  const intent = {
    // At once and without a traceback: a try has nothing to save.
    mode: "kill",
    by: "Try One Configuration",
    reason,
    at: new Date().toISOString(),
  };
  publishOnce(path.join(attemptDirectory(launch), "stop.json"), JSON.stringify(intent));
}

function startRunner(attempt: string, door: FrontDoor): Promise<void> {
  const argv = [
    path.join(door.home, "runner.js"),
    "--grace-ms",
    String(graceMs),
    "--once",
    attempt,
  ];
  const runner = spawn(process.execPath, argv, {
    // What the script prints is for the reader; standard output is for the report alone.
    stdio: ["ignore", process.stderr, process.stderr],
    env: { ...door.environment, ELECTRON_RUN_AS_NODE: "1" },
  });
  // Ctrl-C goes to the whole terminal: the runner passes it on, and what was seen is still told.
  const ignore = () => {};
  process.on("SIGINT", ignore);
  return new Promise((resolve, reject) => {
    runner.once("error", reject);
    runner.once("exit", () => {
      process.off("SIGINT", ignore);
      resolve();
    });
  });
}

/** `tries/<stem>-try-<n>` beside the studies; mkdir gives each its own number. */
function newPlace(sweepFile: string): Omit<Launch, "configuration"> {
  const sweepdeckDirectory = sweepdeckDirectoryOf(sweepFile);
  makeSweepdeckDirectory(sweepdeckDirectory);
  const tries = path.join(sweepdeckDirectory, "tries");
  mkdirSync(tries, { recursive: true });
  for (let number = readdirSync(tries).length + 1; ; number += 1) {
    const trialDirectory = path.join(tries, `${studyStem(sweepFile)}-try-${number}`);
    try {
      mkdirSync(trialDirectory);
      return { trial: 0, attempt: 1, trialDirectory };
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
    }
  }
}

function first({ sweep, initial }: Plan): Configuration {
  const seed = sweep.deck.sampler.seed ?? 1;
  const complete = completeInitial(sweep, initial, seed);
  const sampler = samplerFor(sweep, seed, configurationsOf(complete));
  const proposal = sampler.ask({ draws: 0, observations: [] });
  return proposal.kind === "configuration" ? proposal.configuration : {};
}

async function prepare(plan: Plan, door: FrontDoor, launch: Launch) {
  const { sweep, sweepFile } = plan;
  const { gpus } = sweep.deck.slots;
  const { slots } = planSlots({
    parallel: 1,
    listing: await listGpus(door.environment),
    visibleDevices: door.environment["CUDA_VISIBLE_DEVICES"],
    ...(gpus === undefined ? {} : { gpusPerTrial: gpus }),
  });
  const slot = slots[0] ?? { index: 0, name: "CPU 0", environment: {} };
  return preparation({
    ...runInputs(sweep, path.dirname(sweepFile), door),
    study: path.basename(launch.trialDirectory),
    seed: sweep.deck.sampler.seed ?? 1,
    helperDirectory: path.join(door.home, "..", "media", "python"),
  })(slot, launch);
}

function exitOf(attempt: string): number | null {
  const text = readTextIfThere(path.join(attempt, "exit"));
  return text === undefined ? null : Number(text);
}

function secondsBetween([first, second]: readonly number[]): number | undefined {
  // Both in one look: faster than can be told.
  if (first === undefined || second === undefined || first === second) return undefined;
  return (second - first) / 1000;
}

/** As argparse, click and typer, and absl say it. */
const refusals = [
  /unrecognized arguments: (.+)/,
  /No such option:? '?(--?[^\s']+)/,
  /Unknown command line flag '([^']+)'/,
];

function refusedWords(output: string): readonly string[] {
  for (const refusal of refusals) {
    const words = refusal.exec(output)?.[1];
    if (words === undefined) continue;
    // A value with a space in it is several words to the script; what it does not know begins with a dash.
    const all = words.trim().split(/\s+/);
    const options = all.filter((word) => word.startsWith("-"));
    return options.length > 0 ? options.map((word) => word.replace(/=.*/, "")) : all;
  }
  return [];
}

/** As argparse says it of a `store_true` flag that was given a value. */
function refusedValue(output: string): string | undefined {
  return /argument (--?[\w-]+): ignored explicit argument/.exec(output)?.[1];
}

/** Empty where it cannot be read, as for a command that runs no file. */
function programText(program: string | undefined, cwd: string): string {
  if (program === undefined) return "";
  return readTextIfThere(path.resolve(cwd, program)) ?? "";
}

function hyphenated(refused: readonly string[], text: string): readonly string[] {
  return refused
    .map((word) => word.replace(/^-+/, "").replaceAll("_", "-"))
    .filter((name) => name.includes("-") && text.includes(`--${name}`));
}

/** A name counts in either spelling, with hyphens or underscores, and by its last part where it is dotted. */
function notMentionedIn(text: string, params: Readonly<Record<string, Json>>): readonly string[] {
  if (text === "") return [];
  const words = text.replaceAll("-", "_").match(/[A-Za-z_]\w*/g) ?? [];
  const known = new Set(words.map((word) => word.replace(/^_+/, "")));
  return Object.keys(params).filter((name) => {
    const last = name.split(".").at(-1) ?? name;
    return !known.has(last.replaceAll("-", "_").replace(/^_+/, ""));
  });
}
