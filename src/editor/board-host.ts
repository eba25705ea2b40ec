/** What the board sees of the editor, and what its buttons do. */
import type { StudyAction, TrialAction } from "../protocol.js";
import { setStarred } from "../study/annotations.js";
import type { BoardHost } from "./board/boardHost.js";
import { markDone } from "./context-keys.js";
import type { Log } from "./log.js";
import { Dismissed, Refusal, showRefusal } from "./refusal.js";
import type { Running } from "./running.js";
import type { Showing } from "./showing.js";
import type { Studies } from "./studies.js";
import { readTrialFiles } from "./trial-files.js";

export interface BoardHostOptions {
  readonly log: Log;
  readonly studies: Studies;
  readonly running: Running;
  readonly showing: Showing;
  /** Runs a command that needs no study. */
  command(id: "sweepdeck.run" | "sweepdeck.newSweep"): Promise<void>;
}

export function createBoardHost(options: BoardHostOptions): BoardHost {
  const { log, studies, running, showing } = options;
  const onTrials = async (key: string, action: TrialAction, trials: readonly number[]) => {
    switch (action) {
      case "stop":
        return running.stopTrials(key, trials);
      case "rerun":
        return running.rerun(key, trials);
      case "copyCommand":
        return showing.copyCommand(key, trials);
      case "copyYaml":
        return showing.copyYaml(key, trials);
      case "openLog":
        return each(trials, (trial) => showing.openLog(key, trial));
      case "showTerminal":
        return each(trials, (trial) => showing.showTerminal(key, trial));
      case "openConfig":
        return each(trials, (trial) => showing.openConfiguration(key, trial));
      case "reveal":
        return each(trials, (trial) => showing.revealTrial(key, trial));
      default:
        return action satisfies never;
    }
  };
  return {
    load: async (key) => studies.look(key) !== undefined,
    study: (key) => studies.study(key),
    onDidChange: studies.onDidChange,
    trialFiles: async (key, trial) => {
      const study = studies.study(key);
      if (study === undefined) throw new Refusal("The study is gone.");
      return readTrialFiles(study, trial);
    },
    configurationYaml: async (key, trial) => showing.configurationYaml(key, trial),
    actOnTrials: (key, action, trials) => answered(log, onTrials(key, action, trials)),
    actOnStudy: (key, action) => answered(log, onStudy(options, key, action)),
    async star(key, trials, starred) {
      setStarred(key, trials, starred);
      studies.hint(key);
    },
    openDiff: (key, left, right) => showing.openDiff(key, left, right),
    noteCompared: () => markDone("compared", log),
  };
}

async function onStudy(
  { command, running, showing }: BoardHostOptions,
  key: string | undefined,
  action: StudyAction,
): Promise<void> {
  if (action === "runSweep") return command("sweepdeck.run");
  if (action === "newSweep") return command("sweepdeck.newSweep");
  if (key === undefined) throw new Refusal("There is no study here yet: run a sweep first.");
  switch (action) {
    case "pause":
      return running.pause(key);
    case "resume":
      return running.resume(key);
    case "stopSweep":
      return running.stop(key);
    case "rerunFailed":
      return running.rerunFailed(key);
    case "openSweep":
      return showing.openSweep(key);
    case "revealStudy":
      return showing.revealStudy(key);
    case "exportCsv":
      return showing.exportCsv(key);
    default:
      return action satisfies never;
  }
}

/** One after another: each may ask, or take the focus. */
async function each(
  trials: readonly number[],
  act: (trial: number) => Promise<void>,
): Promise<void> {
  for (const trial of trials) await act(trial);
}

/**
 * Who closes a question has got his answer, and a refusal with buttons is shown where there can be
 * buttons; the board says all others by itself.
 */
async function answered(log: Log, work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Dismissed) return;
    if (!(error instanceof Refusal) || error.remedies.length === 0) throw error;
    log.handOver("A refusal", showRefusal(error));
  }
}
