/**
 * From a sweep to a conductor over it: the one place where a study, an executor and readers are put
 * together, for the editor and the command line alike.
 */
import { hostname } from "node:os";
import path from "node:path";
import { listGpus, planSlots, type SlotPlan } from "../run/devices.js";
import { localExecutor } from "../run/executors/local.js";
import { preparation } from "../run/preparation.js";
import { openReader } from "../run/readers/open.js";
import { completeInitial } from "../search/initial.js";
import { stoppingRulesFor } from "../stopping/rules-for.js";
import {
  type Claim,
  type ConductorRecord,
  claimStudy,
  conductorOf,
  isFree,
} from "../study/claim.js";
import type { StudyRules } from "../study/conduct-options.js";
import { type Conductor, conduct } from "../study/conductor.js";
import type { StudyEvent } from "../study/events.js";
import { LaunchProblem } from "../study/executor.js";
import { createStudyFolder, studyStem, sweepdeckDirectoryOf } from "../study/folder.js";
import { openLedger } from "../study/ledger.js";
import { livenessOf } from "../study/process.js";
import { type Proposer, proposerHere } from "../study/proposer.js";
import { gitProvenance, pythonProvenance } from "../study/provenance.js";
import type { ObjectiveRule } from "../study/pursuit.js";
import { type Answer, ask, publishRequest, type Wish } from "../study/requests.js";
import { readState } from "../study/state.js";
import { readStudyFile, type StudyFile, studyFileSentence } from "../study/study-file.js";
import { journalName, objectiveOf, openStudy } from "../study/study-view.js";
import { parseSweep } from "../sweep/parse.js";
import { objectivesOf, type Sweep } from "../sweep/sweep.js";
import type { FrontDoor } from "./front-door.js";
import { type Plan, runInputs } from "./plan.js";
import { valuesOf } from "./replay.js";
import { proposerOnThread } from "./sampler-thread.js";
import { isQuick, samplerOf } from "./study-sampler.js";

/**
 * Makes the folder of a new study with all that would be needed to run it again; returns its path.
 * `instead` is asked at the last moment: the study that it names, which another process has made
 * meanwhile, is returned in place of a new one.
 */
export async function createStudy(plan: Plan, instead?: () => string | undefined): Promise<string> {
  const { sweepFile, sweep, text, interpreter } = plan;
  const sweepFolder = path.dirname(sweepFile);
  const [git, python] = await Promise.all([
    gitProvenance(sweepFolder),
    interpreter === undefined ? null : pythonProvenance(interpreter.path),
  ]);
  return createStudyFolder(
    sweepdeckDirectoryOf(sweepFile),
    studyStem(sweepFile),
    (_name, number) => {
      // Without a seed, study n uses seed n: the next one tries other configurations.
      const seed = sweep.deck.sampler.seed ?? number;
      const initial = completeInitial(sweep, plan.initial, seed);
      const earlier = plan.earlier.length === 0 ? undefined : plan.earlier;
      const { name: sampler, why } = samplerOf({ text, seed, initial, earlier }, sweep);
      return {
        study: {
          createdAt: new Date().toISOString(),
          sweepFile,
          sweepFolder,
          text,
          seed,
          sampler,
          ...(why !== undefined && { samplerWhy: why }),
          initial,
          ...(earlier !== undefined && { earlier }),
          interpreter: interpreter?.path ?? null,
          python: python?.version ?? null,
          packages: python?.packages ?? {},
          git: git?.state ?? null,
          host: hostname(),
        },
        patch: git?.patch ?? null,
      };
    },
    instead,
  );
}

export interface TakeUpOptions {
  /**
   * `free`: only when provably nobody conducts. `ask`: the holder is asked to hand over, and
   * overruled when it is silent on this machine. `by force`: by the user's word.
   */
  readonly takeOver: "free" | "ask" | "by force";
  /** `adopt`: nobody asked for it, so a study that was being paused or stopped goes on to that end. */
  readonly as?: "resume" | "adopt";
  /** In place of what the sweep says. */
  readonly slots?: number;
  /** In place of the sweep's `run_cap`, from now on: the next who takes the study up keeps to it. */
  readonly cap?: number;
  readonly onEvent: (event: StudyEvent) => void;
}

export type TakenUp =
  | { readonly kind: "conducting"; readonly conductor: Conductor; readonly slots: SlotPlan }
  | { readonly kind: "held"; readonly by: ConductorRecord }
  /** The study cannot be run; a sentence that says why and what to do. */
  | { readonly kind: "refused"; readonly message: string };

/** Conducts a study from here on: adopts what runs, closes what has ended, goes on to its end. */
export async function takeUpStudy(
  studyDirectory: string,
  door: FrontDoor,
  options: TakeUpOptions,
): Promise<TakenUp> {
  const directory = path.resolve(studyDirectory);
  const reading = readStudyFile(directory);
  if ("problem" in reading) return { kind: "refused", message: studyFileSentence(reading.problem) };
  const { sweep } = parseSweep(reading.study.text);
  if (sweep === undefined) {
    const message = `The sweep that ${reading.study.name} was made from has errors in this version of Sweepdeck: run its file as a new study.`;
    return { kind: "refused", message };
  }
  const slots = await slotPlan(sweep, door, options.slots);
  const claimed = await claim(directory, door, options.takeOver);
  if (!claimed.held) return { kind: "held", by: claimed.by };
  try {
    const conductor = begin(directory, reading.study, sweep, slots, claimed.claim, door, options);
    return { kind: "conducting", conductor, slots };
  } catch (error) {
    claimed.claim.release();
    throw error;
  }
}

/**
 * Has a wish carried out by whoever conducts. Where nobody does, the study is taken up for as long
 * as it takes, if the wish is to stop what still runs; other wishes have nobody to carry them out.
 */
export async function wishOf(
  studyDirectory: string,
  wish: Wish,
  door: FrontDoor,
): Promise<Omit<Answer, "id">> {
  if (!isFree(conductorOf(studyDirectory))) {
    const answer = await ask(studyDirectory, wish, door.by);
    if (answer !== undefined) return answer;
    // It may have come to its end since.
    const holder = conductorOf(studyDirectory);
    if (holder !== undefined && !isFree(holder)) {
      return {
        ok: false,
        message: `process ${holder.pid} on ${holder.host} conducts this study and does not answer: take it over (on the command line: sweepdeck resume ${path.basename(studyDirectory)} --take-over).`,
      };
    }
  }
  if (wish.kind !== "stop") {
    return { ok: false, message: "Nobody conducts this study now: resume it first." };
  }
  if (isAtRest(studyDirectory)) return { ok: true, message: nothingRuns };
  publishRequest(studyDirectory, wish, door.by);
  const taken = await takeUpStudy(studyDirectory, door, { takeOver: "free", onEvent: () => {} });
  if (taken.kind === "refused") return { ok: false, message: taken.message };
  if (taken.kind === "held") return { ok: true, message: "the trials are being stopped" };
  await taken.conductor.ended;
  return { ok: true, message: nothingRuns };
}

const nothingRuns = "nothing of this study runs any more";

/** A study that has come to its end, or was left, keeps its state: to stop it would be to interrupt it. */
function isAtRest(studyDirectory: string): boolean {
  const opened = openStudy(studyDirectory);
  if ("problem" in opened || opened.study.state?.state === "running") return false;
  return opened.study.trials.every(({ state, slot }) => state !== "running" || slot === null);
}

async function claim(
  directory: string,
  door: FrontDoor,
  takeOver: TakeUpOptions["takeOver"],
): Promise<ReturnType<typeof claimStudy>> {
  const first = claimStudy(directory, door.program, takeOver === "by force" ? takeOver : "free");
  if (first.held || takeOver !== "ask") return first;
  const answer = await ask(directory, { kind: "handover" }, door.by);
  // It may have gone since, and whoever answers has released the study by then or soon will.
  const isSilent = answer === undefined && livenessOf(first.by) !== "elsewhere";
  if (isSilent) return claimStudy(directory, door.program, "by force");
  for (let round = 0; round < handoverRounds; round += 1) {
    const next = claimStudy(directory, door.program, "free");
    if (next.held || answer?.ok !== true) return next;
    await new Promise((resolve) => setTimeout(resolve, handoverPauseMs));
  }
  return claimStudy(directory, door.program, "free");
}

const handoverRounds = 40;
const handoverPauseMs = 50;

async function slotPlan(
  sweep: Sweep,
  door: FrontDoor,
  slots: number | undefined,
): Promise<SlotPlan> {
  const { parallel, gpus } = sweep.deck.slots;
  return planSlots({
    parallel: slots ?? parallel,
    listing: await listGpus(door.environment),
    visibleDevices: door.environment["CUDA_VISIBLE_DEVICES"],
    ...(gpus === undefined ? {} : { gpusPerTrial: gpus }),
  });
}

function begin(
  directory: string,
  study: StudyFile,
  sweep: Sweep,
  { slots }: SlotPlan,
  held: Claim,
  door: FrontDoor,
  options: TakeUpOptions,
): Conductor {
  const objective = objectiveRuleOf(sweep);
  const prepare = preparation({
    // The folder may have been moved since it was recorded; the study lies beside its sweep.
    ...runInputs(sweep, path.dirname(path.dirname(directory)), door),
    study: study.name,
    seed: study.seed,
    helperDirectory: path.join(door.home, "..", "media", "python"),
  });
  const executor = localExecutor({
    studyDirectory: directory,
    slots,
    conductor: held.number,
    prepare: (slot, launch) => {
      const device = slots.find(({ index }) => index === slot.index);
      if (device === undefined) throw new LaunchProblem(`there is no slot ${slot.name} here`);
      return prepare(device, launch);
    },
    startRunner: (slot) =>
      door.startRunner({
        studyDirectory: directory,
        slot,
        runnerFile: path.join(door.home, "runner.js"),
      }),
  });
  // Who takes a study up wants its slots, whatever closed them before.
  executor.revive();
  const { name } = study;
  const file = path.join(directory, journalName);
  return conduct({
    name,
    directory,
    claim: held,
    ledger: openLedger({
      file,
      name,
      space: sweep.space,
      values: valuesOf(sweep),
      objective,
      claim: held,
    }),
    proposer: proposerOf(study, sweep, door),
    executor,
    openReader: openReader(sweep.deck.metrics),
    rules: rulesOf(sweep, objective, options.cap ?? readState(directory)?.cap),
    as: options.as ?? "resume",
    onEvent: options.onEvent,
  });
}

function proposerOf(study: StudyFile, sweep: Sweep, door: FrontDoor): Proposer {
  const here = () => samplerOf(study, sweep);
  if (isQuick(sweep)) return proposerHere(here());
  const { text, seed, initial, earlier } = study;
  return proposerOnThread({
    file: path.join(door.home, "sampler.js"),
    source: { text, seed, initial, earlier },
    here,
  });
}

function objectiveRuleOf(sweep: Sweep): ObjectiveRule | undefined {
  const objective = objectiveOf(sweep);
  return objective && { ...objective, value: sweep.deck.metrics.value };
}

function rulesOf(
  sweep: Sweep,
  objective: ObjectiveRule | undefined,
  cap: number | undefined,
): StudyRules {
  const { runCap, deck } = sweep;
  const [first, second] = objectivesOf(sweep);
  const { trialTimeMs, totalTimeMs, failures, noImprovement } = deck.limits;
  return {
    objective,
    // With several objectives there is no trial that reaches all that is searched for.
    target: second === undefined ? first?.target : undefined,
    cap: cap ?? runCap,
    sweepCap: runCap,
    retries: deck.retries,
    outcomes: (deck.outcomes ?? []).map(({ expression }) => expression),
    stopping: stoppingRulesFor(sweep),
    limits: { trialTimeMs, trialMemoryMiB: undefined, totalTimeMs, failures, noImprovement },
  };
}
