/** The commands that conduct: run, resume. */
import path from "node:path";
import {
  createStudy,
  type TakenUp,
  type TakeUpOptions,
  takeUpStudy,
} from "../engine/conducting.js";
import type { FrontDoor } from "../engine/front-door.js";
import { planStudy } from "../engine/plan.js";
import { nest } from "../space/configuration.js";
import type { Space } from "../space/space.js";
import type { ConductorRecord } from "../study/claim.js";
import type { Conductor } from "../study/conductor.js";
import type { Counts, Outcome, StudyEvent } from "../study/events.js";
import type { TrialRecord } from "../study/export.js";
import { newestUnfinished } from "../study/folder.js";
import { bestTrial } from "../study/ranking.js";
import { publishRequest, takeAnswer } from "../study/requests.js";
import type { TrialState } from "../study/trial.js";
import {
  type Command,
  type ExitCode,
  type Given,
  jsonOption,
  onlyWord,
  Unusable,
} from "./command.js";
import { commandLineDoor, pythonOption } from "./door.js";
import { printJson, say } from "./output.js";
import { type Progress, progressOf } from "./progress.js";
import { recordOf, studyAt, studyDirectory, studyWord } from "./studies.js";
import { read } from "./sweep-file.js";
import { errorLines } from "./validate.js";

const conductingOptions = {
  cap: {
    type: "string",
    value: "N",
    about: "how many configurations to try (in place of run_cap)",
  },
  slots: {
    type: "string",
    value: "N",
    about: "how many trials run at once (in place of slots.parallel)",
  },
  python: pythonOption,
  "take-over": {
    type: "boolean",
    about: "take the study from whoever conducts it, also on another machine",
  },
  json: { ...jsonOption, about: "print one event a line on standard output" },
} as const;

const endings = `Exits with 0 when the sweep finished, 1 when it stopped on failures or nothing completed,
2 when the file or study cannot be used, 3 when another process conducts it, 130 when interrupted.
The first Ctrl-C stops the trials by their grace periods, the second kills them.`;

export const run: Command = {
  name: "run",
  words: "FILE",
  summary: "Run a sweep: continue its newest unfinished study, else start one.",
  about: endings,
  options: {
    ...conductingOptions,
    new: { type: "boolean", about: "start a new study" },
    anyway: { type: "boolean", about: "start although the script would refuse the sweep" },
    "as-recorded": {
      type: "boolean",
      about: "continue the unfinished study although the file has changed since",
    },
  },
  run: async (given) => {
    const file = path.resolve(onlyWord(run, given, "sweep file"));
    const wishes = wishesOf(given);
    const text = read(file);
    const door = doorFor(given);
    const unfinished = given.flag("new") ? undefined : newestUnfinished(file);
    if (unfinished !== undefined) {
      if (!given.flag("as-recorded")) refuseChanged(file, text, unfinished);
      say(`continuing ${path.basename(unfinished)} (--new starts another)`);
      return await conductHere(unfinished, door, wishes);
    }
    const planned = planStudy(file, text, door);
    if (!planned.ok) throw new Unusable(planned.message);
    if (!given.flag("anyway")) refuseErrors(file, text);
    for (const remark of planned.plan.remarks) say(remark);
    if (
      planned.plan.sweep.runCap === undefined &&
      given.text("cap") === undefined &&
      planned.plan.sweep.method !== "grid"
    ) {
      say("The sweep has no run_cap: it runs until it is stopped.");
    }
    const quicker = given.flag("new") ? undefined : () => newestUnfinished(file);
    const directory = await createStudy(planned.plan, quicker);
    const { samplerWhy } = studyAt(directory).file;
    if (samplerWhy !== undefined) say(samplerWhy);
    return await conductHere(directory, door, wishes);
  },
};

export const resume: Command = {
  name: "resume",
  words: "STUDY",
  summary: "Go on with a study: adopt what still runs, close what is gone, run to the cap.",
  about: `${studyWord}\n${endings}`,
  options: conductingOptions,
  run: async (given) => {
    const word = onlyWord(resume, given, "study");
    const wishes = wishesOf(given);
    return await conductHere(await studyDirectory(word), doorFor(given), wishes);
  },
};

function doorFor(given: Given): FrontDoor {
  return commandLineDoor(given.text("python"));
}

/** What the script refuses is no error of the file's own, and costs every trial all the same. */
function refuseErrors(file: string, text: string): void {
  const errors = errorLines(file, text);
  if (errors.length === 0) return;
  const what = `The script would refuse every trial of ${path.basename(file)}.`;
  throw new Unusable(
    `${what} Correct it, or choose --anyway to run it as it is.\n${errors.join("\n")}`,
  );
}

function refuseChanged(file: string, text: string, unfinished: string): void {
  if (studyAt(unfinished).file.text === text) return;
  throw new Unusable(
    `${path.basename(file)} has changed since ${path.basename(unfinished)}, which is not finished. Choose --as-recorded to go on with it as it was recorded, or --new to start a new study.`,
  );
}

interface Wishes extends Pick<TakeUpOptions, "takeOver" | "slots" | "cap"> {
  readonly isJson: boolean;
}

/** Read before anything is made, for a number that is none must not leave a study behind. */
function wishesOf(given: Given): Wishes {
  const slots = given.count("slots", 1);
  const cap = given.count("cap", 1);
  return {
    isJson: given.flag("json"),
    takeOver: given.flag("take-over") ? "by force" : "free",
    ...(slots === undefined ? {} : { slots }),
    ...(cap === undefined ? {} : { cap }),
  };
}

async function conductHere(
  directory: string,
  door: FrontDoor,
  { isJson, ...wishes }: Wishes,
): Promise<ExitCode> {
  const { objective, space, trials } = studyAt(directory);
  const goal = objective?.goal ?? "minimize";
  const progress = isJson ? undefined : progressOf(goal, trials, process.stderr.isTTY === true);
  const taken = await takeUpStudy(directory, door, {
    ...wishes,
    onEvent: (event) =>
      progress === undefined ? printJson(eventRecord(event, space)) : progress.onEvent(event),
  });
  if (taken.kind === "refused") throw new Unusable(taken.message);
  if (taken.kind === "held") return saidHeld(taken.by);
  (progress?.note ?? say)(taken.slots.why);
  return await untilEnded(directory, taken, progress);
}

/** An event as it is printed: parameters by the name and in the shape that they have everywhere in JSON. */
function eventRecord(event: StudyEvent, space: Space): object {
  if (!("configuration" in event)) return event;
  const { configuration, ...rest } = event;
  return { ...rest, params: nest(space, configuration) };
}

async function untilEnded(
  directory: string,
  { conductor }: Extract<TakenUp, { kind: "conducting" }>,
  progress: Progress | undefined,
): Promise<ExitCode> {
  using _signals = interruptOnSignals(directory, conductor, progress?.note ?? say);
  const outcome = await conductor.ended;
  progress?.end();
  const { counts, best } = tally(directory);
  if (progress === undefined) {
    const { state, reason } = outcome;
    const study = path.basename(directory);
    printJson({ type: "finished", study, dir: directory, state, reason, counts, best });
  } else say(sentenceOf(outcome, counts, best));
  return exitCodeOf(outcome, counts);
}

/** The first signal stops the trials by their grace periods, the second kills them. */
function interruptOnSignals(
  directory: string,
  conductor: Conductor,
  tell: (sentence: string) => void,
): Disposable {
  let signals = 0;
  const asked: string[] = [];
  const onSignal = () => {
    signals += 1;
    const mode = signals === 1 ? "interrupt" : "kill";
    tell(
      signals === 1
        ? "Stopping the trials; once more kills them. The study can be resumed."
        : "Killing the trials.",
    );
    asked.push(publishRequest(directory, { kind: "stop", mode }, "Ctrl-C"));
    conductor.nudge();
  };
  const signalNames = ["SIGINT", "SIGTERM"] as const;
  for (const name of signalNames) process.on(name, onSignal);
  // A closed terminal ends nothing: the runners go on, and so do we.
  process.on("SIGHUP", ignore);
  return {
    [Symbol.dispose]: () => {
      for (const name of signalNames) process.off(name, onSignal);
      process.off("SIGHUP", ignore);
      // We asked ourselves, and saw what came of it.
      for (const id of asked) takeAnswer(directory, id);
    },
  };
}

function ignore(): void {}

function tally(directory: string): { readonly counts: Counts; readonly best: TrialRecord | null } {
  const study = studyAt(directory);
  const { trials, objective } = study;
  const counts: Record<TrialState, number> = {
    waiting: 0,
    running: 0,
    complete: 0,
    pruned: 0,
    failed: 0,
    stopped: 0,
    lost: 0,
  };
  for (const { state } of trials) counts[state] += 1;
  const trial = objective && bestTrial(trials, objective.goal);
  return { counts, best: trial === undefined ? null : recordOf(study, trial) };
}

function sentenceOf(outcome: Outcome, counts: Counts, best: TrialRecord | null): string {
  const top = best === null ? "no trial completed" : `best ${best.value} (trial ${best.number})`;
  const how = outcome.reason === "" ? outcome.state : `${outcome.state}: ${outcome.reason}`;
  const early = counts.pruned === 0 ? "" : `${counts.pruned} stopped early, `;
  return `${how}\n${counts.complete} complete, ${early}${counts.failed} failed, ${counts.stopped} stopped; ${top}`;
}

function exitCodeOf(outcome: Outcome, counts: Counts): ExitCode {
  switch (outcome.state) {
    case "finished":
      return counts.complete > 0 ? 0 : 1;
    case "paused":
      return 1;
    case "interrupted":
      return 130;
    case "left":
    case "overtaken":
      return 3;
    default:
      return outcome satisfies never;
  }
}

export function saidHeld(by: ConductorRecord): ExitCode {
  const who = by.program === "editor" ? "VS Code" : "the command line";
  say(
    `${who} conducts this study already: process ${by.pid} on ${by.host}, since ${by.at}. Ask it to stop with sweepdeck stop, or take the study over with --take-over.`,
  );
  return 3;
}
