/**
 * Running a sweep: what its commands do, from the file to the study that goes on.
 *
 * Each asks for trust before it creates or executes anything, and throws a `Refusal` where it cannot
 * do what was asked.
 */
import path from "node:path";
import * as vscode from "vscode";
import { createStudy } from "../engine/conducting.js";
import type { FrontDoor } from "../engine/front-door.js";
import { type Plan, planStudy } from "../engine/plan.js";
import { defaultGraceMs } from "../run/processTree.js";
import { newestUnfinished } from "../study/folder.js";
import { publishRequest, type Wish } from "../study/requests.js";
import type { Trial } from "../study/trial.js";
import { progressOf } from "./board/progress.js";
import type { Conducting } from "./conducting.js";
import { markDone } from "./context-keys.js";
import type { Log } from "./log.js";
import { Dismissed, Refusal } from "./refusal.js";
import type { Studies } from "./studies.js";
import type { StudyPicture } from "./study-picture.js";
import type { SweepTasks } from "./tasks.js";
import { assertMayRun } from "./trust.js";

export interface RunningOptions {
  readonly log: Log;
  readonly studies: Studies;
  readonly conducting: Conducting;
  readonly tasks: SweepTasks;
  door(sweepFile: string): Promise<FrontDoor>;
  /** What would end every trial as it starts, a sentence each, as far as reading the script proves it. */
  errorsIn(sweepFile: string): Promise<readonly string[]>;
  /** Shows a study's leaderboard beside the editor. */
  openBoard(key: string): void;
}

/** `continue`: the file's newest unfinished study goes on where there is one. */
export type StudyChoice = "continue" | "new";

export interface Running {
  run(sweepFile: string, choice: StudyChoice): Promise<void>;
  tryOne(sweepFile: string): Promise<void>;
  resume(key: string): Promise<void>;
  /** The user's word for taking a study from whoever conducts it. */
  takeOver(key: string): Promise<void>;
  pause(key: string): Promise<void>;
  stop(key: string): Promise<void>;
  stopTrials(key: string, trials: readonly number[]): Promise<void>;
  rerun(key: string, trials: readonly number[]): Promise<void>;
  rerunFailed(key: string): Promise<void>;
  /** Queues one configuration, beside those that the sampler draws. */
  runOne(key: string, configuration: Trial["configuration"]): Promise<void>;
}

const answerShownMs = 5000;

export function createRunning(options: RunningOptions): Running {
  const { conducting, log, studies } = options;

  const studyOf = (key: string): StudyPicture => {
    const study = studies.look(key);
    if (study === undefined) throw new Refusal(`The study ${key} is gone.`);
    return study;
  };

  const wish = async (key: string, wanted: Wish): Promise<void> => {
    const answer = await conducting.ask(key, wanted);
    vscode.window.setStatusBarMessage(`Sweepdeck: ${answer}`, answerShownMs);
  };

  /** Leaves a wish for the conductor, and becomes it where there is none. */
  const wishOrTakeUp = async (key: string, wanted: Wish): Promise<void> => {
    assertMayRun();
    const study = studyOf(key);
    if (study.conductor !== "nobody") {
      await wish(key, wanted);
      return;
    }
    if (study.state === "paused" || study.state === "interrupted") await agreeToResume(study);
    publishRequest(key, wanted, "the editor");
    await conducting.takeUp(key, "free");
  };

  return {
    run: (sweepFile, choice) => run(options, sweepFile, choice),

    async tryOne(sweepFile) {
      assertMayRun();
      const text = await savedText(sweepFile);
      planned(sweepFile, text, await options.door(sweepFile));
      const code = await options.tasks.tryOne(sweepFile);
      if (code !== 0) return;
      markDone("tried", log);
      log.handOver("Offering to run the sweep", offerToRun(sweepFile));
    },

    async resume(key) {
      const study = studyOf(key);
      options.openBoard(key);
      if (study.conductor === "nobody") return conducting.takeUp(key, "free");
      if (study.state === "running" && study.conductor === "elsewhere") throw heldBy(study);
      try {
        await wish(key, { kind: "resume" });
      } catch (error) {
        // The pause came to its end, and with it the conductor, while it was asked to go on.
        const now = studyOf(key);
        if (!(error instanceof Refusal) || now.conductor !== "nobody" || now.state !== "paused")
          throw error;
        await conducting.takeUp(key, "free");
      }
    },

    takeOver: (key) => conducting.takeUp(key, "by force"),
    pause: (key) => wish(key, { kind: "pause" }),

    async stop(key) {
      assertMayRun();
      const running = studyOf(key).trials.filter(({ state }) => state === "running").length;
      const mode = running === 0 ? "interrupt" : await askHowToStop(studyOf(key).name, running);
      await wish(key, { kind: "stop", mode });
    },

    async stopTrials(key, trials) {
      assertMayRun();
      const which =
        trials.length === 1
          ? `trial ${trials[0]}`
          : `${trials.length} trials of ${studyOf(key).name}`;
      const mode = await askHowToStop(which, trials.length);
      for (const trial of trials) await wish(key, { kind: "stop-trial", trial, mode });
    },

    rerun: (key, trials) => wishOrTakeUp(key, { kind: "rerun", trials: [...trials] }),

    async rerunFailed(key) {
      const study = studyOf(key);
      const { failures } = progressOf(study);
      if (failures.length === 0) {
        throw new Refusal(`No trial of ${study.name} failed without being rerun.`);
      }
      await wishOrTakeUp(key, { kind: "rerun", trials: failures.map(({ number }) => number) });
    },

    runOne: (key, configuration) =>
      wishOrTakeUp(key, { kind: "run", configurations: [{ ...configuration }] }),
  };
}

async function run(options: RunningOptions, sweepFile: string, choice: StudyChoice): Promise<void> {
  const { conducting, studies } = options;
  assertMayRun();
  const text = await savedText(sweepFile);
  const unfinished = choice === "new" ? undefined : newestUnfinished(sweepFile);
  const study = unfinished === undefined ? undefined : studies.look(unfinished);
  if (study !== undefined && (await goesOn(study, text))) {
    options.openBoard(study.key);
    if (study.conductor === "nobody") await conducting.takeUp(study.key, "free");
    return;
  }
  const plan = planned(sweepFile, text, await options.door(sweepFile));
  await agreeToErrors(sweepFile, await options.errorsIn(sweepFile));
  tellRemarks(plan, options.log);
  // A second click, or another window, may have made the study while this one was looking around.
  const quicker =
    study === undefined && choice === "continue" ? () => newestUnfinished(sweepFile) : undefined;
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: "Starting the sweep" },
    async () => {
      const key = await createStudy(plan, quicker);
      studies.add(key);
      options.openBoard(key);
      await conducting.takeUp(key, "free");
    },
  );
}

/** The text that is on disk: of a document that is open and changed, it alone is saved. */
async function savedText(sweepFile: string): Promise<string> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(sweepFile));
  if (document.isDirty && !(await document.save())) {
    throw new Refusal(`${path.basename(sweepFile)} could not be saved. Save it, then run it.`);
  }
  return document.getText();
}

/** @throws Refusal with the first error, where there are any */
function planned(sweepFile: string, text: string, door: FrontDoor): Plan {
  const result = planStudy(sweepFile, text, door);
  if (result.ok) return result.plan;
  throw new Refusal(result.message, [
    { title: "Open Sweep File", command: "vscode.open", arguments: [vscode.Uri.file(sweepFile)] },
    { title: "Show Problems", command: "workbench.actions.view.problems" },
  ]);
}

/** The first remark names the interpreter, which concerns the reader only when he looks for it. */
function tellRemarks({ interpreter, remarks }: Plan, log: Log): void {
  for (const remark of remarks) log.channel.info(remark);
  const told = interpreter === undefined ? remarks : remarks.slice(1);
  if (told.length === 0) return;
  log.handOver("Telling remarks", vscode.window.showInformationMessage(told.join(" ")));
}

/** A night of trials that all end at once is not begun by a click that slipped. */
async function agreeToErrors(sweepFile: string, errors: readonly string[]): Promise<void> {
  if (errors.length === 0) return;
  const showProblems = "Show Problems";
  const answer = await vscode.window.showWarningMessage(
    `The trials of ${path.basename(sweepFile)} would fail as they start.`,
    { modal: true, detail: errors.join("\n") },
    showProblems,
    "Run Anyway",
  );
  if (answer === showProblems) {
    await vscode.commands.executeCommand("workbench.actions.view.problems");
  }
  if (answer !== "Run Anyway") throw new Dismissed();
}

/** Whether an unfinished study is to be continued; where the file has changed since, the reader says. */
async function goesOn(study: StudyPicture, text: string): Promise<boolean> {
  if (study.sweepText === text || study.conductor !== "nobody") return true;
  const file = path.basename(study.sweepFile);
  const asRecorded = "As Recorded";
  const answer = await vscode.window.showInformationMessage(
    `${file} has changed since ${study.name} began.`,
    {
      modal: true,
      detail: `${study.name} is not finished. It can go on with the sweep as it was recorded, or a new study begins with the file as it is now.`,
    },
    asRecorded,
    "New Study",
  );
  if (answer === undefined) throw new Dismissed();
  return answer === asRecorded;
}

async function agreeToResume(study: StudyPicture): Promise<void> {
  const answer = await vscode.window.showInformationMessage(
    `${study.name} is ${study.state}. To run this, the sweep goes on.`,
    { modal: true },
    "Resume Sweep",
  );
  if (answer === undefined) throw new Dismissed();
}

async function askHowToStop(what: string, running: number): Promise<"interrupt" | "kill"> {
  const [who, their] =
    running === 1 ? ["The trial has", "its"] : [`${running} trials have`, "their"];
  const answer = await vscode.window.showWarningMessage(
    `Stop ${what}?`,
    {
      modal: true,
      detail: `${who} ${defaultGraceMs / 1000} s to save ${their} state and end. What has been measured is kept.`,
    },
    "Stop",
    "Kill at Once",
  );
  if (answer === undefined) throw new Dismissed();
  return answer === "Stop" ? "interrupt" : "kill";
}

function heldBy(study: StudyPicture): Refusal {
  return new Refusal(
    `${study.name} is running already: ${study.conductorName} conducts it. What is asked here is done there.`,
    [{ title: "Take Over", command: "sweepdeck.takeOver", arguments: [{ study: study.key }] }],
  );
}

async function offerToRun(sweepFile: string): Promise<void> {
  const runSweep = "Run Sweep";
  const answer = await vscode.window.showInformationMessage(
    `One configuration of ${path.basename(sweepFile)} ran; its terminal says what was measured.`,
    runSweep,
  );
  if (answer === runSweep) {
    await vscode.commands.executeCommand("sweepdeck.run", vscode.Uri.file(sweepFile));
  }
}
