/** What each command does: who or what is meant is found out here, and handed to those who act. */
import * as vscode from "vscode";
import { firstConfigurations } from "../engine/preview.js";
import { parseSweep } from "../sweep/parse.js";
import { convertSweep, extractSweep, makePortable } from "./authoring.js";
import type { BoardsInSight } from "./board/boardPanel.js";
import { progressOf } from "./board/progress.js";
import { chooseStudy, chooseSweep, chooseTrials, pick, type StudyChoosing } from "./choosing.js";
import type { Commands } from "./commands.js";
import { markDone } from "./context-keys.js";
import { openExample } from "./example.js";
import { readGiven } from "./given.js";
import type { KnownSurroundings } from "./language/surroundings.js";
import type { Log } from "./log.js";
import { newSweep } from "./new-sweep.js";
import { Refusal } from "./refusal.js";
import type { Running } from "./running.js";
import type { Showing } from "./showing.js";
import type { Studies } from "./studies.js";
import type { StudyPicture } from "./study-picture.js";
import { configurationText } from "./study-text.js";

export interface CommandTableOptions {
  readonly log: Log;
  readonly studies: Studies;
  readonly running: Running;
  readonly showing: Showing;
  readonly surroundings: KnownSurroundings;
  readonly extension: vscode.Uri;
  boardsInSight(): BoardsInSight;
  /** Without a study, the board shows how to come to one. */
  openBoard(key: string | undefined, trial?: number): void;
}

type Given = readonly unknown[];
type Trials = Omit<Parameters<typeof chooseTrials>[1], "several">;

const shownConfigurations = 20;

const any: StudyChoosing = { fits: () => true, none: "No sweep has run in this workspace yet." };
const live: StudyChoosing = {
  fits: ({ state, conductor }) => state === "running" || conductor !== "nobody",
  none: "No sweep is running in this workspace.",
};
const unfinished: StudyChoosing = {
  fits: ({ state, conductor }) =>
    state !== "finished" && !(state === "running" && conductor === "here"),
  none: "Every study of this workspace is finished or running. Run its sweep file to begin a new one.",
};
const failed: StudyChoosing = {
  fits: (study) => progressOf(study).failures.length > 0,
  none: "No trial of this workspace failed without being rerun.",
  describe: (study) => `${progressOf(study).failures.length} failed`,
};
const anyTrial: Trials = { fits: () => true, none: "No trial has started yet." };
const runningTrial: Trials = {
  fits: ({ state }) => state === "running",
  none: "No trial is running.",
};

export function commandTable(options: CommandTableOptions): Commands {
  const { log, running, showing } = options;
  const { onSweep, onStudy, onTrials, onTrial } = subjects(options);
  const guarded =
    (what: string, act: (...given: Given) => unknown) =>
    (...given: Given) =>
      log.guard(what, () => act(...given));
  return {
    "sweepdeck.run": guarded(
      "Running the sweep",
      onSweep((file) => running.run(file, "continue")),
    ),
    "sweepdeck.runNew": guarded(
      "Running the sweep",
      onSweep((file) => running.run(file, "new")),
    ),
    "sweepdeck.tryOne": guarded("Trying one configuration", onSweep(running.tryOne)),
    "sweepdeck.runOne": guarded(
      "Running one configuration",
      onSweep((file) => runOne(options, file)),
    ),
    "sweepdeck.preview": guarded("The preview", onSweep(showing.preview)),
    "sweepdeck.resume": guarded("Resuming the sweep", onStudy(unfinished, running.resume)),
    "sweepdeck.takeOver": guarded("Taking over", onStudy(live, running.takeOver)),
    "sweepdeck.pause": guarded("Pausing the sweep", onStudy(live, running.pause)),
    "sweepdeck.stop": guarded("Stopping the sweep", onStudy(live, running.stop)),
    "sweepdeck.rerunFailed": guarded("Rerunning", onStudy(failed, running.rerunFailed)),
    "sweepdeck.stopTrial": guarded(
      "Stopping the trial",
      onTrials(live, runningTrial, running.stopTrials),
    ),
    "sweepdeck.rerunTrial": guarded("Rerunning", onTrials(any, anyTrial, running.rerun)),
    "sweepdeck.openBoard": guarded("The leaderboard", (...given) => openBoard(options, given)),
    "sweepdeck.showStudy": guarded("Showing the study", onStudy(any, showing.revealStudy)),
    "sweepdeck.compareTrials": guarded(
      "Comparing trials",
      onTrials(any, anyTrial, (key, trials) => compare(options, key, trials)),
    ),
    "sweepdeck.openDiff": guarded(
      "The diff",
      onTrials(any, anyTrial, (key, trials) => diff(options, key, trials)),
    ),
    "sweepdeck.openLog": guarded("The log", onTrial(any, anyTrial, showing.openLog)),
    "sweepdeck.showTerminal": guarded(
      "The terminal",
      onTrial(live, runningTrial, showing.showTerminal),
    ),
    "sweepdeck.copyCommand": guarded("Copying", onTrials(any, anyTrial, showing.copyCommand)),
    "sweepdeck.copyYaml": guarded("Copying", onTrials(any, anyTrial, showing.copyYaml)),
    "sweepdeck.openAsText": guarded("The leaderboard", onStudy(any, showing.openAsText)),
    "sweepdeck.exportCsv": guarded("The export", onStudy(any, showing.exportCsv)),
    "sweepdeck.openSweep": guarded("Opening the sweep file", onStudy(any, showing.openSweep)),
    "sweepdeck.newSweep": guarded("A new sweep", (...given) =>
      newSweep(options.surroundings, given),
    ),
    "sweepdeck.extractSweep": guarded("Extracting the sweep", (...given) => extractSweep(given)),
    "sweepdeck.convertSweep": guarded("Converting the sweep", (...given) => convertSweep(given)),
    "sweepdeck.makePortable": guarded("Making the sweep portable", onSweep(makePortable)),
    "sweepdeck.openExample": guarded("The example", () => openExample(options.extension)),
    "sweepdeck.showLog": () => log.channel.show(),
  };
}

/** Finds out what a command is meant for: what it was given, else what is in sight, else the reader says. */
function subjects({ boardsInSight, studies }: CommandTableOptions) {
  const studyGiven = async (
    key: string | undefined,
    what: StudyChoosing,
  ): Promise<StudyPicture> => {
    if (key === undefined) return chooseStudy(studies, boardsInSight(), what);
    const study = studies.study(key) ?? studies.add(key);
    if (study === undefined) throw new Refusal(`The study ${key} is gone.`);
    return study;
  };
  const onTrials =
    (
      what: StudyChoosing,
      which: Trials,
      act: (key: string, trials: readonly number[]) => Promise<void>,
      several = true,
    ) =>
    async (...given: Given) => {
      const { study: key, trials } = readGiven(given);
      const study = await studyGiven(key, what);
      const chosen = trials.length > 0 ? trials : await chooseTrials(study, { ...which, several });
      await act(study.key, chosen);
    };
  return {
    onSweep:
      (act: (sweepFile: string) => Promise<void>) =>
      async (...given: Given) =>
        act(readGiven(given).sweepFile ?? (await chooseSweep())),
    onStudy:
      (what: StudyChoosing, act: (key: string) => Promise<void>) =>
      async (...given: Given) =>
        act((await studyGiven(readGiven(given).study, what)).key),
    onTrials,
    onTrial: (
      what: StudyChoosing,
      which: Trials,
      act: (key: string, trial: number) => Promise<void>,
    ) =>
      onTrials(
        what,
        which,
        async (key, [trial]) => {
          if (trial !== undefined) await act(key, trial);
        },
        false,
      ),
  };
}

async function openBoard(options: CommandTableOptions, given: Given): Promise<void> {
  const { studies } = options;
  const { study, sweepFile, trials } = readGiven(given);
  if (sweepFile !== undefined) studies.enter(sweepFile);
  const ofSweep = sweepFile === undefined ? undefined : studies.ofSweep(sweepFile)[0]?.key;
  options.openBoard(study ?? ofSweep ?? (await anyStudy(studies)), trials[0]);
}

/** Who asks for a board means another than those that are in sight. */
const noBoards: BoardsInSight = { focused: undefined, visible: [] };

/** Undefined where there is none, and nothing to ask. */
async function anyStudy(studies: Studies): Promise<string | undefined> {
  await studies.discover();
  return studies.all.length === 0 ? undefined : (await chooseStudy(studies, noBoards, any)).key;
}

/** Two are compared in the diff editor; more are for the board, where the first of them is shown. */
async function compare(
  options: CommandTableOptions,
  key: string,
  trials: readonly number[],
): Promise<void> {
  if (trials.length === 2) await diff(options, key, trials);
  else options.openBoard(key, trials[0]);
}

async function diff(
  { log, showing }: CommandTableOptions,
  key: string,
  trials: readonly number[],
): Promise<void> {
  const [left, right, ...more] = trials;
  if (left === undefined || right === undefined || more.length > 0) {
    throw new Refusal(
      "The diff editor shows two trials: choose two. The leaderboard compares more.",
    );
  }
  await showing.openDiff(key, left, right);
  markDone("compared", log);
}

/** One of the configurations that the sweep would draw, run beside those that it does. */
async function runOne(options: CommandTableOptions, sweepFile: string): Promise<void> {
  const { running, studies } = options;
  studies.enter(sweepFile);
  const [study] = studies.ofSweep(sweepFile);
  if (study === undefined) {
    const again = [vscode.Uri.file(sweepFile)];
    throw new Refusal("One configuration runs within a study, and this sweep has none yet.", [
      { title: "Try One Configuration", command: "sweepdeck.tryOne", arguments: again },
      { title: "Run Sweep", command: "sweepdeck.run", arguments: again },
    ]);
  }
  const { sweep } = parseSweep(study.sweepText);
  if (sweep === undefined)
    throw new Refusal(`The sweep of ${study.name} has errors in this version.`);
  const first = firstConfigurations(sweep, study.seed, shownConfigurations, study.initial);
  const items = first.map(({ configuration, isInitial }, draw) => ({
    label: configurationText(sweep.space, configuration),
    description: `configuration ${draw + 1}${isInitial ? ", initial" : ""}`,
    configuration,
  }));
  const { configuration } = await pick(items, `Which configuration does ${study.name} run?`);
  await running.runOne(study.key, configuration);
}
